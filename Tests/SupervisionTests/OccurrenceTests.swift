import CivilTime
import Foundation
import Supervision
import Testing

/// The invariants of occurrences (reference time, section 1), each held against an oracle.
@Suite struct OccurrenceTests {
    /// `SLOTS=10000000 swift test --filter OccurrenceTests` runs for longer; `SEED=n` replays a walk.
    private static let environment = ProcessInfo.processInfo.environment
    private static let slots = environment["SLOTS"].flatMap { Int($0) } ?? 40_000
    private static let replay = environment["SEED"].flatMap { UInt64($0) }

    private func seeds(_ body: (UInt64) throws -> Bool) {
        var source = SystemRandomNumberGenerator()
        repeat {
            let seed = Self.replay ?? source.next() >> 32
            do {
                if try !body(seed) { return }
            } catch {
                Issue.record("SEED=\(seed): \(error)")
                return
            }
        } while Self.replay == nil
    }

    @Test func `S1: each slot has exactly one disposition, whatever happens`() throws {
        var (slots, walks) = (0, 0)
        var causes: [String: Int] = [:]
        seeds { seed in
            var walk = try OccurrenceWalk(seed: seed, backlog: 5_000)
            walk.isVerbose = Self.environment["VERBOSE"] != nil
            try walk.run(until: max(4_000, Self.slots / 200))
            slots += walk.count
            walks += 1
            for record in walk.records { count(record, &causes) }
            return slots < Self.slots
        }
        print("\(slots) slots in \(walks) walks")
        for (name, count) in causes.sorted(by: { $0.key < $1.key }) { print("  \(name): \(count)") }
        guard Self.replay == nil else { return }
        for name in ["opened", "latest", "none", "overlap", "paused", "revised", "window"] {
            #expect(causes[name] != nil, "\(name) never happened")
        }
    }

    private func count(_ record: Record, _ causes: inout [String: Int]) {
        switch record.payload {
        case .open(let opening) where opening.duty.kind == .inspect:
            causes["opened", default: 0] += 1
        case .pass(let passing):
            for slots in passing.slots {
                causes[slots.cause.rawValue, default: 0] += Int(slots.count)
            }
        case .revise(let revising):
            causes["revised", default: 0] += revising.superseded.count
        default: break
        }
    }
}
