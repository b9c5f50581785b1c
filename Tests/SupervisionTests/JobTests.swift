import CivilTime
import Supervision
import Testing

/// Inspections and the leases of their jobs.
@Suite struct JobTests {
    private func world(attempts: Int = 2, on label: String? = nil) throws -> World {
        let world = try World(.sample([.inspected("*:0/10", attempts: attempts, on: label)]))
        try world.advance(seconds: 10)
        return world
    }

    @Test(arguments: [(Outcome.ok, 0), (.warning, 0), (.critical, 1)])
    func `a performed check settles the inspection:`(line: (outcome: Outcome, findings: Int)) throws
    {
        let world = try world()
        let job = try world.performJob(line.outcome)
        #expect(job.state == .finished)
        let inspection = try #require(world.duties(.inspect).first)
        #expect(inspection.state == .accepted)
        #expect(inspection.settledReason == .performed)
        #expect(world.records(.settle).first?.actor == .rule)
        #expect(world.records(.finish).first?.reason == .performed)
        #expect(world.duties(.rectify).count == line.findings)
        #expect(world.accounts.findings.count == line.findings)
        #expect(world.accounts.findings[1]?.rectify == world.duties(.rectify).first?.number)
    }

    @Test func `a fault is found once while its rectification is owed`() throws {
        let world = try world()
        try world.performJob(.critical)
        let rectify = try world.open(.rectify).number
        try world.advance(seconds: 600)
        try world.performJob(.critical)
        #expect(world.accounts.findings.count == 1)
        try world.take(.submit(note: "new lamp"), rectify, by: "owner")
        try world.advance(seconds: 600)
        try world.performJob(.critical)
        #expect(world.accounts.findings.count == 1, "handed in is not put right")
        try world.take(.accept(note: nil), rectify, by: "head")
        try world.advance(seconds: 600)
        try world.performJob(.critical)
        #expect(world.accounts.findings.count == 2)
    }

    @Test func `a late inspection goes up and ends with its performance`() throws {
        let world = try world()
        try world.advance(to: try world.open(.inspect).dueAt)
        #expect(try world.open(.supervise).person == "head")
        try world.performJob(.ok)
        #expect(world.duties(.supervise).first?.state == .moot)
        let inspection = try #require(world.duties(.inspect).first)
        #expect(inspection.isLate(at: world.now.wall))
    }

    @Test(arguments: [Outcome.unknown, .timeout, .failed])
    func `a check that was not performed is tried again and then kept aside:`(
        outcome: Outcome
    ) throws {
        let world = try world(attempts: 3)
        for pause in [Int64(1), 2] {
            let job = try world.performJob(outcome)
            #expect(job.state == .ready)
            #expect(job.notBefore == world.now.wall + .seconds(pause))
            #expect(try world.claim().isEmpty)
            try world.advance(seconds: pause)
        }
        let job = try world.performJob(outcome)
        #expect(job.state == .quarantined)
        #expect(world.records(.finish).last?.reason == .gaveUp)
        #expect(try world.open(.inspect).state == .open)
        let told = try world.notices().filter { $0.matter == .quarantined }
        #expect(told.map(\.to) == ["owner@localhost", "head@localhost"])
    }

    @Test func `the next slot gives a quarantined check a new try, told or not`() throws {
        let world = try world(attempts: 1)
        try world.performJob(.failed)
        #expect(try world.claim().isEmpty)
        try world.advance(seconds: 600)
        #expect(world.duties(.inspect).count == 1)
        #expect(world.passed() == ["overlap 1"])
        #expect(try world.performJob(.ok).state == .finished)
        #expect(try #require(world.duties(.inspect).first).state == .accepted)
    }

    @Test func `a check that ran stands for older ones whose tries are used up`() throws {
        let item = try Item.inspected("*:0/10", attempts: 1, overlap: .allow)
        let world = try World(.sample([item]))
        try world.advance(seconds: 10)
        try world.performJob(.failed)
        try world.advance(seconds: 600)
        try world.performJob(.failed)
        try world.advance(seconds: 600)
        #expect(world.duties(.inspect).filter { !$0.state.isSettled }.count == 3)
        try world.performJob(.ok)
        #expect(world.duties(.inspect).allSatisfy { $0.state == .accepted })
        #expect(world.duties(.supervise).allSatisfy { $0.state.isSettled })
    }

    @Test func `a slot that comes while the check before runs is passed over`() throws {
        let world = try world()
        let job = try #require(try world.claim(leaseSeconds: 10_000).first)
        try world.advance(seconds: 1_800)
        #expect(world.duties(.inspect).count == 1)
        #expect(world.records(.pass).count == 3)
        #expect(try world.jobs(Queue.inspect).count == 1)
        #expect(try world.report(.ok, job.token) == nil)
        try world.advance(seconds: 600)
        #expect(world.duties(.inspect).count == 2)
    }

