import CivilTime
import Foundation
import Testing

@testable import Supervision

/// Changed plans: what becomes of slots, of duties that are open, and of who may act on them.
@Suite struct RevisionTests {
    private let id = "p/lamp/inspect.check"

    private func time(_ text: String) throws -> Instant { try at("2026-01-05 \(text)") }

    private func inspected(_ rule: String, jitter: Span = .zero) throws -> Plan {
        let item = try Item.inspected(
            rule,
            within: .days(30),
            catchUp: .all,
            overlap: .allow,
            jitter: jitter
        )
        return .calm([item])
    }

    private func keys(_ world: World) -> [String] {
        world.duties(.inspect).map { String($0.id.dropFirst(id.count + 1)) }
    }

    // MARK: Slots

    @Test func `a slot that a second edit brings back lies ahead, and is explained so`() throws {
        let world = try World(inspected("09:00"))
        let next = try CalendarExpression("09:00").next(after: world.now.wall, in: .plain)
        let slot = try #require(next?.instant)
        _ = try world.revise(inspected("10:00"))
        #expect(try world.explain(slot).verdict == .superseded)
        _ = try world.revise(inspected("09:00"))
        #expect(try world.explain(slot).verdict == .future)
        try world.advance(to: slot)
        #expect(try world.explain(slot).verdict == .opened)
    }

