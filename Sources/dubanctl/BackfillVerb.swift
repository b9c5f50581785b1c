import ArgumentParser
import CivilTime
import DubanAPI
import Messages
import Varlink

/// `dubanctl backfill`.
struct BackfillVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "backfill",
        abstract: "Open the past slots of a check that were not opened when they were due.",
        discussion: """
            For example:

              dubanctl backfill demo/platform.disk/inspect.free --from 2026-11-02 \\
                --until 2026-11-09
            """
    )

    /// How slots that overlap are treated.
    enum Overlap: String, CaseIterable, ExpressibleByArgument {
        case skip
        case queueOne = "queue-one"
        case queueAll = "queue-all"
        case cancel
        case terminate
        case allow
    }

    @Argument(help: ScheduleArgument.help)
    var schedule: String

    @Option(
        help: ArgumentHelp(
            TimeArgument.help("Open slots from here on, read in the schedule's zone"),
            valueName: "time"
        )
    )
    var from: String

    @Option(help: ArgumentHelp("Open slots before this time.", valueName: "time"))
    var until: String

    @Option(
        help: ArgumentHelp(
            "What becomes of checks that overlap (default: queue-all).",
            valueName: "policy"
        )
    )
    var overlap: Overlap?

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let zone = try await session.zone(ofSchedule: schedule)
        let end = try TimeArgument.read(until, zone: zone)
        var start = try TimeArgument.read(from, zone: zone)
        guard start < end else {
            throw Failure(code: 64, lines: ["--from is not before --until"])
        }
        var total: ScheduleAPI.BackfillReply?
        while start < end {
            let reply = try await step(from: start, until: end, session)
            total = total.map { $0.followed(by: reply) } ?? reply
            let through = Instant(microseconds: reply.throughMicros)
            guard through > start else { break }
            start = through
        }
        guard let total else { return }
        guard session.console.layout == nil else {
            return try session.console.show(JSONCoder.encode(total))
        }
        let rendering = session.rendering(zones: [zone.name])
        let lines = ScheduleText.backfilled(total, zone: zone.name, rendering)
        try session.console.show(lines)
    }

    private func step(
        from start: Instant,
        until end: Instant,
        _ session: Session
    ) async throws -> ScheduleAPI.BackfillReply {
        let call = ScheduleAPI.BackfillCall(
            requestId: RequestID.make(),
            schedule: schedule,
            fromMicros: start.microseconds,
            untilMicros: end.microseconds,
            overlap: overlap?.rawValue
        )
        let method = ScheduleAPI.name + ".Backfill"
        return try await session.act(method, call, ScheduleAPI.BackfillReply.self).reply
    }
}

extension ScheduleAPI.BackfillReply {
    /// Puts the reply for the part of a range that follows behind this one.
    fileprivate func followed(by next: Self) -> Self {
        var all = next
        all.opened = opened + next.opened
        all.passed = passed + next.passed
        return all
    }
}
