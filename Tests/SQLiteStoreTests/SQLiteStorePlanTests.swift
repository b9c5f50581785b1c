import CivilTime
import GRDB
import Ledger
import Supervision
import Testing

@testable import SQLiteStore

/// What a turn asks must not slow down as the tables grow.
@Suite struct SQLiteStorePlanTests {
    @Test func `no query of a turn goes through a whole table or sorts one`() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(directory: folder.path)
        for (sql, steps) in try plans(store) {
            for step in steps {
                #expect(isBounded(step, of: sql), "\(step): \(sql)")
            }
        }
        store.close()
    }

    @Test(arguments: [
        "schedule_next", "schedule_programme", "passed_through", "duty_wake", "duty_root",
        "duty_unsettled", "duty_number", "duty_programme", "duty_schedule", "job_ready",
        "job_paced", "job_waiting", "job_catch_up", "job_leased_catch_up", "job_after",
        "job_session", "job_expiry", "job_open", "job_unended", "leaf_root",
    ])
    func `a query of a turn uses the index`(index: String) throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(directory: folder.path)
        let steps = try plans(store).values.flatMap { $0 }
        #expect(steps.contains { $0.split(separator: " ").contains(Substring(index)) })
        store.close()
    }

    @Test func `the counts of the status go through no ended job`() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(directory: folder.path)
        let sql = "SELECT count(*) FROM job WHERE state IN ('ready', 'leased') AND state = 'ready'"
        let steps = try store.connection { try plan(of: sql, $0) }
        #expect(steps == ["SCAN job USING INDEX job_unended"])
        store.close()
    }

    private final class Asked {
        var statements: [String] = []
    }

    /// The queries that a turn may ask, each with the steps of its plan.
    private func plans(_ store: SQLiteStore) throws -> [String: [String]] {
        let asked = Asked()
        try store.connection { database in
            database.trace { event in
                if case .statement(let statement) = event { asked.statements.append(statement.sql) }
            }
        }
        try store.transact(ask)
        try store.connection { $0.trace(options: []) }
        let statements = Set(asked.statements).filter { $0.hasPrefix("SELECT") }
        try #require(statements.count >= 37)
        return try store.connection { database in
            var plans: [String: [String]] = [:]
            for sql in statements { plans[sql] = try plan(of: sql, database) }
            return plans
        }
    }

    private func plan(of sql: String, _ database: Database) throws -> [String] {
        let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
        let count = sql.count { $0 == "?" }
        statement.setUncheckedArguments(
            StatementArguments([DatabaseValue](repeating: .null, count: count))
        )
        return try Row.fetchAll(statement).map { $0["detail"] }
    }

    /// A look-up by an index, or a walk along one that the limit ends.
    ///
    /// Only what is looked up by
    /// a partial index, thus unsettled or in hand, may be sorted.
    private func isBounded(_ step: String, of sql: String) -> Bool {
        if step.hasPrefix("SEARCH") {
            // Along the table, a filter on the state would pass everything that has ended.
            return !(step.hasSuffix("(rowid>?)") && sql.contains("state IN"))
        }
        let others = ["MULTI-INDEX OR", "INDEX ", "CORRELATED", "LIST SUBQUERY", "COMPOUND QUERY"]
        if (others + ["LEFT-MOST SUBQUERY", "UNION ALL"]).contains(where: step.hasPrefix) {
            return true
        }
        return step.hasPrefix("USE TEMP B-TREE FOR ORDER BY")
    }

    private func ask(_ transaction: any Transaction) throws {
        let now = Instant(microseconds: 1)
        _ = try transaction.programme("p")
        _ = try transaction.schedule("s")
        _ = try transaction.dueSchedules(at: now, limit: 9)
        _ = try transaction.schedules(after: "", limit: 9)
        _ = try transaction.schedules(programme: "p")
        _ = try transaction.revisions(programme: "p")
        _ = try transaction.passed(schedule: "s", from: now, through: now, limit: 9)
        _ = try transaction.passed(after: 1, part: 1, limit: 9)
        _ = try transaction.duty(1)
        _ = try transaction.duty(id: "s@1")
        _ = try transaction.unsettled(programme: "p", after: 0, limit: 9)
        _ = try transaction.newest(schedule: "s")
        _ = try transaction.duties(root: 1)
        _ = try transaction.dueDuties(at: now, limit: 9)
        _ = try transaction.unsettled(.rectify, schedule: "s")
        _ = try transaction.lastDuty()
        _ = try transaction.duties(DutyFilter(), after: 0, limit: 9)
        _ = try transaction.lastFinding()
        _ = try transaction.finding(1)
        _ = try transaction.findings(after: 0, limit: 9)
        _ = try transaction.lastJob()
        _ = try transaction.job(1)
        _ = try transaction.openJobs(number: 1)
        _ = try transaction.readyJobs(
            queues: ["inspect"],
            labels: ["a"],
            at: now,
            catchUp: true,
            limit: 9
        )
        _ = try transaction.jobs(after: 1)
        _ = try transaction.leasedCatchUps()
        _ = try transaction.lastCatchUp()
        _ = try transaction.leasedJobs(session: "s")
        _ = try transaction.expiredJobs(bootID: "b", boot: 1, limit: 9)
        _ = try transaction.jobs(JobFilter(), after: 0, limit: 9)
        _ = try transaction.answer(uid: 1, requestID: "r")
        _ = try transaction.note(.sha256([]))
        _ = try transaction.notes(after: nil, limit: 9)
        _ = try transaction.planText(.sha256([]))
        _ = try transaction.leaves(from: 0, limit: 9)
        _ = try transaction.leaves(root: 1, limit: 9)
        _ = try transaction.head()
        _ = try transaction.checkpoints(from: 0, limit: 9)
        _ = try transaction.nextWake(after: now)
        _ = try transaction.nextLeaseEnd(bootID: "b")
        _ = try transaction.setting("origin")
    }
}
