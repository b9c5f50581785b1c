import CivilTime
import GRDB
import Supervision

extension SQLiteTransaction {
    func nextWake(after now: Instant) throws -> Instant? {
        let schedule = try integer(
            "SELECT min(next_micros) FROM schedule WHERE next_micros IS NOT NULL"
        )
        let duty = try integer("SELECT min(wake_micros) FROM duty WHERE wake_micros IS NOT NULL")
        let job = try integer(
            """
            SELECT min(not_before_micros) FROM job
            WHERE state = 'ready' AND after_job IS NULL AND not_before_micros > ?
            """,
            [now.microseconds.databaseValue]
        )
        return [schedule, duty, job].compactMap { $0 }.min().map(Instant.init(microseconds:))
    }

    func nextLeaseEnd(bootID: String) throws -> Int64? {
        try integer(
            """
            SELECT min(lease_expires_micros) FROM job
            WHERE state = 'leased' AND lease_boot_id = ?
            """,
            [bootID.databaseValue]
        )
    }

    func counts(at now: Instant) throws -> Counts {
        func count(_ rest: String, _ values: [DatabaseValue] = []) throws -> Int64 {
            try integer("SELECT count(*) FROM " + rest, values) ?? 0
        }
        var counts = Counts()
        counts.unsettled = try count("duty WHERE \(unsettledStates)")
        counts.late = try count(
            "duty WHERE \(unsettledStates) AND state <> 'submitted' AND due_micros <= ?",
            [now.microseconds.databaseValue]
        )
        counts.duties = try count("duty")
        // In the words of the partial index of jobs that have not ended.
        counts.ready = try count("job WHERE state IN ('ready', 'leased') AND state = 'ready'")
        counts.leased = try count("job WHERE state = 'leased'")
        counts.quarantined = try count("job WHERE state = 'quarantined'")
        counts.jobs = try count("job")
        counts.findings = try count("finding")
        return counts
    }
}