    @Test func `a job goes to a worker of its label only`() throws {
        let world = try world(on: "field")
        #expect(try world.claim().isEmpty)
        #expect(try world.claim(labels: ["office"]).isEmpty)
        #expect(try world.claim(Queue.deliver, labels: ["field"]).isEmpty)
        #expect(try world.claim(labels: ["field"]).count == 1)
    }

    @Test func `a result is taken once; the same one again is no mistake`() throws {
        let world = try world()
        let token = try #require(try world.claim().first).token
        #expect(try world.report(.ok, token, output: "{}") == nil)
        let records = world.records.count
        #expect(try world.report(.ok, token, output: "{}") == nil)
        #expect(try world.report(.ok, token, output: "{\"a\":1}") == .conflict)
        #expect(try world.report(.critical, token, output: "{}") == .conflict)
        #expect(world.records.count == records)
        #expect(world.duties(.rectify).isEmpty)
    }

    @Test func `late and foreign results are rejected by name`() throws {
        let world = try world(attempts: 5)
        let first = try #require(try world.claim().first).token
        let later = Token(job: first.job, lease: first.lease + 1)
        #expect(try world.report(.ok, Token(job: 99, lease: 1)) == .noSuchJob)
        #expect(try world.report(.ok, later) == .noSuchJob)
        #expect(try world.report(.ok, first, session: "other") == .notYours)
        world.move(to: world.now.wall + .seconds(30))
        #expect(try world.report(.ok, first) == .expired)
        try world.decide(.sweep)
        #expect(try world.report(.ok, first) == .released)
        let second = try #require(try world.claim().first).token
        #expect(second.lease > first.lease)
        #expect(try world.report(.ok, first) == .superseded)
        try world.decide(.release(session: "s"))
        #expect(try world.report(.ok, second) == .released)
        #expect(try world.open(.inspect).state == .open)
    }

    @Test func `a failed try does not speak for the next one that was lost`() throws {
        let world = try world(attempts: 5)
        try world.performJob(.failed)
        try world.advance(seconds: 1)
        let second = try #require(try world.claim().first).token
        try world.decide(.release(session: "s"))
        #expect(try world.report(.failed, second) == .released)
        #expect(try world.report(.ok, second) == .released)
    }

    @Test func `a result for the last lease that was lost is released, not in conflict`() throws {
        let world = try world(attempts: 1)
        let token = try #require(try world.claim().first).token
        try world.decide(.release(session: "s"))
        #expect(try world.job(token.job).state == .quarantined)
        #expect(try world.report(.ok, token) == .released)
        #expect(try world.report(.failed, token) == .released)
    }

    @Test func `a worker that goes loses its leases and nobody else's`() throws {
        let items = try [Item.inspected("*:0/10"), .inspected("*:0/10")]
        let second = Item.sample("other", inspections: items[1].inspections)
        let world = try World(.sample([items[0], second]))
        try world.advance(seconds: 10)
        let mine = try #require(try world.claim(session: "mine", max: 1).first)
        let other = try #require(try world.claim(session: "other", max: 1).first)
        #expect(mine.id != other.id)
        try world.decide(.release(session: "mine"))
        #expect(try world.job(mine.id).state == .ready)
        #expect(try world.job(other.id).state == .leased)
        let again = try #require(try world.claim(session: "third").first)
        #expect(again.id == mine.id)
        #expect(again.attempt == 2)
    }

    @Test func `another boot ends every lease`() throws {
        let world = try world()
        let token = try #require(try world.claim().first).token
        world.reboot("boot-2")
        #expect(try world.report(.ok, token) == .expired)
        try world.decide(.sweep)
        #expect(try world.job(token.job).state == .ready)
    }

    @Test func `a heartbeat extends a lease that has not ended`() throws {
        let world = try world()
        let token = try #require(try world.claim().first).token
        for _ in 0..<5 {
            world.move(to: world.now.wall + .seconds(29))
            let event = Event.extend(session: "s", leases: [token], leaseMicros: 30_000_000)
            guard case .reported(accepted: 1, rejected: []) = try world.decide(event) else {
                Issue.record("the lease was not extended")
                return
            }
            try world.decide(.sweep)
        }
        #expect(try world.report(.ok, token) == nil)
    }

    @Test func `no message is sent once its duty is handed in, a retry included`() throws {
        let world = try World(.sample([.accounting()]))
        try world.advance(seconds: 90)
        let reminder = try #require(try world.claim(Queue.deliver).first)
        try world.advance(seconds: 1)
        try world.take(.submit(note: "done"), 1, by: "owner")
        try world.report(.failed, reminder.token)
        #expect(try world.job(reminder.id).state == .cancelled)
        let last = try #require(world.records(.finish).last)
        #expect(last.reason == .cancelled)
        let gone = try #require(try world.claim(Queue.deliver).first)
        #expect(gone.number == (try world.open(.review).number))
        try world.advance(seconds: 1)
        try world.take(.accept(note: nil), 1, by: "head")
        try world.decide(.release(session: "s"))
        #expect(try world.job(gone.id).state == .cancelled)
    }
}
