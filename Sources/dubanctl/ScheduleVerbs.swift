import ArgumentParser
import CivilTime
import DubanAPI
import Messages
import Varlink

extension Session {
    /// Returns the zone in which the times of a schedule are read.
    ///
    /// - Throws: ``Failure`` if there is no such schedule.
    func zone(ofSchedule id: String) async throws -> Zone {
        let call = ScheduleAPI.GetCall(schedule: id)
        let method = ScheduleAPI.name + ".Get"
        let name = try await ask(method, call, ScheduleAPI.GetReply.self).reply.schedule.zone
        guard let zone = Host.zone(name) else {
            throw Failure("no zone \(Escape.line(name)) below /usr/share/zoneinfo: write RFC 3339")
        }
        return zone
    }
}

/// The argument that names a schedule.
enum ScheduleArgument {
    /// What help says of it.
    static let help = ArgumentHelp(
        "The schedule, programme/item/role, as `dubanctl schedules` lists it."
    )
}

/// `dubanctl schedules`.
struct SchedulesVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "schedules",
        abstract: "List schedules with their next and last slots."
    )

    @Option(help: ArgumentHelp("Only schedules of this programme.", valueName: "id"))
    var programme: String?

    @Option(help: ArgumentHelp("Only what this unit owes.", valueName: "id"))
    var unit: String?

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let list = try await session.pages(
            ScheduleAPI.name + ".List",
            ScheduleAPI.ListReply.self,
            rows: "schedules",
            { ($0.schedules, $0.next) },
            call: { after in
                ScheduleAPI.ListCall(programme: programme, unit: unit, after: after)
            }
        )
        guard session.console.layout == nil else {
            return try session.console.show(list.json)
        }
        let rendering = session.rendering(zones: list.rows.map(\.zone))
        let legend = session.console.hasLegend
        try session.console.show(ScheduleText.table(list.rows, legend: legend, rendering))
    }
}

/// `dubanctl explain`.
struct ExplainVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why a schedule did or did not fall due at a time.",
        discussion: """
            For example:

              dubanctl explain office/restore-test/account --at "2026-11-16 09:00"
            """
    )

    @Argument(help: ScheduleArgument.help)
    var schedule: String

    @Option(
        help: ArgumentHelp(
            TimeArgument.help("The time, read in the schedule's zone"),
            valueName: "time"
        )
    )
    var at: String

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let zone = try await session.zone(ofSchedule: schedule)
        let instant = try TimeArgument.read(at, zone: zone)
        let call = ScheduleAPI.ExplainCall(schedule: schedule, atMicros: instant.microseconds)
        let method = ScheduleAPI.name + ".Explain"
        let answer = try await session.ask(method, call, ScheduleAPI.ExplainReply.self)
        guard session.console.layout == nil else {
            return try session.console.show(answer.json)
        }
        let rendering = session.rendering(zones: [answer.reply.schedule.zone])
        let legend = session.console.hasLegend
        try session.console.show(ExplainText.lines(answer.reply, legend: legend, rendering))
    }
}
