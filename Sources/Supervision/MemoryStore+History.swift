import CivilTime

extension MemoryTransaction {
    func put(_ row: RevisionRow) throws {
        guard row.revision > 0 else {
            throw StoreError.inconsistent("\(row.revision) is no number of a revision")
        }
        let key = RevisionKey(programme: TextKey(row.programme), revision: row.revision)
        guard rows.revisions[key] == nil else {
            throw StoreError.inconsistent(
                "revision \(row.revision) of \(row.programme) is there already"
            )
        }
        set(\.revisions[key], row)
    }

    func put(_ row: PassedRow) throws {
        guard row.seq >= 0, row.part >= 0 else {
            throw StoreError.inconsistent("no record \(row.seq) has a part \(row.part)")
        }
        let key = PassedKey(seq: row.seq, part: row.part)
        guard rows[passed: key] == nil else {
            throw StoreError.inconsistent(
                "part \(row.part) of record \(row.seq) is there already"
            )
        }
        set(\.[passed: key], row)
    }

    func revisions(programme: String) throws -> [RevisionRow] {
        let first = RevisionKey(programme: TextKey(programme), revision: .min)
        let keys = rows.revisions.keys.from(first).prefix { $0.programme == first.programme }
        return rows.revisions.rows(keys, limit: .max).reversed()
    }

    func passed(
        schedule: String,
        from: Instant,
        through: Instant,
        limit: Int
    ) throws -> [PassedRow] {
        let first = Indexed(value: from, key: PassedKey(seq: .min, part: .min))
        let entries = rows.passedBySchedule[TextKey(schedule)]?.from(first) ?? []
        var found: [PassedRow] = []
        for entry in entries {
            if found.count >= limit { break }
            guard let row = rows[passed: entry.key], row.slots.from <= through else { continue }
            found.append(row)
        }
        return found
    }

    func passed(after seq: Int64, part: Int64, limit: Int) throws -> [PassedRow] {
        rows.passed.rows(rows.passed.keys.after(PassedKey(seq: seq, part: part)), limit: limit)
    }
}
