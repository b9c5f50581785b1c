import CivilTime
import Ledger
import Testing

@testable import Supervision

/// What becomes of slots: every policy, pauses, edits, backfills and refusals, one line a case.
@Suite struct DispositionTests {
    private let id = "p/lamp/inspect.check"

    private func time(_ text: String) throws -> Instant { try at("2026-01-05 \(text)") }

    private func opened(_ world: World) -> [String] {
        world.duties(.inspect).map { Zone.utc.local($0.openAt).time.description }
    }

    // MARK: Catch-up

    /// kubernetes/kubernetes#42649, oban-bg/oban#630, riverqueue/river#791 and
    /// kagkarlsson/db-scheduler#189 ask what becomes of slots of a downtime.
    @Test(arguments: [
        ("all", ["09:00:00", "09:10:00", "09:20:00", "09:30:00"], [String]()),
        ("latest", ["09:30:00"], ["latest 3"]),
        ("none", [], ["none 4"]),
        ("window=16min", ["09:20:00", "09:30:00"], ["window 2"]),
        ("window=6min", ["09:30:00"], ["window 3"]),
        ("window=5min", [], ["window 4"]),
        ("window=1d", ["09:00:00", "09:10:00", "09:20:00", "09:30:00"], []),
    ])
    func `kubernetes42649 oban630 river791 dbscheduler189: a downtime follows the declared policy:`(
        line: (policy: String, opened: [String], passed: [String])
    ) throws {
        let policy = try #require(CatchUp(line.policy))
        let world = try World(.calm([.inspected("*:0/10", catchUp: policy, overlap: .allow)]))
        world.move(to: try time("09:35:00"))
        try world.wake()
        #expect(opened(world) == line.opened)
        #expect(world.passed() == line.passed)
        #expect(try world.jobs(Queue.inspect).allSatisfy { $0.origin == .catchUp })
        try world.advance(to: try time("09:40:00"))
        #expect(opened(world) == line.opened + ["09:40:00"], "the next slot is an ordinary one")
        #expect(try world.jobs(Queue.inspect).last?.origin == .regular)
    }

    @Test(arguments: ["all", "latest", "none", "window=1min"])
    func `a turn that comes a little late catches nothing up:`(policy: String) throws {
        let policy = try #require(CatchUp(policy))
        let world = try World(.calm([.inspected("*:0/10", catchUp: policy)]))
        world.move(to: try time("09:01:00"))
        try world.wake()
        #expect(opened(world) == ["09:00:00"])
        #expect(try world.jobs(Queue.inspect).map(\.origin) == [.regular])
    }

    @Test func `the newest slot of a backlog runs though the backlog fills the bound`() throws {
        for count in [4_095, 4_096, 4_097, 8_192] {
            let world = try World(.calm([.inspected("*:*:*", overlap: .allow)]))
            world.move(to: world.now.wall + .seconds(Int64(count)))
            try world.wake()
            #expect(opened(world).count == 1, "\(count)")
            #expect(world.accounts.passed.map(\.slots.count).reduce(0, +) == Int64(count) - 1)
        }
    }

    @Test
    func `a backlog that is caught up whole queues under skip, and slots behind it are skipped`()
        throws
    {
        let world = try World(.calm([.inspected("*:0/10", catchUp: .all)]))
        world.move(to: try time("09:25:00"))
        try world.wake()
        let jobs = try world.jobs(Queue.inspect)
        #expect(jobs.map(\.after) == [nil, jobs[0].id, jobs[1].id])
        #expect(try world.claim().map(\.id) == [jobs[0].id])
        try world.advance(to: try time("09:30:00"))
        #expect(world.passed() == ["overlap 1"])
    }

