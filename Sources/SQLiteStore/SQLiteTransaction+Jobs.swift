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
        // Left to itself, SQLite would go through the duty's ended jobs too.
        let sql =
            Relation.job.select
            + " INDEXED BY job_open WHERE number = ? AND state IN ('ready', 'leased') ORDER BY id"
        return try rows(sql, [number.databaseValue], .job) { try Job(&$0) }
    }

    func readyJobs(
        queues: [String],
        labels: [String],
        at now: Instant,
        catchUp: Bool,
        limit: Int
    ) throws -> [Job] {
        let marks = labels.map { _ in "?" }.joined(separator: ", ")
        let fits =
            "state = 'ready' AND after_job IS NULL AND queue = ? AND not_before_micros <= ? "
            + "AND (label IS NULL OR label IN (\(marks)))"
        let sql =
            Relation.job.select + " WHERE \(fits) AND origin <> 'catch-up' ORDER BY id LIMIT ?"
        // Most of a backlog is not due yet, since it is paced: only what is due of it is sorted.
        let backlog =
            Relation.job.select
                + """
                 WHERE id IN (SELECT id FROM job INDEXED BY job_paced
                WHERE \(fits) AND origin = 'catch-up' ORDER BY id LIMIT ?) ORDER BY id
                """
        let rest = [now.microseconds.databaseValue] + labels.map(\.databaseValue) + [limit.limit]
        // A queue at a time, so that the index gives the order and nothing else is sorted.
        var found: [Job] = []
        for queue in Set(queues) {
            for sql in catchUp ? [sql, backlog] : [sql] {
                found += try rows(sql, [queue.databaseValue] + rest, .job) { try Job(&$0) }
            }
        }
        found.sort { $0.id < $1.id }
        return Array(found.prefix(max(0, limit)))
    }

    func jobs(after id: Int64) throws -> [Job] {
        let sql =
            Relation.job.select
            + " WHERE after_job = ? AND state IN ('ready', 'leased') ORDER BY id"
        return try rows(sql, [id.databaseValue], .job) { try Job(&$0) }
    }

    func leasedCatchUps() throws -> Int {
        let sql = "SELECT count(*) FROM job WHERE state = 'leased' AND origin = 'catch-up'"
        return Int(clamping: try integer(sql) ?? 0)
    }

    func lastCatchUp() throws -> Instant? {
        let sql =
            "SELECT max(not_before_micros) FROM job WHERE state = 'ready' AND origin = 'catch-up'"
        return try integer(sql).map(Instant.init(microseconds:))
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
