import Foundation
import Supervision
import Testing

@Suite struct PropertyTests {
    /// How many walks of how many steps: about two turns a step.
    private static let walks = 60
    private static let steps = 200

    /// `SEED=n swift test --filter PropertyTests` replays one walk.
    @Test func `random organisations in random trouble keep every invariant`() throws {
        let replay = ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) }
        var seeds = SystemRandomNumberGenerator()
        var turns = 0
        var counts: [String: Int] = [:]
        for _ in 0..<(replay == nil ? Self.walks : 1) {
            let seed = replay ?? seeds.next() >> 32
            var walk = try RandomWalk(seed: seed)
            do {
                try walk.run(steps: Self.steps)
            } catch {
                Issue.record("SEED=\(seed), \(walk.turns) turns: \(error)")
            }
            turns += walk.turns
            for record in walk.records { count(record, &counts) }
        }
        print("\(turns) turns, \(counts.values.reduce(0, +)) records")
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) { print("  \(name): \(count)") }
        guard replay == nil else { return }
        #expect(turns >= 20_000)
        for name in Self.reachable { #expect(counts[name] != nil, "\(name) never happened") }
    }

    private func count(_ record: Record, _ counts: inout [String: Int]) {
        var name = "\(record.payload.action.rawValue) \(record.reason.rawValue)"
        switch record.payload {
        case .open(let opening):
            name += " \(opening.duty.kind.rawValue)"
            if !opening.skipped.isEmpty { counts["open skipping", default: 0] += 1 }
        case .accept(let acceptance) where acceptance.singleSignature: name += " alone"
        case .pass(let passing):
            for slots in passing.slots { counts["passed \(slots.cause.rawValue)", default: 0] += 1 }
        case .revise(let revising) where !revising.superseded.isEmpty:
            counts["passed revised", default: 0] += revising.superseded.count
        default: break
        }
        counts[name, default: 0] += 1
    }

    /// Every action with every reason that it can have.
    private static let reachable = [
        "genesis first-start", "adopt adopted", "open scheduled account", "open scheduled inspect",
        "open submitted review", "open overdue supervise", "open follow-up-passed supervise",
        "open finding rectify", "open skipping", "pass catch-up", "pass overlap", "passed latest",
        "passed overlap",
        "passed none", "passed window", "passed paused", "passed revised", "pass paused",
        "open catch-up inspect", "open backfilled inspect", "revise revised", "pause person",
        "resume person", "backfill person", "recalendar recalendared", "tick hourly",
        "moot overlap",

        "remind before-due", "remind after-due", "submit person", "accept reviewed",
        "accept reviewed alone", "return reviewed", "urge person", "settle performed",
        "settle reviewed", "settle acted", "moot superseded-by-act", "moot settled-below",
        "unattended top-of-line", "find performed", "finish performed", "finish delivered",
        "finish gave-up", "finish cancelled",
    ]
}