    @Test func `systemd43350: a backlog becomes ready by and by`() throws {
        let pacing = Pacing(perMinute: 6, atOnce: 2)
        let items = try (0..<5).map { try Item.inspected("*:0/10", id: "i\($0)") }
        let world = try World(.calm(items, pacing: pacing))
        world.move(to: try time("09:05:00"))
        try world.wake()
        let starts = try world.jobs(Queue.inspect).map { ($0.notBefore - world.now.wall) }
        #expect(starts == [.zero, .seconds(10), .seconds(20), .seconds(30), .seconds(40)])
        #expect(try world.claim().count == 1)
        world.move(to: world.now.wall + .seconds(60))
        #expect(try world.claim(session: "a", leaseSeconds: 1_000).count == 1, "two at once")
        #expect(try world.claim(session: "b", leaseSeconds: 1_000).isEmpty)
        try world.decide(.release(session: "s"))
        #expect(try world.claim(session: "b", leaseSeconds: 1_000).count == 1)
        #expect(try world.claim(session: "c").isEmpty)
    }

    @Test func `systemd43350: ordinary work goes on while a backlog is held`() throws {
        let pacing = Pacing(perMinute: 6_000, atOnce: 1)
        let items = try (0..<5).map { try Item.inspected("*:0/10", id: "i\($0)") }
        let fresh = try Item.inspected("*:06", id: "z")
        let world = try World(.calm(items + [fresh], pacing: pacing))
        world.move(to: try time("09:05:00"))
        try world.wake()
        try world.advance(to: try time("09:06:00"))
        let taken = try world.claim(leaseSeconds: 1_000)
        #expect(taken.map(\.origin) == [.catchUp, .regular])
    }

    @Test func `a check that is caught up has its whole term`() throws {
        let world = try World(.calm([.inspected("*:0/10")]))
        world.move(to: try time("09:05:00"))
        try world.wake()
        #expect(try world.open(.inspect).dueAt == world.now.wall + .seconds(100))
        #expect(try world.open(.inspect).openAt == (try time("09:00:00")))
    }

    @Test(arguments: ["all", "latest", "none", "window=1h"])
    func `a turn after ten years of a rule of seconds is bounded:`(policy: String) throws {
        let policy = try #require(CatchUp(policy))
        let world = try World(.calm([.inspected("*:*:*", catchUp: policy)]))
        world.move(to: world.now.wall + .days(3_650))
        try world.decide(.woke)
        #expect(world.isUnfinished)
        #expect(world.duties().count <= 256)
        #expect(world.records.count <= 260)
        let mark = try world.schedule().plannedThrough
        #expect(mark > (try time("09:04:00")))
    }

    // MARK: Overlap

    /// What becomes of a second and a third slot while the first run goes on: how many duties, and
    /// what passed.
    @Test(arguments: [
        (Overlap.skip, ["open"], ["overlap 1", "overlap 1"], 0),
        (.queueOne, ["open", "open"], ["overlap 1"], 0),
        (.queueAll, ["open", "open", "open"], [], 0),
        (.cancel, ["moot", "moot", "open"], [], 0), (.terminate, ["moot", "moot", "open"], [], 1),
        (.allow, ["open", "open", "open"], [], 2),
    ])
    func `slots that come while a run goes on:`(
        line: (overlap: Overlap, states: [String], passed: [String], ready: Int)
    ) throws {
        let world = try World(.calm([.inspected("*:0/10", overlap: line.overlap)]))
        try world.advance(seconds: 10)
        let first = try #require(try world.claim(leaseSeconds: 100_000).first)
        try world.advance(seconds: 1_200)
        #expect(world.duties(.inspect).map(\.state.rawValue) == line.states)
        #expect(world.passed() == line.passed)
        let ready = try world.claim(session: "other", leaseSeconds: 100_000)
        #expect(ready.count == line.ready)
        // The first worker reports: whatever waits goes on, one after the other.
        let rejection = try world.report(.ok, first.token)
        #expect(rejection == (line.overlap == .terminate ? .cancelled : nil))
        let waits: [Overlap] = [.queueOne, .queueAll, .cancel]
        let next = try world.claim(session: "other", leaseSeconds: 100_000)
        #expect(next.count == (waits.contains(line.overlap) ? 1 : 0))
    }

