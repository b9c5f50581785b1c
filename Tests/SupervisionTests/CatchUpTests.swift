import CivilTime
import Ledger
import Supervision
import Testing

/// What follows a downtime, and a clock that was set.
@Suite struct CatchUpTests {
    @Test func `every account is owed, oldest first`() throws {
        let world = try World(.sample([.accounting("*:0/10")]))
        world.move(to: try at("2026-01-05 10:05:00"))
        try world.wake()
        let accounts = world.duties(.account)
        let slots = try ["09:00", "09:10", "09:20", "09:30", "09:40", "09:50", "10:00"].map {
            try at("2026-01-05 \($0):00")
        }
        #expect(accounts.map(\.openAt) == slots)
        #expect(accounts.map(\.dueAt) == slots.map { $0 + .seconds(100) })
        #expect(Set(accounts.map(\.id)).count == slots.count)
        let opened = world.records(.open).filter { $0.number.map { $0 <= 7 } ?? false }
        #expect(opened.map(\.effective) == slots)
    }

    @Test func `of the checks the newest runs, and one record says what was missed`() throws {
        let world = try World(.sample([.inspected("*:0/10")]))
        world.move(to: try at("2026-01-05 10:05:00"))
        try world.wake()
        let inspections = world.duties(.inspect)
        #expect(inspections.map(\.openAt) == [try at("2026-01-05 10:00:00")])
        #expect(world.records(.pass).count == 1)
        let slots = try #require(world.accounts.passed.first).slots
        #expect(slots.from == (try at("2026-01-05 09:00:00")))
        #expect(slots.through == (try at("2026-01-05 09:50:00")))
        #expect(slots.first == "2026-01-05 09:00:00")
        #expect(slots.last == "2026-01-05 09:50:00")
        #expect(world.passed() == ["latest 6"])
        #expect(try world.jobs(Queue.inspect).count == 1)
    }

    @Test func `a long backlog of checks is worked off in bounded steps`() throws {
        let world = try World(.sample([.inspected("*:*:*", within: .elapsed(.seconds(5)))]))
        world.move(to: world.now.wall + .seconds(9_000))
        try world.wake()
        #expect(world.accounts.passed.map(\.slots.count).reduce(0, +) == 8_999)
        #expect(world.accounts.passed.allSatisfy { $0.slots.count <= 4_096 })
        #expect(world.duties(.inspect).count == 1)
    }

    @Test func `a downtime does not rob a superior of the term`() throws {
        let world = try World(.sample([.accounting()]))
        try world.advance(seconds: 10)
        let account = try world.open(.account)
        let back = account.dueAt + .seconds(1_000)
        world.move(to: back)
        try world.wake()
        let supervise = try world.open(.supervise)
        #expect(supervise.dueAt == back + .seconds(60))
        #expect(supervise.openAt == back)
        #expect(supervise.person == "head")
    }

    @Test func `nothing older than the adoption falls due`() throws {
        let world = try World(.sample([.accounting("*:0/10")]), at: try at("2026-01-05 09:00:30"))
        try world.wake()
        #expect(world.duties().isEmpty)
        try world.advance(seconds: 600)
        #expect(world.duties(.account).map(\.openAt) == [try at("2026-01-05 09:10:00")])
    }

    @Test func `a clock that is set back makes nothing again`() throws {
        let items = [try Item.accounting("*:0/10"), .sample("b", inspections: try checks())]
        let world = try World(.sample(items))
        try world.advance(seconds: 3_600)
        let before = (world.duties().map(\.id), world.records.count)
        world.move(to: try at("2026-01-05 09:00:00"))
        try world.wake()
        #expect(world.duties().map(\.id) == before.0)
        #expect(world.records.count == before.1)
        try world.advance(seconds: 3_500)
        let ids = world.duties().map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(world.duties(.account).count == 6)
    }

    @Test func `the same plan again changes nothing`() throws {
        let world = try World(.sample([.accounting()]))
        let records = world.records.count
        let digest = Digest.sha256(Array("plan".utf8))
        let caller = Caller(uid: 0, via: "control")
        let again = Event.adopt(world.plan, text: "plan", digest: digest, name: "p", by: caller)
        guard case .adopted(programme: "p", seq: -1) = try world.decide(again) else {
            Issue.record("it was taken for another one")
            return
        }
        #expect(world.records.count == records)
    }

    private func checks() throws -> [Inspection] { try Item.inspected("*:0/10").inspections }
}
