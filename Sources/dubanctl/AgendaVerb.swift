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
        discussion: """
            With --plan no daemon is needed. For example:

              dubanctl agenda --unit office --until 2027-01-01
              dubanctl agenda --plan office.yaml --from 2027-01-01 -n 50
            """
    )

    @Option(help: ArgumentHelp("Read this plan instead of asking the daemon.", valueName: "file"))
    var plan: String?

    @Option(
        help: ArgumentHelp(
            TimeArgument.help("List from here on (default: now)"),
            valueName: "time"
        )
    )
    var from: String?

    @Option(help: ArgumentHelp("List what is due before this time.", valueName: "time"))
    var until: String?

    @Option(
        name: [.customShort("n"), .customLong("lines")],
        help: ArgumentHelp("List so many.", valueName: "count")
    )
    var lines: Int = 20

    @Option(help: ArgumentHelp("Only what this unit owes.", valueName: "id"))
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
        var zone = Zone.utc
        if from != nil || until != nil {
            let status = try await session.ask(
                ControlAPI.name + ".GetStatus",
                ControlAPI.GetStatusCall(),
                ControlAPI.GetStatusReply.self
            )
            let name = status.reply.zone ?? PlanReader.hostZone()
            zone = Host.zone(name) ?? .utc
        }
        let call = ScheduleAPI.AgendaCall(
            fromMicros: try from.map { try TimeArgument.read($0, zone: zone).microseconds },
            untilMicros: try until.map { try TimeArgument.read($0, zone: zone).microseconds },
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
        let start = try from.map { try TimeArgument.read($0, zone: zone) } ?? Host.now()
        let end = try until.map { try TimeArgument.read($0, zone: zone) } ?? .distantFuture
        // One more than asked for tells whether there are more.
        let entries = Agenda.occurrences(
            of: plan,
            from: start,
            until: end,
            count: lines + 1,
            unit: unit
        )
        let schedules = Schedule.all(of: plan).map { ($0.id, $0) }
        let byID = Dictionary(schedules) { first, _ in first }
        let occurrences = entries.prefix(lines).map { entry in
            let schedule = byID[entry.schedule]
            let keeper = schedule?.keeper(in: plan) ?? plan.timekeeper
            var occurrence = ScheduleAPI.Occurrence(entry, zone: keeper.zone)
            if case .every(let rule, _) = schedule?.rule {
                let at = entry.nominal
                occurrence.clockMark = .init(of: entry.key, at: at, by: rule, in: keeper)
            }
            return occurrence
        }
        let reply = ScheduleAPI.AgendaReply(
            occurrences: occurrences,
            truncated: entries.count > lines
        )
        return Answer(json: try JSONCoder.encode(reply), reply: reply)
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
            nominal: entry.key,
            openMicros: entry.openAt.microseconds,
            dueMicros: entry.dueAt.microseconds,
            utc: entry.dueAt.rfc3339,
            local: zone.rfc3339(entry.dueAt),
            zone: zone.name,
            dueDay: entry.dueDay?.description,
            provisional: entry.isProvisional,
            foreseen: .opened
        )
    }
}
