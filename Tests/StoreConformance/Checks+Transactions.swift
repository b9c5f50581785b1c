import CivilTime
import Ledger
import Supervision

extension StoreConformance {
    static let transactionChecks: [Check] = [
        Check("a transaction returns what its body returns") { store in
            try expect(try store.transact { _ in 7 }, 7)
            try expect(try store.transact { _ in String?.none }, nil)
        },
        Check("the body runs once") { store in
            var runs = 0
            try store.transact { _ in runs += 1 }
            try expect(runs, 1)
        },
        Check("what a transaction wrote is there in the next one") { store in
            try store.transact(writeEverything)
            try store.transact { try expect(try contents($0), written()) }
        },
        Check("a transaction reads its own writes") { store in
            try store.transact { transaction in
                try writeEverything(transaction)
                try expect(try contents(transaction), written())
            }
        },
        Check("an error of the body undoes everything and comes out as it is") { store in
            let before = try store.transact(contents)
            try abandoning {
                try store.transact { transaction in
                    try writeEverything(transaction)
                    throw Abandoned()
                }
            }
            try expect(try store.transact(contents), before)
            try store.transact(writeEverything)
            try expect(try store.transact(contents), written())
        },
        Check("an error restores what was changed, not only what was added") { store in
            try store.transact(writeEverything)
            try abandoning {
                try store.transact { transaction in
                    try changeEverything(transaction)
                    throw Abandoned()
                }
            }
            try expect(try store.transact(contents), written())
        },
        Check("a savepoint undoes its own writes only") { store in
            try store.transact { transaction in
                try transaction.put(setting: "before", value: "1")
                try abandoning {
                    try transaction.savepoint {
                        try writeEverything(transaction)
                        throw Abandoned()
                    }
                }
                try transaction.put(setting: "after", value: "2")
            }
            try store.transact { transaction in
                try expect(try transaction.setting("before"), "1")
                try expect(try transaction.setting("after"), "2")
                try expect(try transaction.lastDuty(), 0)
                try expect(try transaction.leaves(from: 0, limit: 9), [])
            }
        },
        Check("savepoints nest, return a value and stand when they end well") { store in
            try store.transact { transaction in
                let value = try transaction.savepoint {
                    try transaction.put(Sample.duty(1), prior: nil)
                    try abandoning {
                        try transaction.savepoint {
                            try transaction.put(Sample.duty(2), prior: nil)
                            throw Abandoned()
                        }
                    }
                    return try transaction.lastDuty()
                }
                try expect(value, 1)
            }
            try expect(try store.transact { try $0.lastDuty() }, 1)
        },
        Check("a refused write leaves the rest of the transaction standing") { store in
            try store.transact { transaction in
                try transaction.put(Sample.duty(1), prior: nil)
                try expectInconsistent("a second duty 1") {
                    try transaction.put(Sample.duty(1), prior: nil)
                }
                try transaction.put(Sample.duty(2), prior: nil)
            }
            try expect(try store.transact { try $0.lastDuty() }, 2)
        },
    ]
}

/// One row of every table, for checks on transactions.
private struct Contents: Equatable {
    var programmes: [ProgrammeRow]
    var schedules: [ScheduleRow]
    var duties: [Duty]
    var findings: [Finding]
    var revisions: [RevisionRow]
    var passed: [PassedRow]
    var jobs: [Job]
    var answer: Answer?
    var notes: [Note]
    var planText: String?
    var leaves: [Leaf]
    var head: LedgerHead?
    var checkpoints: [StoredCheckpoint]
    var setting: String?
    var counts: Counts
    var wake: Int64?
}

private let answer = Answer(
    uid: 7,
    requestID: "r",
    call: Sample.digest("call"),
    reply: "{}",
    at: Sample.at(5)
)

private let note = Note(digest: Sample.digest("n"), salt: Array(0..<16), text: "because")

private let leaf = Leaf(seq: 0, bytes: [0, 1, 0xFF], root: 1)

private func sealed(_ leaves: [Leaf]) -> LedgerHead {
    var tree = Tree()
    for leaf in leaves { tree.append(leaf: leaf.bytes) }
    return LedgerHead(tree: tree, note: "note of \(leaves.count)")
}

