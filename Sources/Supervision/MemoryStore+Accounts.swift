import CivilTime

extension MemoryTransaction {
    func put(_ row: ProgrammeRow) throws {
        guard row.revision > 0 else {
            throw StoreError.inconsistent("\(row.revision) is no number of a revision")
        }
        set(\.programmes[TextKey(row.id)], row)
    }

    func put(_ row: ScheduleRow) throws {
        set(\.[schedule: TextKey(row.id)], row)
    }

    func put(_ finding: Finding) throws {
        guard finding.number > 0 else {
            throw StoreError.inconsistent("\(finding.number) is no number of a finding")
        }
        set(\.findings[finding.number], finding)
    }

    func programme(_ id: String) throws -> ProgrammeRow? {
        rows.programmes[TextKey(id)]
    }

    func programmes() throws -> [ProgrammeRow] {
        rows.programmes.rows(rows.programmes.keys.elements[...], limit: .max)
    }

    func schedule(_ id: String) throws -> ScheduleRow? {
        rows[schedule: TextKey(id)]
    }

    func dueSchedules(at now: Instant, limit: Int) throws -> [ScheduleRow] {
        let due = rows.nextSchedules.elements.prefix { $0.value <= now }
        return rows.schedules.rows(due.map(\.key)[...], limit: limit)
    }

    func schedules(after id: String, limit: Int) throws -> [ScheduleRow] {
        rows.schedules.rows(rows.schedules.keys.after(TextKey(id)), limit: limit)
    }

    func schedules(programme: String) throws -> [ScheduleRow] {
        let programme = TextKey(programme)
        return rows.schedules.rows(rows.schedules.keys.elements[...], limit: .max) { row in
            TextKey(row.programme) == programme
        }
    }

    func finding(_ number: Int64) throws -> Finding? {
        rows.findings[number]
    }

    func findings(after number: Int64, limit: Int) throws -> [Finding] {
        rows.findings.rows(rows.findings.keys.after(number), limit: limit)
    }

    func lastFinding() throws -> Int64 {
        rows.findings.keys.last ?? 0
    }
}
