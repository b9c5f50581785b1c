import ArgumentParser
import CivilTime
import DubanAPI
import Messages
import Varlink

/// `dubanctl pause`.
struct PauseVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Pause a schedule of checks until a time; open duties go on.",
        discussion: """
            For example:

              dubanctl pause demo/platform.disk/inspect.free --reason works \\
                --until 2026-12-01
            """
    )

    @Argument(help: ScheduleArgument.help)
    var schedule: String

    @Option(help: ArgumentHelp("Why; it is recorded.", valueName: "text"))
    var reason: String

    @Option(
        help: ArgumentHelp(
            TimeArgument.help("The end, at most 30 days ahead, read in the schedule's zone"),
            valueName: "time"
        )
    )
    var until: String

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let zone = try await session.zone(ofSchedule: schedule)
        let call = ScheduleAPI.PauseCall(
            requestId: RequestID.make(),
            schedule: schedule,
            reason: reason,
            untilMicros: try TimeArgument.read(until, zone: zone).microseconds
        )
        let method = ScheduleAPI.name + ".Pause"
        let answer = try await session.act(method, call, ScheduleAPI.PauseReply.self)
        guard session.console.layout == nil else {
            return try session.console.show(answer.json)
        }
        let done = answer.reply
        let rendering = session.rendering(zones: [done.schedule.zone])
        try session.console.show([ScheduleText.paused(done.schedule, seq: done.seq, rendering)])
    }
}

/// `dubanctl resume`.
struct ResumeVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "End the pause of a schedule before its time."
    )

    @Argument(help: ScheduleArgument.help)
    var schedule: String

    @Option(help: ArgumentHelp("Why; it is recorded.", valueName: "text"))
    var reason: String?

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let call = ScheduleAPI.ResumeCall(
            requestId: RequestID.make(),
            schedule: schedule,
            reason: reason
        )
        let method = ScheduleAPI.name + ".Resume"
        let answer = try await session.act(method, call, ScheduleAPI.ResumeReply.self)
        guard session.console.layout == nil else {
            return try session.console.show(answer.json)
        }
        let done = answer.reply
        let rendering = session.rendering(zones: [done.schedule.zone])
        try session.console.show([ScheduleText.resumed(done.schedule, seq: done.seq, rendering)])
    }
}

/// `dubanctl release-clock`.
struct ReleaseClockVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "release-clock",
        abstract: "Say that a clock that leapt ahead is right: catch-up and alarms go on."
    )

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let call = ControlAPI.ReleaseClockCall(requestId: RequestID.make())
        let method = ControlAPI.name + ".ReleaseClock"
        let answer = try await session.act(method, call, ControlAPI.ReleaseClockReply.self)
        guard session.console.layout == nil else {
            return try session.console.show(answer.json)
        }
        let line = StatusText.released(answer.reply.released, session.console.language)
        try session.console.show([line])
    }
}
