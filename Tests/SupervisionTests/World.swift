import CivilTime
import Ledger
import Testing

@testable import Supervision

/// One organisation with its store, its clock and its ledger, driven as the engine drives them.
final class World {
    let store = MemoryStore()
    /// The plan in force.
    private(set) var plan: Plan
    private(set) var book = PlanBook()
    private(set) var now: Now
    private(set) var tree = Tree()
    /// Every record so far.
    private(set) var records: [Record] = []
    /// The fold of the records, kept beside the store's tables.
    private(set) var accounts = Accounts()
    /// The rows that the last decision wrote.
    private(set) var written: [Write] = []
    private var salt: UInt8 = 0
    private var revisions = 0

    /// Adopts the plan a moment before nine o'clock of Monday 2026-01-05, if not told otherwise.
    init(_ plan: Plan, at start: Instant? = nil, from: Instant? = nil) throws {
        self.plan = plan
        let usual = try at("2026-01-05 08:59:50")
        now = Now(wall: start ?? usual, boot: 1_000_000, bootID: "boot-1")
        book.add(plan) { _ in nil }
        _ = try decide(.begin(Genesis(origin: "test", key: "none")))
        let signer = try from.map { _ in try uid(plan.persons.keys.sorted().first ?? "") } ?? 0
        guard case .adopted = try decide(adoption(plan, "plan", by: signer, from)) else {
            throw Trouble("the plan was not adopted")
        }
    }

    // MARK: Turns

    /// Decides an event and applies the decision, as `Turn.decide` does.
    @discardableResult
    func decide(_ event: Event) throws -> Reply {
        try store.transact { tx in
            let known = Known(view: tx, plans: book, now: now, nextSeq: Int64(tree.size))
            let decision = try Decide.decide(event, known)
            for write in decision.writes { try put(write, tx) }
            for (record, root) in zip(decision.records, decision.roots) {
                let leaf = try record.leaf(root: root)
                try tx.append(leaf)
                tree.append(leaf: leaf.bytes)
                records.append(record)
                try accounts.apply(record)
            }
            written = decision.writes
            isUnfinished = decision.isUnfinished
            return decision.reply
        }
    }

    private(set) var isUnfinished = false

    private func put(_ write: Write, _ tx: any Transaction) throws {
        switch write {
        case .programme(let row): try tx.put(row)
        case .schedule(let row): try tx.put(row)
        case .duty(let duty, let prior): try tx.put(duty, prior: prior)
        case .finding(let finding): try tx.put(finding)
        case .revision(let row): try tx.put(row)
        case .passed(let row): try tx.put(row)
        case .job(let job): try tx.put(job)
        case .note(let note): try tx.put(note)
        case .planText(let text, let digest): try tx.put(planText: text, digest: digest)
        }
    }

    /// Wakes until nothing is due any more; whatever makes no progress would spin.
    func wake(_ afterEach: () throws -> Void = {}) throws {
        for _ in 0..<20_000 {
            let before = records.count
            try decide(.woke)
            try afterEach()
            let next = try nextWake ?? .distantFuture
            if !isUnfinished, next > now.wall { return }
            if records.count == before, !isUnfinished {
                throw Trouble("spinning: \(next) is due at \(now.wall) and nothing happens")
            }
        }
        throw Trouble("20,000 turns at one instant")
    }

    var nextWake: Instant? {
        get throws { try store.transact { try $0.nextWake(after: now.wall) } }
    }

    // MARK: The clocks

    /// Lets time pass, with a turn whenever something is due.
    func advance(to target: Instant) throws {
        while let next = try nextWake, next <= target {
            move(to: max(next, now.wall))
            try wake()
        }
        move(to: target)
        try wake()
    }

    func advance(seconds: Int64) throws { try advance(to: now.wall + .seconds(seconds)) }

    /// Sets the clocks without a turn, as a downtime does, or a step of the wall clock.
    func move(to instant: Instant) {
        let passed = max(0, (instant - now.wall).microseconds)
        now.wall = instant
        now.boot += passed
    }

