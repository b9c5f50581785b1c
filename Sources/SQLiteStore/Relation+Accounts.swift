import CivilTime
import Ledger
import Supervision

extension Relation {
    static let programme = Relation(
        "programme",
        key: ["id"],
        columns: ["id", "digest", "name*", "adopted_micros", "timekeeping*", "revision"]
    )

    static let schedule = Relation(
        "schedule",
        key: ["id"],
        columns: [
            "id", "programme", "item", "role", "activated_micros", "planned_through_micros",
            "next_micros", "planned_slot", "pause_since_micros", "pause_until_micros", "pause_by",
            "pause_note", "ended_micros", "revised_micros",
            "rezoned_micros",
        ]
    )

    static let finding = Relation(
        "finding",
        key: ["number"],
        columns: [
            "number", "programme", "item", "schedule", "duty", "job", "found_micros", "summary*",
            "rectify",
        ]
    )
}

extension Values {
    init(_ row: ProgrammeRow) {
        self.init()
        put(row.id)
        put(value: row.digest)
        put(free: row.name)
        put(row.adoptedAt)
        put(free: row.timekeeping)
        put(row.revision)
    }

    init(_ row: ScheduleRow) {
        self.init(capacity: 13)
        put(row.id)
        put(row.programme)
        put(row.item)
        put(row.role)
        put(row.activatedAt)
        put(row.plannedThrough)
        put(row.nextAt)
        put(row.plannedSlot)
        put(row.pause?.since)
        put(row.pause?.until)
        put(row.pause?.by)
        put(value: row.pause?.note)
        put(row.endedAt)
        put(row.revisedAt)
        put(row.rezonedAt)
    }

    init(_ finding: Finding) {
        self.init(capacity: 9)
        put(finding.number)
        put(finding.programme)
        put(finding.item)
        put(finding.schedule)
        put(finding.duty)
        put(finding.job)
        put(finding.foundAt)
        put(free: finding.summary)
        put(finding.rectify)
    }
}

extension ProgrammeRow {
    init(_ cells: inout Cells) throws(StoreError) {
        self.init(
            id: try cells.text(),
            digest: try cells.value(),
            plan: try cells.freeText(),
            adoptedAt: try cells.instant(),
            timekeeping: try cells.freeText(),
            revision: try cells.integer()
        )
    }
}

extension ScheduleRow {
    init(_ cells: inout Cells) throws(StoreError) {
        self.init(
            id: try cells.text(),
            programme: try cells.text(),
            item: try cells.text(),
            role: try cells.text(),
            activatedAt: try cells.instant()
        )
        plannedThrough = try cells.instant()
        nextAt = try cells.optionalInstant()
        plannedSlot = try cells.optionalText()
        pause = try Pause.read(&cells)
        endedAt = try cells.optionalInstant()
        revisedAt = try cells.optionalInstant()
        rezonedAt = try cells.optionalInstant()
    }
}

extension Pause {
    static func read(_ cells: inout Cells) throws(StoreError) -> Pause? {
        let since = try cells.optionalInstant()
        let until = try cells.optionalInstant()
        let person = try cells.optionalText()
        let note: Digest? = try cells.optionalValue()
        if let since, let until, let person, let note {
            return Pause(since: since, until: until, by: person, note: note)
        }
        let isEmpty = since == nil && until == nil && person == nil && note == nil
        guard isEmpty else { throw cells.misfit("rest of a pause") }
        return nil
    }
}

extension Finding {
    init(_ cells: inout Cells) throws(StoreError) {
        self.init(
            number: try cells.integer(),
            programme: try cells.text(),
            item: try cells.text(),
            schedule: try cells.text(),
            duty: try cells.integer(),
            job: try cells.integer(),
            foundAt: try cells.instant(),
            summary: try cells.freeText()
        )
        rectify = try cells.optionalInteger()
    }
}
