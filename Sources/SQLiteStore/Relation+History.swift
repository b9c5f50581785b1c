import CivilTime
import Ledger
import Supervision

extension Relation {
    static let revision = Relation(
        "revision",
        key: ["programme", "revision"],
        columns: ["programme", "revision", "digest", "name*", "adopted_micros"]
    )

    static let passed = Relation(
        "passed",
        key: ["seq", "part"],
        columns: [
            "seq", "part", "schedule", "from_micros", "through_micros", "first_slot", "last_slot",
            "count", "cause",
        ]
    )
}

extension Values {
    init(_ row: RevisionRow) {
        self.init()
        put(row.programme)
        put(row.revision)
        put(value: row.digest)
        put(free: row.name)
        put(row.adoptedAt)
    }

    init(_ row: PassedRow) {
        self.init(capacity: 9)
        put(row.seq)
        put(row.part)
        put(row.schedule)
        put(row.slots.from)
        put(row.slots.through)
        put(row.slots.first)
        put(row.slots.last)
        put(row.slots.count)
        put(word: row.slots.cause)
    }
}

extension RevisionRow {
    init(_ cells: inout Cells) throws(StoreError) {
        self.init(
            programme: try cells.text(),
            revision: try cells.integer(),
            digest: try cells.value(),
            name: try cells.freeText(),
            adoptedAt: try cells.instant()
        )
    }
}

extension PassedRow {
    init(_ cells: inout Cells) throws(StoreError) {
        let seq = try cells.integer()
        let part = try cells.integer()
        let schedule = try cells.text()
        let slots = Passed(
            from: try cells.instant(),
            through: try cells.instant(),
            first: try cells.text(),
            last: try cells.text(),
            count: try cells.integer(),
            cause: try cells.word()
        )
        self.init(seq: seq, part: part, schedule: schedule, slots: slots)
    }
}
