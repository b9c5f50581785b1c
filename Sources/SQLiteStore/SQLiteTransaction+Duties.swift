import CivilTime
import GRDB
import Supervision

/// The states in which something is owed or awaited; the text of the partial indexes.
let unsettledStates = "state IN ('open', 'submitted', 'returned')"

extension SQLiteTransaction {
    func put(_ duty: Duty, prior: DutyState?) throws {
        let values = Values(duty).list
        guard let prior else {
            try run(Relation.duty.insert, values)
            return
        }
        let condition = [duty.number.databaseValue, prior.rawValue.databaseValue]
        let changed = try run(
            Relation.duty.update + " WHERE number = ? AND state = ?",
            values + condition
        )
        guard changed == 1 else {
            throw StoreError.inconsistent("duty \(duty.number) is not in state \(prior.rawValue)")
        }
    }

    func duty(_ number: Int64) throws -> Duty? {
        let sql = Relation.duty.select + " WHERE number = ?"
        return try row(sql, [number.databaseValue], .duty) { try Duty(&$0) }
    }

    func duty(id: String) throws -> Duty? {
        let sql = Relation.duty.select + " WHERE id = ?"
        return try row(sql, [id.databaseValue], .duty) { try Duty(&$0) }
    }

    func unsettled(programme: String, after number: Int64, limit: Int) throws -> [Duty] {
        // Left to itself, SQLite might go through the unsettled duties of all programmes.
        let sql =
            Relation.duty.select
                + """
                 INDEXED BY duty_programme WHERE \(unsettledStates) AND programme = ?
                AND number > ? ORDER BY number LIMIT ?
                """
        let values = [programme.databaseValue, number.databaseValue, limit.limit]
        return try rows(sql, values, .duty) { try Duty(&$0) }
    }

    func newest(schedule: String) throws -> Duty? {
        let sql =
            Relation.duty.select
                + """
                 WHERE kind IN ('account', 'inspect') AND finding IS NULL AND schedule = ?
                ORDER BY number DESC LIMIT 1
                """
        return try row(sql, [schedule.databaseValue], .duty) { try Duty(&$0) }
    }

    func duties(root: Int64) throws -> [Duty] {
        let sql =
            Relation.duty.select
            + " WHERE number = ? OR (root = ? AND kind IN ('review', 'supervise')) ORDER BY number"
        let number = root.databaseValue
        return try rows(sql, [number, number], .duty) { try Duty(&$0) }
    }

    func dueDuties(at now: Instant, limit: Int) throws -> [Duty] {
        let sql =
            Relation.duty.select + " WHERE wake_micros <= ? ORDER BY wake_micros, number LIMIT ?"
        let values = [now.microseconds.databaseValue, limit.limit]
        return try rows(sql, values, .duty) { try Duty(&$0) }
    }

    func unsettled(_ kind: DutyKind, schedule: String, before number: Int64) throws -> Duty? {
        let sql =
            Relation.duty.select
                + """
                 WHERE \(unsettledStates) AND kind = ? AND (schedule = ? OR EXISTS (
                    SELECT 1 FROM finding
                    WHERE finding.number = duty.finding AND finding.schedule = ?
                )) AND number < ? ORDER BY number DESC LIMIT 1
                """
        let id = schedule.databaseValue
        let values = [kind.rawValue.databaseValue, id, id, number.databaseValue]
        return try row(sql, values, .duty) { try Duty(&$0) }
    }

    func lastDuty() throws -> Int64 {
        try integer("SELECT max(number) FROM duty") ?? 0
    }

    func duties(_ filter: DutyFilter, after number: Int64, limit: Int) throws -> [Duty] {
        var conditions = Conditions("number > ?", number.databaseValue)
        let isUnsettled = filter.state.map { !$0.isSettled } ?? !filter.all
        if isUnsettled { conditions.add(unsettledStates) }
        conditions.add("kind = ?", filter.kind?.rawValue)
        conditions.add("state = ?", filter.state?.rawValue)
        conditions.add("unit = ?", filter.unit)
        conditions.add("item = ?", filter.item)
        conditions.add("person = ?", filter.person)
        if let late = filter.lateAt {
            conditions.add("state IN ('open', 'returned') AND due_micros <= ?", late.microseconds)
        }
        if filter.unattended { conditions.add("is_unattended = 1") }
        // Left to itself, SQLite would go through the settled duties in the order of the table.
        let source = Relation.duty.select + (isUnsettled ? " INDEXED BY duty_number" : "")
        let sql = source + " WHERE \(conditions.sql) ORDER BY number LIMIT ?"
        return try rows(sql, conditions.values + [limit.limit], .duty) { try Duty(&$0) }
    }
}

/// The conditions of a list, all of which hold.
struct Conditions {
    private(set) var sql: String
    private(set) var values: [DatabaseValue]

    init(_ sql: String, _ value: DatabaseValue) {
        self.sql = sql
        values = [value]
    }

    mutating func add(_ condition: String) {
        sql += " AND \(condition)"
    }

    /// Adds a condition on a value; a nil value does not restrict.
    mutating func add(_ condition: String, _ value: (some DatabaseValueConvertible)?) {
        guard let value else { return }
        add(condition)
        values.append(value.databaseValue)
    }
}
