import ArgumentParser
import CivilTime
import DubanAPI
import Messages
import PlanFile
import Supervision
import Varlink

/// `dubanctl agenda`.
struct AgendaVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "agenda",
        abstract: "List what falls due next, of the daemon's plans or of a file.",
        discussion: "With --plan no daemon is needed."
    )

    @Option(help: ArgumentHelp("Read this plan instead of asking the daemon.", valueName: "file"))
    var plan: String?

    @Option(
        help: ArgumentHelp(
            "List from here on: 2019-01-01, \"2019-01-01 09:00\" or RFC 3339 (default: now).",
            valueName: "time"
        )
    )
    var from: String?

    @Option(name: [.customShort("n"), .customLong("lines")], help: "List so many.")
    var lines: Int = 20

    @Option(help: "Only what this unit owes.")
    var unit: String?

    @OptionGroup var files: PlanFileOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (1...100_000).contains(lines) else {
            throw ValidationError("-n takes 1 to 100000.")
        }
    }

    func execute(_ session: Session) async throws {
        let answer = if let plan { try offline(plan, session) } else { try await online(session) }
        guard session.console.layout == nil else {
            return try session.console.show(answer.json)
        }
        let legend = session.console.hasLegend
        try session.console.show(
            AgendaText.table(answer.reply, legend: legend, session.rendering(zones: []))
        )
    }

    private func online(_ session: Session) async throws -> Answer<ScheduleAPI.AgendaReply> {
        var start: Instant?
        if let from {
            let status = try await session.ask(
                ControlAPI.name + ".GetStatus",
                ControlAPI.GetStatusCall(),
                ControlAPI.GetStatusReply.self
            )
            let name = status.reply.zone ?? PlanReader.hostZone()
            start = try instant(from, Host.zone(name) ?? .utc)
        }
        let call = ScheduleAPI.AgendaCall(
            fromMicros: start?.microseconds,
            count: Int64(lines),
            unit: unit
        )
        let method = ScheduleAPI.name + ".Agenda"
        return try await session.ask(method, call, ScheduleAPI.AgendaReply.self)
    }

    private func offline(
        _ file: String,
        _ session: Session
    ) throws -> Answer<ScheduleAPI.AgendaReply> {
        let plan = try files.read(file)
        if let unit, plan.units[unit] == nil {
            throw Failure(code: 4, lines: ["\(file): no unit \(Escape.line(unit))"])
        }
        let zone = plan.timekeeper.zone
        let start = try from.map { try instant($0, zone) } ?? Host.now()
        let entries = Agenda.occurrences(of: plan, from: start, count: lines, unit: unit)
        let reply = ScheduleAPI.AgendaReply(
            occurrences: entries.map { ScheduleAPI.Occurrence($0, zone: zone) }
        )
        return Answer(json: try JSONCoder.encode(reply), reply: reply)
    }

    private func instant(_ text: String, _ zone: Zone) throws -> Instant {
        guard let instant = TimeArgument.instant(text, zone: zone) else {
            let right = "write 2019-01-01, \"2019-01-01 09:00\" or 2019-01-01T09:00:00+08:00"
            throw Failure(code: 64, lines: ["\"\(Escape.line(text))\" is no time: \(right)"])
        }
        return instant
    }
}

extension ScheduleAPI.Occurrence {
    /// Makes the message of a due date, with its texts in the zone of the plan.
    fileprivate init(_ entry: AgendaEntry, zone: Zone) {
        self.init(
            schedule: entry.schedule,
            programme: entry.programme,
            item: entry.item.id,
            itemNames: DubanAPI.Names(en: entry.item.names.en, zh: entry.item.names.zh),
            role: entry.role,
            kind: entry.kind.rawValue,
            unit: entry.unit.id,
            unitNames: DubanAPI.Names(en: entry.unit.names.en, zh: entry.unit.names.zh),
            period: entry.period,
            openMicros: entry.openAt.microseconds,
            dueMicros: entry.dueAt.microseconds,
            utc: entry.dueAt.rfc3339,
            local: zone.rfc3339(entry.dueAt),
            dueDay: entry.dueDay?.description,
            provisional: entry.isProvisional
        )
    }
}