    @Test(arguments: Overlap.allCases)
    func `nomad11052: the overlap policy survives a restart:`(overlap: Overlap) throws {
        let world = try World(.calm([.inspected("*:0/10", overlap: overlap)]))
        try world.advance(seconds: 10)
        let first = try #require(try world.claim(leaseSeconds: 100_000).first)
        world.reboot("boot-2")
        world.move(to: try time("09:10:00"))
        try world.wake()
        let waiting = try world.jobs(Queue.inspect, all: false).filter { $0.id != first.id }
        switch overlap {
        case .skip: #expect(world.passed() == ["overlap 1"])
        case .queueOne, .queueAll, .cancel: #expect(waiting.map(\.after) == [first.id])
        case .terminate, .allow: #expect(waiting.map(\.after) == [nil])
        }
        // The lease of the boot before has ended: the job is given back, or its successor goes.
        try world.decide(.sweep)
        let next = try world.claim(session: "new").map(\.id)
        let expected: [Int64] =
            switch overlap {
            case .skip, .queueOne, .queueAll: [first.id]
            case .cancel, .terminate: waiting.map(\.id)
            case .allow: [first.id] + waiting.map(\.id)
            }
        #expect(next == expected)
    }

    @Test func `cut off after a failed try, a late result is told so`() throws {
        let world = try World(.calm([.inspected("*:0/10", attempts: 3, overlap: .terminate)]))
        try world.advance(seconds: 10)
        let first = try #require(try world.claim().first)
        try world.report(.failed, first.token)
        try world.advance(seconds: 2)
        let second = try #require(try world.claim(leaseSeconds: 10_000).first)
        try world.advance(seconds: 600)
        for outcome in [Outcome.failed, .ok, .critical] {
            #expect(try world.report(outcome, second.token) == .cancelled)
        }
        #expect(world.duties(.inspect).map(\.state) == [.moot, .open])
    }

    @Test
    func `called off, a run that its worker lost is not begun again, though the clock went back`()
        throws
    {
        let world = try World(.calm([.inspected("*:0/10", attempts: 9, overlap: .cancel)]))
        try world.advance(seconds: 10)
        let first = try #require(try world.claim(leaseSeconds: 100_000).first)
        world.move(to: try time("08:00:00"))
        try world.wake()
        try world.backfill(from: try time("07:00:00"), until: try time("08:00:00"))
        world.move(to: try time("08:50:00"))
        try world.pause(until: try time("08:55:00"))
        try world.advance(to: try time("09:10:00"))
        #expect(try world.duty(1).state == .moot)
        let heartbeat = Event.extend(session: "s", leases: [first.token], leaseMicros: 1_000_000)
        guard case .reported(accepted: 0, let rejected) = try world.decide(heartbeat) else {
            throw Trouble("no answer")
        }
        #expect(rejected.map(\.cause) == [.cancelled])
        try world.decide(.release(session: "s"))
        #expect(try world.job(first.id).state == .cancelled)
        #expect(try world.claim().map(\.number) == [try newest(world)])
    }

    private func newest(_ world: World) throws -> Int64 {
        try #require(world.duties(.inspect).last).number
    }

    @Test func `queue-one behind a run that is kept aside begins at once`() throws {
        let world = try World(.calm([.inspected("*:0/10", attempts: 1, overlap: .queueOne)]))
        try world.advance(seconds: 10)
        try world.performJob(.failed)
        try world.advance(seconds: 600)
        #expect(world.duties(.inspect).count == 2)
        #expect(try world.claim().map(\.number) == [try newest(world)])
    }

    @Test func `what waited for a run that is kept aside goes on`() throws {
        let world = try World(.calm([.inspected("*:0/10", attempts: 1, overlap: .queueAll)]))
        try world.advance(seconds: 10)
        let first = try #require(try world.claim(leaseSeconds: 100_000).first)
        try world.advance(seconds: 600)
        #expect(try world.claim().isEmpty)
        try world.report(.failed, first.token)
        #expect(try world.claim().map(\.number) == [try newest(world)])
    }

