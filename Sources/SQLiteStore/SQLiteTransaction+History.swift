import CivilTime
import GRDB
import Supervision

extension SQLiteTransaction {
    func put(_ row: RevisionRow) throws {
        try run(Relation.revision.insert, Values(row).list)
    }

    func put(_ row: PassedRow) throws {
        try run(Relation.passed.insert, Values(row).list)
    }

    func revisions(programme: String) throws -> [RevisionRow] {
        let sql = Relation.revision.select + " WHERE programme = ? ORDER BY revision DESC"
        return try rows(sql, [programme.databaseValue], .revision) { try RevisionRow(&$0) }
    }

    func passed(
        schedule: String,
        from: Instant,
        through: Instant,
        limit: Int
    ) throws -> [PassedRow] {
        let sql =
            Relation.passed.select
                + """
                 WHERE schedule = ? AND through_micros >= ? AND from_micros <= ?
                ORDER BY through_micros, seq, part LIMIT ?
                """
        let span = [from.microseconds.databaseValue, through.microseconds.databaseValue]
        let values = [schedule.databaseValue] + span + [limit.limit]
        return try rows(sql, values, .passed) { try PassedRow(&$0) }
    }

    func passed(after seq: Int64, part: Int64, limit: Int) throws -> [PassedRow] {
        let sql =
            Relation.passed.select + " WHERE (seq, part) > (?, ?) ORDER BY seq, part LIMIT ?"
        let values = [seq.databaseValue, part.databaseValue, limit.limit]
        return try rows(sql, values, .passed) { try PassedRow(&$0) }
    }
}
