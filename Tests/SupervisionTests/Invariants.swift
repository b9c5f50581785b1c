import CivilTime
import Ledger

@testable import Supervision

/// What must hold of a world after each turn.
struct Invariants {
    private let world: World

    init(_ world: World) { self.world = world }

    /// Checks what the last decision may have changed.
    func checkTurn(from records: Int) throws {
        let accounts = world.accounts
        for (index, record) in world.records.enumerated().dropFirst(records) {
            try require(record.seq == Int64(index), "seq \(record.seq) at \(index)")
            try checkSeparation(record)
        }
        try world.store.transact { tx in
            for write in world.written {
                switch write {
                case .duty(let duty, _):
                    try require(accounts.duties[duty.number] == duty, "D-\(duty.number) unfolded")
                    try require(try tx.duty(duty.number) == duty, "D-\(duty.number) unstored")
                case .schedule(let row):
                    try require(accounts.schedules[row.id] == row, "\(row.id) is not the fold")
                case .finding(let finding):
                    try require(accounts.findings[finding.number] == finding, "a finding unfolded")
                case .programme(let row):
                    try require(accounts.programmes[row.id] == row, "\(row.id) is not the fold")
                case .revision(let row):
                    try require(accounts.revisions.last { $0 == row } != nil, "a revision unfolded")
                case .passed(let row):
                    try require(accounts.passed.last { $0 == row } != nil, "passed slots unfolded")
                case .job(let job): try check(job)
                default: break
                }
            }
        }
    }

    /// Nobody judges or urges oneself, unless nobody else is there.
    private func checkSeparation(_ record: Record) throws {
        guard let person = record.person, let number = record.number,
            let duty = world.accounts.duties[number], person == duty.person
        else { return }
        let isTop = duty.superior == nil
        switch record.payload {
        case .accept(let acceptance):
            try require(isTop && acceptance.singleSignature, "\(person) accepts D-\(number)")
        case .return: try require(isTop, "\(person) returns D-\(number)")
        case .urge: throw Trouble("\(person) urges D-\(number), their own")
        default: break
        }
    }

    /// A lease is held by a leased job and nobody else, and its number only rises.
    private func check(_ job: Job) throws {
        try require((job.lease != nil) == (job.state == .leased), "job \(job.id): a stray lease")
        try require(job.attempt <= job.attempts, "job \(job.id) was tried too often")
        try require(job.leaseID == job.attempt, "job \(job.id): a lease id without an attempt")
        try require(job.state.isEnded == (job.endedAt != nil), "job \(job.id): no end")
    }

    /// Checks the chain of every duty that is not settled, once nothing is due any more.
    func checkChains() throws {
        let now = world.now.wall
        let unsettled = world.accounts.duties.values.filter { !$0.state.isSettled }
        let above = Dictionary(grouping: unsettled.filter { $0.subject != nil }) { $0.subject ?? 0 }
        for duty in unsettled {
            let open = above[duty.number] ?? []
            let supervising = open.filter { $0.kind == .supervise }
            let reviews = open.filter { $0.kind == .review }
            let name = "D-\(duty.number) (\(duty.kind), \(duty.state))"
            if duty.state.isOwed, duty.dueAt <= now {
                let frontiers = supervising.count + (duty.escalateAt == nil ? 0 : 1)
                try require(frontiers == 1, "\(name) has \(frontiers) frontiers")
                try require(
                    duty.escalateAt.map { $0 > now } ?? true,
                    "\(name): a threshold was lost"
                )
                let isWaiting = duty.followsUp || duty.isUnattended
                try require(isWaiting == (duty.escalateAt != nil), "\(name) waits for nothing")
            }
            if !duty.state.isOwed { try require(supervising.isEmpty, "\(name) is supervised") }
            try require(reviews.count == (duty.state == .submitted ? 1 : 0), "\(name): reviews")
            if duty.kind.isSuperiors { try checkChain(duty) }
        }
    }

    /// A chain goes up without a person twice, and what it is about is owed or waits for a review.
    private func checkChain(_ top: Duty) throws {
        guard let matter = world.accounts.duties[top.root],
            let (plan, item) = world.book.context(
                programme: top.programme,
                item: top.item,
                lead: matter.unit,
                obligor: matter.obligor
            )
        else { throw Trouble("D-\(top.number) has no plan") }
        let chain = Chain(plan: plan, item: item)
        var persons: [String] = []
        var height = Int.max
        var duty = top
        while true {
            let isAlone = duty.kind == .review && duty.obligor == chain.obligor
            let person = chain.holder(duty.obligor)?.id ?? ""
            try require(!duty.state.isSettled, "D-\(top.number) is about a settled duty")
            if !isAlone {
                try require(!persons.contains(person), "\(person) is twice above D-\(top.root)")
                try require(chain.height(duty.obligor) < height, "D-\(top.number) does not go up")
                persons.append(person)
                height = chain.height(duty.obligor)
            }
            guard let subject = duty.subject, let below = world.accounts.duties[subject] else {
                break
            }
            duty = below
        }
        try require(duty.number == top.root, "D-\(top.number) has another root")
    }

    /// Reads the whole ledger again and compares every row of every table.
    func checkReplay() throws {
        var replayed = Accounts()
        var tree = Tree()
        try world.store.transact { tx in
            let leaves = try tx.leaves(from: 0, limit: .max)
            for (index, leaf) in leaves.enumerated() {
                let record = try Record(leaf: leaf.bytes)
                try require(leaf.seq == Int64(index) && record.seq == leaf.seq, "a gap at \(index)")
                try require(record == world.records[index], "leaf \(index) reads differently")
                try replayed.apply(record)
                tree.append(leaf: leaf.bytes)
                let root = record.number.flatMap { replayed.duties[$0]?.root }
                try require(root == leaf.root, "leaf \(index) has another root")
            }
            try require(tree.root == world.tree.root, "the tree differs")
            var filter = DutyFilter()
            filter.all = true
            let duties = try tx.duties(filter, after: 0, limit: .max)
            try require(duties == replayed.duties.values.sorted { $0.number < $1.number }, "duties")
            try require(Set(duties.map(\.id)).count == duties.count, "an occurrence twice")
            let numbers = duties.map(\.number)
            try require(numbers == (1...).prefix(numbers.count).map { $0 }, "numbers with gaps")
            let schedules = try tx.schedules(after: "", limit: .max)
            try require(
                schedules == replayed.schedules.values.sorted { $0.id < $1.id },
                "schedules"
            )
            let findings = try tx.findings(after: 0, limit: .max)
            let found = replayed.findings.values.sorted { $0.number < $1.number }
            try require(findings == found, "findings")
            let programmes = try tx.programmes()
            try require(
                programmes == replayed.programmes.values.sorted { $0.id < $1.id },
                "programmes"
            )
            let passed = try tx.passed(after: .min, part: .min, limit: .max)
            try require(passed == replayed.passed, "passed slots")
            let revisions = try programmes.flatMap { try tx.revisions(programme: $0.id) }
            try require(
                revisions.count == replayed.revisions.count
                    && Set(revisions) == Set(replayed.revisions),
                "revisions"
            )
        }
    }
}

private func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
    guard condition else { throw Trouble(message()) }
}
