import CivilTime
import Supervision

extension Relation {
    static let duty = Relation(
        "duty",
        key: ["number"],
        columns: [
            "number", "id", "kind", "programme", "item", "unit", "obligor", "person", "root",
            "open_micros", "due_micros", "term", "state", "superior", "original_due_micros",
            "is_provisional", "period", "schedule", "subject", "finding", "attempt", "cycle",
            "round", "escalate_micros", "follows_up", "reached", "is_unattended",
            "reminders_micros", "reminders_fired", "submitted_micros", "submitted_by", "note",
            "settled_micros", "settled_by", "settled_reason", "wake_micros",
        ]
    )
}

extension Values {
    init(_ duty: Duty) {
        self.init(capacity: 38)
        put(duty.number)
        put(duty.id)
        put(word: duty.kind)
        put(duty.programme)
        put(duty.item)
        put(duty.unit)
        put(value: duty.obligor)
        put(duty.person)
        put(duty.root)
        put(duty.openAt)
        put(duty.dueAt)
        put(value: duty.term)
        put(word: duty.state)
        put(value: duty.superior)
        put(duty.originalDueAt)
        put(duty.isProvisional)
        put(duty.period)
        put(duty.schedule)
        put(duty.subject)
        put(duty.finding)
        put(duty.attempt)
        putProgress(duty)
        put(duty.submittedAt)
        put(duty.submittedBy)
        put(value: duty.note)
        put(duty.settledAt)
        put(duty.settledBy)
        put(word: duty.settledReason)
        put(duty.wakeAt)
    }

    private mutating func putProgress(_ duty: Duty) {
        put(duty.cycle)
        put(duty.round)
        put(duty.escalateAt)
        put(duty.followsUp)
        put(value: duty.reached)
        put(duty.isUnattended)
        put(duty.reminders.map { String($0.microseconds) }.joined(separator: ","))
        put(duty.remindersFired)
    }
}

extension Duty {
    init(_ cells: inout Cells) throws(StoreError) {
        // The columns that a duty opens with come first, in the order of its initialiser.
        self.init(
            number: try cells.integer(),
            id: try cells.text(),
            kind: try cells.word(),
            programme: try cells.text(),
            item: try cells.text(),
            unit: try cells.text(),
            obligor: try cells.value(),
            person: try cells.text(),
            root: try cells.integer(),
            openAt: try cells.instant(),
            dueAt: try cells.instant(),
            term: try cells.value()
        )
        state = try cells.word()
        superior = try cells.optionalValue()
        originalDueAt = try cells.instant()
        isProvisional = try cells.flag()
        period = try cells.optionalText()
        schedule = try cells.optionalText()
        subject = try cells.optionalInteger()
        finding = try cells.optionalInteger()
        attempt = try cells.integer()
        try readProgress(&cells)
        submittedAt = try cells.optionalInstant()
        submittedBy = try cells.optionalText()
        note = try cells.optionalValue()
        settledAt = try cells.optionalInstant()
        settledBy = try cells.optionalText()
        settledReason = try cells.optionalWord()
        let wake = try cells.optionalInstant()
        guard wake == wakeAt else {
            throw cells.misfit("instant that follows from the row")
        }
    }

    private mutating func readProgress(_ cells: inout Cells) throws(StoreError) {
        cycle = try cells.integer()
        round = try cells.integer()
        escalateAt = try cells.optionalInstant()
        followsUp = try cells.flag()
        reached = try cells.optionalValue()
        isUnattended = try cells.flag()
        reminders = try cells.instants()
        remindersFired = try cells.integer()
        guard remindersFired >= 0 else {
            throw cells.misfit("count of reminders")
        }
    }
}

extension Cells {
    /// Instants as whole numbers between commas.
    mutating func instants() throws(StoreError) -> [Instant] {
        let text = try text()
        var list: [Instant] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: text.isEmpty) {
            guard let microseconds = Int64(part), String(microseconds) == part else {
                throw misfit("list of instants")
            }
            let instant = Instant(microseconds: microseconds)
            guard instant.microseconds == microseconds else { throw misfit("list of instants") }
            list.append(instant)
        }
        return list
    }
}