private func writeEverything(_ transaction: any Transaction) throws {
    try transaction.put(Sample.programme("p"))
    try transaction.put(Sample.schedule("p/item/account", next: 50))
    try transaction.put(Sample.duty(1) { $0.escalateAt = Sample.at(40) }, prior: nil)
    try transaction.put(Sample.finding(1))
    try transaction.put(Sample.revision(1, of: "p"))
    try transaction.put(Sample.passed(0, 0))
    try transaction.put(Sample.job(1))
    try transaction.put(answer)
    try transaction.put(note)
    try transaction.put(planText: "plan", digest: Sample.digest("plan"))
    try transaction.append(leaf)
    try transaction.seal(sealed([leaf]))
    try transaction.put(setting: "origin", value: "example.org/duban")
}

private func changeEverything(_ transaction: any Transaction) throws {
    let second = Leaf(seq: 1, bytes: [2], root: 1)
    try transaction.put(Sample.programme("q"))
    try transaction.put(Sample.fullSchedule("p/item/account"))
    try transaction.put(Sample.duty(1) { $0.state = .accepted }, prior: .open)
    try transaction.put(Sample.duty(2), prior: nil)
    try transaction.put(Sample.finding(1, schedule: "other"))
    try transaction.put(Sample.revision(2, of: "p"))
    try transaction.put(Sample.passed(0, 1, 10, 15))
    try transaction.put(Sample.leased(1, Sample.lease("s", expiresAt: 5)))
    try transaction.forgetAnswers(before: Sample.at(6))
    try transaction.put(Note(digest: note.digest, salt: note.salt, text: nil))
    try transaction.put(planText: "other", digest: Sample.digest("plan"))
    try transaction.append(second)
    try transaction.seal(sealed([leaf, second]))
    try transaction.put(setting: "origin", value: "elsewhere")
}

private func contents(_ transaction: any Transaction) throws -> Contents {
    var all = DutyFilter()
    all.all = true
    return Contents(
        programmes: try transaction.programmes(),
        schedules: try transaction.schedules(after: "", limit: 99),
        duties: try transaction.duties(all, after: 0, limit: 99),
        findings: try transaction.findings(after: 0, limit: 99),
        revisions: try transaction.revisions(programme: "p"),
        passed: try transaction.passed(
            schedule: "p/item/inspect.lamps",
            from: .distantPast,
            through: .distantFuture,
            limit: 99
        ),
        jobs: try transaction.jobs(JobFilter(), after: 0, limit: 99),
        answer: try transaction.answer(uid: 7, requestID: "r"),
        notes: try transaction.notes(after: nil, limit: 99),
        planText: try transaction.planText(Sample.digest("plan")),
        leaves: try transaction.leaves(root: 1, limit: 99),
        head: try transaction.head(),
        checkpoints: try transaction.checkpoints(from: 0, limit: 99),
        setting: try transaction.setting("origin"),
        counts: try transaction.counts(at: Sample.at(9_000)),
        wake: try transaction.nextWake(after: Sample.at(0))?.microseconds
    )
}

private func written() -> Contents {
    var counts = Counts()
    counts.unsettled = 1
    counts.late = 1
    counts.duties = 1
    counts.ready = 1
    counts.jobs = 1
    counts.findings = 1
    let head = sealed([leaf])
    return Contents(
        programmes: [Sample.programme("p")],
        schedules: [Sample.schedule("p/item/account", next: 50)],
        duties: [Sample.duty(1) { $0.escalateAt = Sample.at(40) }],
        findings: [Sample.finding(1)],
        revisions: [Sample.revision(1, of: "p")],
        passed: [Sample.passed(0, 0)],
        jobs: [Sample.job(1)],
        answer: answer,
        notes: [note],
        planText: "plan",
        leaves: [leaf],
        head: head,
        checkpoints: [StoredCheckpoint(size: 1, root: head.tree.root, note: head.note)],
        setting: "example.org/duban",
        counts: counts,
        wake: 40
    )
}
