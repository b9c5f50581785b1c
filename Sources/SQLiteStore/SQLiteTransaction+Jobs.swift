import CivilTime
import GRDB
import Ledger
import Supervision

extension SQLiteTransaction {
    func put(_ job: Job) throws {
        try run(Relation.job.upsert, Values(job).list)
    }

    func job(_ id: Int64) throws -> Job? {
        let sql = Relation.job.select + " WHERE id = ?"
        return try row(sql, [id.databaseValue], .job) { try Job(&$0) }
    }

    func lastJob() throws -> Int64 {
        try integer("SELECT max(id) FROM job") ?? 0
    }

    func openJobs(number: Int64) throws -> [Job] {
        let sql =
            Relation.job.select
            + " WHERE number = ? AND state IN ('ready', 'leased') ORDER BY id"
        return try rows(sql, [number.databaseValue], .job) { try Job(&$0) }
    }

    func readyJobs(
        queues: [String],
        labels: [String],
        at now: Instant,
        limit: Int
    ) throws -> [Job] {
        let marks = labels.map { _ in "?" }.joined(separator: ", ")
        let sql =
            Relation.job.select
                + """
                 WHERE state = 'ready' AND queue = ? AND not_before_micros <= ?
                AND (label IS NULL OR label IN (\(marks))) ORDER BY id LIMIT ?
                """
        let rest = [now.microseconds.databaseValue] + labels.map(\.databaseValue) + [limit.limit]
        // A queue at a time, so that the index gives the order and nothing is sorted.
        var found: [Job] = []
        for queue in Set(queues) {
            found += try rows(sql, [queue.databaseValue] + rest, .job) { try Job(&$0) }
        }
        found.sort { $0.id < $1.id }
        return Array(found.prefix(max(0, limit)))
    }

    func leasedJobs(session: String) throws -> [Job] {
        let sql =
            Relation.job.select
            + " WHERE state = 'leased' AND lease_session = ? ORDER BY id"
        return try rows(sql, [session.databaseValue], .job) { try Job(&$0) }
    }

    func expiredJobs(bootID: String, boot: Int64, limit: Int) throws -> [Job] {
        // A look-up in the index for each way to have expired; an OR would go through all jobs.
        let leased = "SELECT id FROM job WHERE state = 'leased' AND lease_boot_id"
        let sql =
            Relation.job.select
                + """
                 WHERE id IN (\(leased) < ? UNION ALL \(leased) > ?
                UNION ALL \(leased) = ? AND lease_expires_micros <= ?) ORDER BY id LIMIT ?
                """
        let id = bootID.databaseValue
        let values = [id, id, id, boot.databaseValue, limit.limit]
        return try rows(sql, values, .job) { try Job(&$0) }
    }

    func jobs(_ filter: JobFilter, after id: Int64, limit: Int) throws -> [Job] {
        var conditions = Conditions("id > ?", id.databaseValue)
        let isOpen = filter.state.map { !$0.isEnded } ?? !filter.all
        if isOpen { conditions.add("state IN ('ready', 'leased')") }
        conditions.add("queue = ?", filter.queue)
        conditions.add("state = ?", filter.state?.rawValue)
        conditions.add("number = ?", filter.number)
        let source = Relation.job.select + (isOpen ? " INDEXED BY job_unended" : "")
        let sql = source + " WHERE \(conditions.sql) ORDER BY id LIMIT ?"
        return try rows(sql, conditions.values + [limit.limit], .job) { try Job(&$0) }
    }

    func put(_ answer: Answer) throws {
        try run(Relation.answer.insert, Values(answer).list)
    }

    func answer(uid: UInt32, requestID: String) throws -> Answer? {
        let sql = Relation.answer.select + " WHERE uid = ? AND request_id = ?"
        let values = [Int64(uid).databaseValue, requestID.databaseValue]
        return try row(sql, values, .answer) { try Answer(&$0) }
    }

    func forgetAnswers(before: Instant) throws -> Int {
        let sql = """
            DELETE FROM answer WHERE (uid, request_id) IN (
                SELECT uid, request_id FROM answer WHERE at_micros < ?
                ORDER BY at_micros LIMIT 1000
            )
            """
        return try run(sql, [before.microseconds.databaseValue])
    }
}
