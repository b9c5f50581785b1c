import CivilTime
import GRDB
import Supervision

extension SQLiteTransaction {
    func put(_ row: ProgrammeRow) throws {
        try run(Relation.programme.upsert, Values(row).list)
    }

    func put(_ row: ScheduleRow) throws {
        try run(Relation.schedule.upsert, Values(row).list)
    }

    func put(_ finding: Finding) throws {
        try run(Relation.finding.upsert, Values(finding).list)
    }

    func programme(_ id: String) throws -> ProgrammeRow? {
        let sql = Relation.programme.select + " WHERE id = ?"
        return try row(sql, [id.databaseValue], .programme) { try ProgrammeRow(&$0) }
    }

    func programmes() throws -> [ProgrammeRow] {
        let sql = Relation.programme.select + " ORDER BY id"
        return try rows(sql, [], .programme) { try ProgrammeRow(&$0) }
    }

    func schedule(_ id: String) throws -> ScheduleRow? {
        let sql = Relation.schedule.select + " WHERE id = ?"
        return try row(sql, [id.databaseValue], .schedule) { try ScheduleRow(&$0) }
    }

    func dueSchedules(at now: Instant, limit: Int) throws -> [ScheduleRow] {
        let sql =
            Relation.schedule.select + " WHERE next_micros <= ? ORDER BY next_micros, id LIMIT ?"
        let values = [now.microseconds.databaseValue, limit.limit]
        return try rows(sql, values, .schedule) { try ScheduleRow(&$0) }
    }

    func schedules(after id: String, limit: Int) throws -> [ScheduleRow] {
        let sql = Relation.schedule.select + " WHERE id > ? ORDER BY id LIMIT ?"
        return try rows(sql, [id.databaseValue, limit.limit], .schedule) { try ScheduleRow(&$0) }
    }

    func schedules(programme: String) throws -> [ScheduleRow] {
        let sql = Relation.schedule.select + " WHERE programme = ? ORDER BY id"
        return try rows(sql, [programme.databaseValue], .schedule) { try ScheduleRow(&$0) }
    }

    func finding(_ number: Int64) throws -> Finding? {
        let sql = Relation.finding.select + " WHERE number = ?"
        return try row(sql, [number.databaseValue], .finding) { try Finding(&$0) }
    }

    func findings(after number: Int64, limit: Int) throws -> [Finding] {
        let sql = Relation.finding.select + " WHERE number > ? ORDER BY number LIMIT ?"
        return try rows(sql, [number.databaseValue, limit.limit], .finding) { try Finding(&$0) }
    }

    func lastFinding() throws -> Int64 {
        try integer("SELECT max(number) FROM finding") ?? 0
    }
}
