import CivilTime
import Foundation
import Supervision
import Testing

/// The invariants of occurrences (reference time, section 1), each held against an oracle.
@Suite struct OccurrenceTests {
    /// `SLOTS=10000000 swift test --filter OccurrenceTests` runs for longer; `SEED=n` replays a walk.
    private static let environment = ProcessInfo.processInfo.environment
    private static let slots = environment["SLOTS"].flatMap { Int($0) } ?? 120_000
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

    // MARK: Catch-up

    private static let rules = [
        "*:*:*", "*:0/10", "hourly", "06,18:30", "daily", "Mon 09:00", "*-*-01 03:00", "02:0/15",
    ]

    @Test func `S4: what follows a downtime is the policy applied to the oracle's slots`() throws {
        var runs = 0
        seeds { seed in
            var random = Seeded(seed: seed)
            try catchUp(&random)
            runs += 1
            return runs < 150
        }
    }

    private func catchUp(_ random: inout Seeded) throws {
        let rule = try CalendarExpression(random.one(of: Self.rules) ?? "daily")
        let window = Span.seconds(random.number(1...Int64(1) << random.number(1...20)))
        let policies = [CatchUp.all, .latest, .none, .window(.elapsed(window))]
        let policy = random.one(of: policies) ?? .all
        let item = try Item.inspected("\(rule)", catchUp: policy, overlap: .allow)
        let keeper = Timekeeper(zone: try zone("Europe/Berlin"), calendar: .mondayToFriday)
        let plan = Plan.calm([item], keeper: keeper)
        let start = try at("2025-12-31 23:59:59") + .seconds(random.number(0...40_000_000))
        let world = try World(plan, at: start)
        // From nothing to ten years; of a rule of seconds as much as a test has time for.
        var now = start + .seconds(random.number(0...Int64(1) << random.number(1...28)))
        now = min(now, start + .days(3_652))
        var slots: [Slot] = []
        var cursor = start
        let most = policy == .all ? 400 : 3_000
        while let slot = rule.next(after: cursor, in: keeper), slot.instant <= now {
            slots.append(slot)
            cursor = slot.instant
            if slots.count == most { now = slot.instant + .seconds(random.number(0...100)) }
        }
        world.move(to: now)
        try world.wake()
        // A minute's delay is no downtime; in one, every slot but that of this second was missed.
        let wasDown = slots.first.map { now - $0.instant > .seconds(60) } ?? false
        let inTime = now - .seconds(wasDown ? 1 : 60)
        let late = slots.filter { $0.instant < inTime }
        let expected: [Slot] =
            switch policy {
            case .all: slots
            case .latest: wasDown ? slots.suffix(1) : slots
            case .none: Array(slots.dropFirst(late.count))
            case .window:
                slots.filter { $0.instant >= inTime || $0.instant > now - window }
            }
        let ids = Set(expected.map { "p/lamp/inspect.check@\($0.id.text)" })
        let opened = Set(world.duties(.inspect).map(\.id))
        guard opened == ids else {
            throw Trouble(
                "\(rule), \(policy), \(start) to \(now): \(opened.count) opened, not \(ids.count): \(opened.symmetricDifference(ids).sorted().prefix(3))"
            )
        }
        let passed = world.accounts.passed.filter {
            [.latest, .none, .window].contains($0.slots.cause)
        }
        let missed = passed.reduce(0) { $0 + Int($1.slots.count) }
        guard missed == slots.count - expected.count else {
            throw Trouble("\(rule), \(policy): \(missed) missed of \(slots.count)")
        }
    }

    // MARK: Clocks

    @Test func `S6: a step of any size and sign duplicates nothing and stalls nothing`() throws {
        var runs = 0
        seeds { seed in
            var random = Seeded(seed: seed)
            let items = [
                try Item.inspected("hourly", catchUp: .all, overlap: .allow, id: "a"),
                try Item.inspected("*:0/5", overlap: .skip, jitter: .minutes(4), id: "b"),
            ]
            let world = try World(.calm(items))
            for _ in 0..<20 {
                let size = Span(microseconds: random.number(1...Int64(1) << random.number(1...42)))
                let now = world.now.wall
                world.move(to: random.once(in: 2) ? now + size : now - size)
                try world.wake()
                for row in world.accounts.schedules.values {
                    // What comes next is the first slot behind the mark, and lies ahead.
                    let schedule = try #require(world.book.schedules[row.id])
                    let next = schedule.next(
                        after: row.plannedThrough,
                        activation: row.activatedAt,
                        in: world.plan
                    )
                    guard row.nextAt == next?.openAt,
                        row.nextAt.map({ $0 > world.now.wall }) ?? true
                    else { throw Trouble("\(row) at \(world.now.wall)") }
                }
                if random.once(in: 3) { world.reboot("boot-\(random.number(2...99))") }
            }
            try Invariants(world).checkReplay()
            runs += 1
            return runs < 12
        }
    }
}