    /// Another boot: the lease clock begins anew.
    func reboot(_ bootID: String) {
        now.bootID = bootID
        now.boot = 1_000_000
    }

    // MARK: Plans and their operators

    private func adoption(
        _ plan: Plan,
        _ text: String,
        by uid: UInt32,
        _ from: Instant?
    ) -> Event {
        .adopt(
            plan,
            text: text,
            digest: .sha256(Array(text.utf8)),
            name: "plan",
            by: Caller(uid: uid, via: "control"),
            from: from
        )
    }

    /// Adopts a changed plan, and puts it in force after the decision, as the engine does.
    @discardableResult
    func revise(_ changed: Plan, by uid: UInt32 = 0, from: Instant? = nil) throws -> Reply {
        revisions += 1
        let reply = try decide(adoption(changed, "plan \(revisions)", by: uid, from))
        if case .adopted(_, let seq) = reply, seq >= 0 {
            book.add(changed) { _ in nil }
            plan = changed
        }
        return reply
    }

    /// Takes the same plan with other zone or calendar data.
    func recalendar(_ moved: Plan) throws {
        try decide(.recalendar([moved], loadedAt: now.wall))
        book.add(moved, keepsFormer: false) { _ in nil }
        plan = moved
    }

    /// Calls as root, if no other caller is named.
    @discardableResult
    func pause(
        _ schedule: String = "p/lamp/inspect.check",
        until: Instant,
        reason: String = "works",
        by uid: UInt32 = 0
    ) throws -> Reply {
        let caller = Caller(uid: uid, via: "control")
        let salt = nextSalt()
        let event = Event.pause(
            schedule: schedule,
            until: until,
            reason: reason,
            by: caller,
            salt: salt
        )
        return try decide(event)
    }

    @discardableResult
    func resume(
        _ schedule: String = "p/lamp/inspect.check",
        reason: String? = nil,
        by uid: UInt32 = 0
    ) throws -> Reply {
        let caller = Caller(uid: uid, via: "control")
        let event = Event.resume(schedule: schedule, reason: reason, by: caller, salt: nextSalt())
        return try decide(event)
    }

    @discardableResult
    func backfill(
        _ schedule: String = "p/lamp/inspect.check",
        from: Instant,
        until: Instant,
        overlap: Overlap = .queueAll,
        by uid: UInt32 = 0
    ) throws -> Reply {
        let range = Backfill(from: from, until: until, overlap: overlap)
        let caller = Caller(uid: uid, via: "control")
        return try decide(.backfill(schedule: schedule, range, by: caller))
    }

    func schedule(_ id: String = "p/lamp/inspect.check") throws -> ScheduleRow {
        try #require(try store.transact { try $0.schedule(id) }, "no schedule \(id)")
    }

    /// Every run of slots that passed without a duty, as `CAUSE COUNT`, in order.
    func passed(_ schedule: String? = nil) -> [String] {
        accounts.passed.filter { schedule == nil || $0.schedule == schedule }
            .map { "\($0.slots.cause.rawValue) \($0.slots.count)" }
    }

    /// What became of a schedule's slot at an instant.
    func explain(
        _ instant: Instant,
        _ id: String = "p/lamp/inspect.check"
    ) throws -> Explanation {
        let schedule = try #require(book.schedule(id))
        let row = try self.schedule(id)
        return try store.transact { tx in
            try Explanation(of: row, schedule, in: plan, at: instant, now: now.wall, tx)
        }
    }

    private func nextSalt() -> [UInt8] {
        salt &+= 1
        return [UInt8](repeating: salt, count: 16)
    }

    // MARK: People

    /// A uid of a person: the first one, or a further one.
    func uid(_ person: String, _ index: Int = 0) throws -> UInt32 {
        try #require(plan.persons[person]?.uids[index], "no person \(person)")
    }

    func act(_ act: Act, _ number: Int64, by person: String, uid index: Int = 0) throws -> Reply {
        try self.act(act, number, uid: try uid(person, index))
    }