    // MARK: Jitter

    @Test func `jitter is a slot's own, capped by the next slot, and opens nothing early`() throws {
        let plan = try Plan.calm([.inspected("*:0/10", jitter: .minutes(30))])
        let schedule = try #require(Schedule.all(of: plan).first)
        var cursor = try time("08:00:00")
        var shares: Set<Span> = []
        for _ in 0..<50 {
            let slot = try #require(schedule.next(after: cursor, activation: cursor, in: plan))
            #expect(slot.openAt >= slot.nominal)
            #expect(slot.openAt <= slot.nominal + .minutes(10))
            #expect(slot == schedule.occurrence(of: slot.key, in: plan))
            shares.insert(slot.openAt - slot.nominal)
            cursor = slot.nominal
        }
        #expect(shares.count > 5)
        let small = try Plan.calm([.inspected("*:0/10", jitter: .minutes(5))])
        let world = try World(small)
        try world.advance(seconds: 7_200)
        for (duty, record) in zip(world.duties(.inspect), world.records(.open)) {
            #expect(record.at == duty.openAt)
            #expect(try world.jobs(Queue.inspect).contains { $0.notBefore == duty.openAt })
        }
    }

    @Test(arguments: [0, 1, 250, 500, 750, 999])
    func `temporal4866: an edit inside the jitter loses no run:`(permille: Int64) throws {
        let world = try World(.calm([.inspected("hourly", jitter: .minutes(50))]))
        let first = try #require(try world.schedule().nextAt)
        let nominal = try time("09:00:00")
        let share = (first - nominal).microseconds / 1_000 * permille
        world.move(to: nominal + Span(microseconds: share))
        let reply = try world.revise(.calm([.inspected("*:30", jitter: .minutes(5))]))
        guard case .adopted = reply else { throw Trouble("\(reply)") }
        try world.wake()
        #expect(world.duties(.inspect).map(\.id) == ["\(id)@2026-01-05 09:00:00"])
        #expect(
            try world.jobs(Queue.inspect).map(\.notBefore) == [first],
            "it begins when it would"
        )
        try world.advance(to: try time("11:45:00"))
        #expect(
            world.accounts.passed.map(\.slots.cause) == [.revised, .overlap, .overlap, .overlap]
        )
    }

    // MARK: Pauses

    @Test func `ohdearquant3134: nobody asks in vain why a paused schedule stood still`() throws {
        let world = try World(.calm([.inspected("*:0/10")]))
        try world.advance(seconds: 60)
        let until = try time("09:40:00")
        let uid = try world.uid("head")
        try world.pause(until: until, reason: "the mast is painted", by: uid)
        let pausing = try #require(world.records(.pause).first)
        #expect(pausing.person == "head")
        #expect(pausing.reason == .person)
        #expect(try world.schedule().pause?.by == "head")
        #expect(try world.explain(try time("09:20:00")).cause == .paused, "foreseen")
        try world.advance(to: try time("09:45:00"))
        let told = try world.explain(try time("09:20:00"))
        #expect(told.verdict == .skipped)
        #expect(told.cause == .paused)
        #expect(told.seq == world.records(.pass).first?.seq)
        #expect(world.passed() == ["paused 3", "overlap 1"])
        #expect(world.accounts.passed.map(\.slots.from) == [try time("09:10:00"), until])
    }

    @Test(arguments: [
        ("08:00:00", "until"), ("08:59:50", "until"),
    ])
    func `a pause that has no end ahead is refused:`(line: (until: String, argument: String)) throws
    {
        let world = try World(.calm([.inspected("*:0/10")]))
        guard
            case .refused(.badArgument(let argument, _)) = try world.pause(until: time(line.until))
        else { throw Trouble("it was taken") }
        #expect(argument == line.argument)
    }

    @Test func `a pause is bounded, renewable, has a reason, and stops no person's duty`() throws {
        let items = [try Item.inspected("*:0/10"), try .accounting("yearly")]
        let account = Item.sample("other", account: items[1].account)
        let world = try World(.calm([items[0], account]))
        let month = world.now.wall + .days(30)
        for reply in [
            try world.pause(until: month + Span(microseconds: 1)),
            try world.pause(until: month, reason: " "),
            try world.pause("p/other/account", until: month),
            try world.pause("p/none", until: month),
            try world.pause(until: month, by: try world.uid("owner")),
            try world.pause(until: month, by: try world.uid("outsider")),
            try world.pause(until: month, by: 77), try world.resume(),
        ] {
            guard case .refused = reply else { throw Trouble("\(reply)") }
        }
        #expect(world.records(.pause).isEmpty)
        guard case .operated = try world.pause(until: month) else { throw Trouble("refused") }
        try world.advance(seconds: 86_400)
        guard case .operated = try world.pause(until: world.now.wall + .days(30)) else {
            throw Trouble("it is not renewable")
        }
        try world.advance(to: month + .hours(1))
        #expect(world.duties(.inspect).isEmpty)
        try world.resume()
        try world.advance(seconds: 600)
        #expect(world.duties(.inspect).count == 1)
    }

    @Test func `whoever owes a check does not let it rest, whatever other post they hold`() throws {
        let item = try Item.inspected("*:0/10", owner: "head")
        let world = try World(.calm([item]))
        let until = try time("10:00:00")
        guard
            case .refused(.notAllowed(let text)) = try world.pause(
                until: until,
                by: world.uid("head")
            )
        else { throw Trouble("it was taken") }
        #expect(text.contains("SPONSOR"))
        guard case .operated = try world.pause(until: until, by: world.uid("sponsor")) else {
            throw Trouble("it was refused")
        }
        let alone = try World(.calm([item], units: [("bureau", nil, "head")]))
        guard case .operated = try alone.pause(until: until, by: alone.uid("head")) else {
            throw Trouble("nobody else is there")
        }
    }

    @Test func `a pause that ends at a slot leaves it; one that begins at a slot comes too late`()
        throws
    {
        let world = try World(.calm([.inspected("*:0/10", overlap: .allow)]))
        world.move(to: try time("09:00:00"))
        try world.pause(until: try time("09:20:00"))
        try world.advance(to: try time("09:20:00"))
        #expect(opened(world) == ["09:00:00", "09:20:00"])
        #expect(world.passed() == ["paused 1"])
    }

    @Test func `a pause with jitter takes the slots that come in it, not those that open in it`()
        throws
    {
        let world = try World(.calm([.inspected("hourly", overlap: .allow, jitter: .minutes(55))]))
        world.move(to: try time("09:00:00"))
        let planned = try #require(try world.schedule().nextAt)
        #expect(planned > world.now.wall)
        try world.pause(until: try time("10:00:00") + Span(microseconds: 1))
        #expect(try world.jobs(Queue.inspect).map(\.notBefore) == [planned])
        try world.advance(to: try time("11:59:00"))
        #expect(world.passed() == ["paused 1"])
        #expect(
            world.duties(.inspect).map(\.id) == [
                "\(id)@2026-01-05 09:00:00", "\(id)@2026-01-05 11:00:00",
            ]
        )
    }

    @Test func `a long pause of a fast rule can be ended and edited at any time`() throws {
        for (rule, hours) in [("*:*:*", Int64(2)), ("*:*", 96)] {
            let world = try World(.calm([.inspected(rule, overlap: .allow)]))
            try world.pause(until: world.now.wall + .days(30))
            try world.advance(to: world.now.wall + .hours(hours))
            guard case .operated = try world.resume() else { throw Trouble("\(rule): busy") }
            try world.pause(until: world.now.wall + .days(30))
            try world.advance(to: world.now.wall + .hours(hours))
            let reply = try world.revise(.calm([.inspected("hourly")]))
            guard case .adopted = reply else { throw Trouble("\(rule): \(reply)") }
        }
    }

    // MARK: Backfill

    @Test(arguments: [
        (Overlap.queueAll, [4], [String]()), (.allow, [4], []), (.skip, [1], ["overlap 3"]),
        (.queueOne, [2], ["overlap 2"]), (.cancel, [4], []), (.terminate, [4], []),
    ])
    func `a backfill has its own overlap policy:`(
        line: (overlap: Overlap, opened: [Int], left: [String])
    ) throws {
        let world = try World(.calm([.inspected("*:0/10", catchUp: .none)]))
        world.move(to: try time("09:35:00"))
        try world.wake()
        let instead = try #require(world.records(.pass).first).seq
        let (from, until) = (try time("08:00:00"), try time("09:35:00"))
        let reply = try world.backfill(from: from, until: until, overlap: line.overlap)
        guard case .backfilled(let done) = reply else { throw Trouble("\(reply)") }
        #expect([done.opened.count] == line.opened)
        let left = done.left.filter { $0.cause != .notPassed }
        #expect(left.map { "\($0.cause.rawValue) \($0.count)" } == line.left)
        guard case .backfill(let said) = world.records(.backfill).first?.payload else {
            throw Trouble("no record")
        }
        #expect(said.count == Int64(done.opened.count))
        for record in world.records(.open) {
            guard case .open(let opening) = record.payload else { continue }
            #expect(opening.origin == .backfill)
            #expect(opening.instead == instead)
            #expect(record.reason == .backfilled)
        }
        guard case .backfilled(let again) = try world.backfill(from: from, until: until) else {
            throw Trouble("refused")
        }
        #expect(again.opened.count == 4 - done.opened.count, "a slot is run once")
        #expect(Set(world.duties(.inspect).map(\.id)).count == 4)
    }

    @Test func `a backfill goes by the rule of its time`() throws {
        let world = try World(.calm([.inspected("hourly", catchUp: .none)]))
        world.move(to: try time("12:10:00"))
        try world.revise(.calm([.inspected("*:0/20", catchUp: .none)]))
        world.move(to: try time("13:30:00"))
        try world.wake()
        #expect(world.passed() == ["none 4", "none 4"])
        let reply = try world.backfill(from: try time("08:30:00"), until: world.now.wall)
        guard case .backfilled(let done) = reply else { throw Trouble("\(reply)") }
        #expect(done.left.isEmpty)
        #expect(
            opened(world) == [
                "09:00:00", "10:00:00", "11:00:00", "12:00:00", "12:20:00", "12:40:00", "13:00:00",
                "13:20:00",
            ]
        )
    }

    @Test(arguments: [
        ("09:30:00", "09:30:00"), ("09:30:00", "09:10:00"), ("09:00:00", "09:40:00"),
    ])
    func `a backfill of no past range is refused:`(line: (from: String, until: String)) throws {
        let world = try World(.calm([.inspected("*:0/10")]))
        world.move(to: try time("09:35:00"))
        try world.wake()
        let reply = try world.backfill(from: try time(line.from), until: try time(line.until))
        guard case .refused(.badArgument("until", _)) = reply else { throw Trouble("\(reply)") }
    }

    @Test func `what the plan takes out and what ran is not run later`() throws {
        let world = try World(.calm([.inspected("*:0/10 except *:20", overlap: .allow)]))
        try world.advance(to: try time("09:00:00"))
        try world.performJob(.ok)
        try world.advance(to: try time("09:35:00"))
        guard
            case .backfilled(let done) = try world.backfill(
                from: try time("08:30:00"),
                until: world.now.wall
            )
        else { throw Trouble("refused") }
        #expect(done.opened.isEmpty)
        #expect(
            done.left.map { "\($0.cause.rawValue) \($0.count)" } == ["not-passed 2", "opened 3"]
        )
        let told = try world.explain(try time("09:20:00"))
        #expect(told.verdict == .skipped)
        #expect(told.cause == .excluded)
    }
}