    @Test func `S9: an edit at any instant keeps each slot of both plans once`() throws {
        var source = SystemRandomNumberGenerator()
        let replay = ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) }
        for _ in 0..<(replay == nil ? 120 : 1) {
            let seed = replay ?? source.next() >> 32
            do {
                try edit(seed)
            } catch {
                Issue.record("SEED=\(seed): \(error)")
                return
            }
        }
    }

    private func edit(_ seed: UInt64) throws {
        var random = Seeded(seed: seed)
        let rules = ["*:0/10", "*:0/7", "hourly", "0/2:20", "*:15,45", "09..17:05"]
        let jitters: [Span] = [.zero, .minutes(3), .minutes(45)]
        var rule = random.one(of: rules) ?? "hourly"
        let world = try World(inspected(rule, jitter: random.one(of: jitters) ?? .zero))
        var expected: [String] = []
        var cursor = world.now.wall
        func list(to end: Instant) throws {
            let expression = try CalendarExpression(rule)
            while let slot = expression.next(after: cursor, in: .plain), slot.instant <= end {
                expected.append(slot.id.text)
                cursor = slot.instant
            }
        }
        for _ in 0..<random.number(1...6) {
            // Before a slot, at it, within its jitter or after it; sometimes twice at once.
            let next = try CalendarExpression(rule).next(after: world.now.wall, in: .plain)
            let slot = try #require(next?.instant)
            let off = Span(microseconds: random.number(0...1) * random.number(0...200_000_000))
            let early = Span(microseconds: random.once(in: 3) ? random.number(1...1_000_000) : 0)
            if !random.once(in: 4) {
                let target = max(world.now.wall, slot + off - early)
                if random.once(in: 2) {
                    try world.advance(to: target)
                } else {
                    world.move(to: target)
                }
            }
            try list(to: world.now.wall)
            let changed = random.one(of: rules) ?? "hourly"
            let plan = try inspected(changed, jitter: random.one(of: jitters) ?? .zero)
            let diff = PlanDiff.changes(
                from: world.plan,
                to: plan,
                after: world.now.wall,
                until: world.now.wall + .hours(5),
                planned: [id: try world.schedule().plannedThrough],
                limit: 1_000
            )
            let before = Set(try ahead(rule, world.now.wall))
            guard case .adopted = try world.revise(plan) else { throw Trouble("refused") }
            let change = try #require(diff.first)
            let after = before.subtracting(change.vanish.map(\.key)).union(change.appear.map(\.key))
            guard after == Set(try ahead(changed, world.now.wall)) else {
                throw Trouble("the diff lies")
            }
            cursor = max(cursor, world.now.wall)
            rule = changed
        }
        try world.advance(to: world.now.wall + .hours(5))
        try list(to: world.now.wall - .hours(1))
        let found = Array(keys(world).prefix(expected.count))
        guard found == expected else {
            let place = zip(found, expected).first { $0 != $1 }
            throw Trouble("\(place.map { "\($0)" } ?? "\(found.count) of \(expected.count)")")
        }
    }

    private func ahead(_ rule: String, _ now: Instant) throws -> [String] {
        let expression = try CalendarExpression(rule)
        var found: [String] = []
        var cursor = now
        while let slot = expression.next(after: cursor, in: .plain), slot.instant <= now + .hours(5)
        {
            found.append(slot.id.text)
            cursor = slot.instant
        }
        return found
    }

    @Test func `two revisions in one second, and a schedule that comes back`() throws {
        let world = try World(inspected("*:0/10"))
        world.move(to: try time("09:10:00"))
        let other = Plan.calm([.sample("b", due: try date("2026-03-01"))])
        try world.revise(other)
        #expect(try world.schedule().endedAt == world.now.wall)
        #expect(keys(world).count == 2)
        #expect(world.passed() == ["revised 1"])
        try world.revise(inspected("*:0/10"))
        try world.advance(to: try time("09:20:00"))
        #expect(keys(world) == ["09:00:00", "09:10:00", "09:20:00"].map { "2026-01-05 \($0)" })
        #expect(try world.explain(try time("09:20:00")).verdict == .opened)
        try world.revise(other)
        try world.advance(to: try time("09:45:00"))
        #expect(try world.explain(try time("09:40:00")).verdict == .ended)
        try world.revise(inspected("*:0/10"))
        try world.advance(to: try time("09:50:00"))
        #expect(keys(world).last == "2026-01-05 09:50:00")
        #expect(keys(world).count == 4, "what fell in the time between is not owed")
        #expect(try world.explain(try time("09:40:00")).verdict == .beforeActivation)
        #expect(try world.explain(try time("09:10:00")).verdict == .opened)
    }

    @Test func `a person signs since when a schedule that comes back is owed`() throws {
        let world = try World(inspected("*:0/10"))
        try world.advance(to: try time("09:10:00"))
        try world.revise(.calm([.sample("b", due: try date("2026-03-01"))]))
        world.move(to: try time("10:00:00"))
        let plan = try inspected("*:0/10")
        let from = try time("09:35:00")
        for uid in [0, 77, try world.uid("head")] {
            let reply = try world.revise(plan, by: uid, from: from)
            if case .adopted = reply { #expect(uid == (try world.uid("head"))) }
        }
        try world.wake()
        let times = ["09:00:00", "09:10:00", "09:40:00", "09:50:00", "10:00:00"]
        #expect(keys(world) == times.map { "2026-01-05 \($0)" })
        #expect(world.records(.revise).last?.person == "head")
    }

    @Test func `a slot that another zone moves is neither superseded and run nor run twice`() throws
    {
        func plan(_ name: String) throws -> Plan {
            let keeper = Timekeeper(zone: try zone(name), calendar: .mondayToFriday)
            let item = try Item.inspected("09:00", catchUp: .all, overlap: .allow)
            return .calm([item], keeper: keeper)
        }
        // Berlin to Tokyo: the next 09:00 comes eight hours earlier.
        let east = try World(plan("Europe/Berlin"), at: try at("2026-01-05 12:00:00"))
        try east.revise(plan("Asia/Tokyo"))
        #expect(east.passed().isEmpty)
        try east.advance(to: try at("2026-01-07 12:00:00"))
        #expect(keys(east) == ["2026-01-06 09:00:00", "2026-01-07 09:00:00"])
        // Tokyo to Berlin: the same local time comes again on the new clocks, skipped or run before.
        let west = try World(plan("Asia/Tokyo"), at: try at("2026-01-04 12:00:00"))
        try west.pause(until: try at("2026-01-05 00:30:00"))
        try west.advance(to: try at("2026-01-05 01:00:00"))
        #expect(west.passed() == ["paused 1"])
        try west.revise(plan("Europe/Berlin"))
        try west.advance(to: try at("2026-01-06 12:00:00"))
        #expect(keys(west) == ["2026-01-05 09:00:00", "2026-01-06 09:00:00"])
        let again = try World(plan("Asia/Tokyo"), at: try at("2026-01-04 12:00:00"))
        try again.advance(to: try at("2026-01-05 01:00:00"))
        try again.revise(plan("Europe/Berlin"))
        try again.advance(to: try at("2026-01-06 12:00:00"))
        let zoned = "2026-01-05 09:00:00 Europe/Berlin"
        #expect(keys(again) == ["2026-01-05 09:00:00", zoned, "2026-01-06 09:00:00"])
    }

    @Test func `an edit of names needs no slot to be worked off, and is not put off by a backlog`()
        throws
    {
        let world = try World(.calm([.inspected("*:*:*")]))
        world.move(to: world.now.wall + .days(30))
        let kept = Plan.calm(try [.inspected("*:*:*")], outsiders: ["somebody", "else"])
        guard case .adopted = try world.revise(kept) else { throw Trouble("refused") }
        guard case .refused(.busy) = try world.revise(inspected("hourly")) else {
            throw Trouble("a month of seconds in one turn")
        }
    }

    @Test func `a stage that has opened its duty opens no second one, whatever its date`() throws {
        func plan(_ end: String) throws -> Plan { .calm([.sample(due: try date(end))]) }
        let world = try World(plan("2026-01-20"))
        try world.wake()
        for end in ["2026-01-25", "2026-01-10", "2026-03-01", "2026-01-20"] {
            try world.revise(plan(end))
            try world.advance(seconds: 3_600)
        }
        #expect(world.duties(.account).map(\.id) == ["p/lamp/final@2026-01-20"])
    }

    // MARK: People and runs

    @Test func `a check that ends with its schedule still speaks: its fault is found`() throws {
        let world = try World(inspected("*:0/10"))
        try world.advance(seconds: 10)
        let job = try #require(try world.claim(leaseSeconds: 10_000).first)
        try world.revise(.calm([.sample("b", due: try date("2026-03-01"))]))
        try world.report(.critical, job.token)
        #expect(try world.duty(1).state == .accepted)
        #expect(world.duties(.rectify).count == 1)
    }

    @Test func `a matter stays with the line under which it opened; posts change their holders`()
        throws
    {
        let item = try Item.accounting("daily", within: .elapsed(.days(3)))
        let world = try World(.calm([item]), at: try time("23:59:00"))
        try world.advance(seconds: 120)
        let number = try world.open(.account).number
        // Another head and another owner hold the same posts.
        let units: [UnitLine] = [
            ("leadership", nil, "boss"), ("sponsor", "leadership", "sponsor"),
            ("bureau", "sponsor", "newhead"),
        ]
        let successor = try Item.accounting("daily", within: .elapsed(.days(3)), owner: "newowner")
        try world.revise(.calm([successor], units: units))
        try world.take(.submit(note: "done"), number, by: "newowner")
        try world.take(.return(reason: "no", within: nil), number, by: "newhead")
        // Another unit leads the item: the matter stays where it was.
        let moved = try Item.accounting(
            "daily",
            within: .elapsed(.days(3)),
            lead: "sponsor",
            owner: "newowner"
        )
        try world.revise(.calm([moved], units: units))
        try world.take(.submit(note: "again"), number, by: "newowner")
        #expect(try world.open(.review).obligor == .head(unit: "bureau"))
        try world.take(.accept(note: nil), number, by: "newhead")
        try world.advance(seconds: 86_400)
        #expect(world.duties(.account).last?.unit == "sponsor")
        try world.take(.submit(note: "done"), try world.open(.account).number, by: "newowner")
        #expect(try world.open(.review).obligor == .head(unit: "sponsor"))
    }

    // MARK: Explanation

    @Test func `an explanation agrees with the dispositions`() throws {
        let world = try World(.calm([.inspected("*:0/10", catchUp: .none)]))
        try world.advance(to: try time("09:25:00"))
        try world.performJob(.ok)
        try world.pause(until: try time("09:45:00"))
        try world.advance(to: try time("09:55:00"))
        world.move(to: try time("10:35:00"))
        try world.wake()
        for (text, verdict, cause) in [
            ("08:50:00", Explanation.Verdict.beforeActivation, PassCause?.none),
            ("09:00:00", .opened, nil), ("09:10:00", .skipped, .overlap),
            ("09:15:00", .none, nil), ("09:20:00", .skipped, .overlap),
            ("09:30:00", .skipped, .paused), ("09:40:00", .skipped, .paused),
            ("09:50:00", .opened, nil), ("10:00:00", .missed, PassCause.none),
            ("10:30:00", .missed, PassCause.none), ("10:40:00", .future, nil),
        ] {
            let told = try world.explain(try time(text))
            #expect(told.verdict == verdict, "\(text)")
            #expect(told.cause == cause, "\(text)")
            if told.slot != nil { #expect(told.next == (try time(text)) + .minutes(10)) }
        }
        world.move(to: try time("10:40:00"))
        #expect(try world.explain(try time("10:40:00")).verdict == .pending)
    }

    @Test func `a period that was over before the activation is explained so`() throws {
        let keeper = try China.keeper()
        let item = Item.sample(account: .period(.dekad, roll: .before))
        let start = try at("2019-03-30 12:00:00", keeper.zone)
        let world = try World(.calm([item], keeper: keeper), at: start)
        let told = try world.explain(start, "p/lamp/account")
        #expect(told.slot?.period == "2019-D09")
        #expect(told.verdict == .beforeActivation)
    }
}