    func act(_ act: Act, _ number: Int64, uid: UInt32) throws -> Reply {
        let caller = Caller(uid: uid, via: "control")
        return try decide(.act(act, on: number, by: caller, salt: nextSalt()))
    }

    /// Takes an act that must not be refused.
    @discardableResult
    func take(_ act: Act, _ number: Int64, by person: String, uid: Int = 0) throws -> Acted {
        let reply = try self.act(act, number, by: person, uid: uid)
        guard case .acted(let acted) = reply else { throw Trouble("\(act) led to \(reply)") }
        return acted
    }

    /// Tries an act that must be refused, and returns the refusal.
    func refusal(_ act: Act, _ number: Int64, by person: String, uid: Int = 0) throws -> Refusal {
        let reply = try self.act(act, number, by: person, uid: uid)
        guard case .refused(let refusal) = reply else { throw Trouble("\(act) was taken") }
        return refusal
    }

    // MARK: Workers

    func claim(
        _ queue: String = Queue.inspect,
        session: String = "s",
        labels: [String] = [],
        max: Int = 10,
        leaseSeconds: Int64 = 30
    ) throws -> [Job] {
        let claim = Claim(
            session: session,
            worker: "w",
            uid: 50,
            queues: [queue],
            labels: labels,
            max: max,
            leaseMicros: leaseSeconds * 1_000_000
        )
        guard case .claimed(let jobs) = try decide(.claim(claim)) else {
            throw Trouble("a claim was not answered")
        }
        return jobs
    }

    /// Reports one result; returns why it was rejected, if it was.
    @discardableResult
    func report(
        _ outcome: Outcome,
        _ token: Token,
        session: String = "s",
        output: String? = nil
    ) throws -> Rejection.Cause? {
        let report = Report(token: token, outcome: outcome, summary: "lamp", output: output)
        let reply = try decide(.report(session: session, results: [report]))
        guard case .reported(let accepted, let rejected) = reply else {
            throw Trouble("a report was not answered")
        }
        #expect(accepted + rejected.count == 1)
        return rejected.first?.cause
    }

    /// Lets a worker take the next check and report on it.
    @discardableResult
    func performJob(_ outcome: Outcome) throws -> Job {
        let job = try #require(try claim(max: 1).first, "no check is ready")
        try #require(try report(outcome, job.token) == nil)
        return try self.job(job.id)
    }

    // MARK: Rows

    func duty(_ number: Int64) throws -> Duty {
        try #require(try store.transact { try $0.duty(number) }, "no duty \(number)")
    }

    func job(_ id: Int64) throws -> Job {
        try #require(try store.transact { try $0.job(id) }, "no job \(id)")
    }

    /// All duties of a kind, settled ones too, by number.
    func duties(_ kind: DutyKind? = nil) -> [Duty] {
        accounts.duties.values.filter { kind == nil || $0.kind == kind }
            .sorted { $0.number < $1.number }
    }

    /// The only duty of a kind that is not settled.
    func open(_ kind: DutyKind) throws -> Duty {
        let open = duties(kind).filter { !$0.state.isSettled }
        try #require(open.count == 1, "\(open.count) duties \(kind) are open")
        return open[0]
    }

    func jobs(_ queue: String, all: Bool = true) throws -> [Job] {
        var filter = JobFilter()
        filter.all = all
        filter.queue = queue
        return try store.transact { try $0.jobs(filter, after: 0, limit: .max) }
    }

    /// The messages to people, oldest first.
    func notices() throws -> [Notice] {
        try jobs(Queue.deliver).map { job in
            let value = try CanonicalValue(canonical: Array(job.input.utf8))
            return try CanonicalDecoder.decode(Notice.self, from: value)
        }
    }

    func records(_ action: Action) -> [Record] {
        records.filter { $0.payload.action == action }
    }
}

extension Job {
    var token: Token { Token(job: id, lease: leaseID) }
}

/// Something that must not be.
struct Trouble: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
