import CivilTime

extension MemoryTransaction {
    func put(_ duty: Duty, prior: DutyState?) throws {
        guard duty.number > 0 else {
            throw StoreError.inconsistent("\(duty.number) is no number of a duty")
        }
        guard rows[duty: duty.number]?.state == prior else {
            let expected = prior.map { "is not in state \($0.rawValue)" } ?? "is there already"
            throw StoreError.inconsistent("duty \(duty.number) \(expected)")
        }
        let namesake = rows.dutyIndex.ids[TextKey(duty.id)]
        guard namesake == nil || namesake == duty.number else {
            throw StoreError.inconsistent("two duties have the id \(duty.id)")
        }
        set(\.[duty: duty.number], duty)
    }

    func duty(_ number: Int64) throws -> Duty? {
        rows[duty: number]
    }

    func duty(id: String) throws -> Duty? {
        rows.dutyIndex.ids[TextKey(id)].flatMap { rows[duty: $0] }
    }

    func unsettled(programme: String, after number: Int64, limit: Int) throws -> [Duty] {
        let programme = TextKey(programme)
        return rows.duties.rows(rows.dutyIndex.unsettled.after(number), limit: limit) { duty in
            TextKey(duty.programme) == programme
        }
    }

    func newest(schedule: String) throws -> Duty? {
        rows.dutyIndex.bySchedule[TextKey(schedule)]?.last.flatMap { rows[duty: $0] }
    }

    func duties(root: Int64) throws -> [Duty] {
        var numbers = rows.dutyIndex.byRoot[root] ?? SortedSet()
        numbers.insert(root)
        return rows.duties.rows(numbers.elements[...], limit: .max)
    }

    func dueDuties(at now: Instant, limit: Int) throws -> [Duty] {
        let due = rows.dutyIndex.wakes.elements.prefix { $0.value <= now }
        return rows.duties.rows(due.map(\.key)[...], limit: limit)
    }

    func unsettled(_ kind: DutyKind, schedule: String, before limit: Int64) throws -> Duty? {
        let id = TextKey(schedule)
        let number = rows.dutyIndex.unsettled.elements.last { number in
            guard number < limit, let duty = rows[duty: number], duty.kind == kind else {
                return false
            }
            if duty.schedule.map(TextKey.init) == id { return true }
            let finding = duty.finding.flatMap { rows.findings[$0] }
            return finding.map { TextKey($0.schedule) } == id
        }
        return number.flatMap { rows[duty: $0] }
    }

    func lastDuty() throws -> Int64 {
        rows.duties.keys.last ?? 0
    }

    func duties(_ filter: DutyFilter, after number: Int64, limit: Int) throws -> [Duty] {
        let open = !filter.all && filter.state == nil
        let numbers = open ? rows.dutyIndex.unsettled : rows.duties.keys
        return rows.duties.rows(numbers.after(number), limit: limit, where: filter.fits)
    }
}

extension DutyFilter {
    /// Whether a duty is shown, `all` aside.
    fileprivate func fits(_ duty: Duty) -> Bool {
        if let kind, duty.kind != kind { return false }
        if let state, duty.state != state { return false }
        if let unit, TextKey(duty.unit) != TextKey(unit) { return false }
        if let item, TextKey(duty.item) != TextKey(item) { return false }
        if let person, TextKey(duty.person) != TextKey(person) { return false }
        if let lateAt, !(duty.state.isOwed && duty.dueAt <= lateAt) { return false }
        return !unattended || duty.isUnattended
    }
}
