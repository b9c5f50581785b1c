public import CivilTime
public import Ledger

// How a store outside of this module gives rows back.

extension ProgrammeRow {
    /// Makes a programme's row; `plan` is what the plan file was called.
    public init(
        id: String,
        digest: Digest,
        plan: String,
        adoptedAt: Instant,
        timekeeping: String,
        revision: Int64
    ) {
        self.init(
            id: id,
            digest: digest,
            name: plan,
            adoptedAt: adoptedAt,
            timekeeping: timekeeping,
            revision: revision
        )
    }
}

extension ScheduleRow {
    /// Makes the row of a schedule that was just activated: nothing is worked off, no slot is set.
    public init(id: String, programme: String, item: String, role: String, activatedAt: Instant) {
        self.init(
            id: id,
            programme: programme,
            item: item,
            role: role,
            activatedAt: activatedAt,
            plannedThrough: activatedAt,
            nextAt: nil
        )
    }
}

extension Finding {
    /// Makes a finding that has opened no duty yet.
    public init(
        number: Int64,
        programme: String,
        item: String,
        schedule: String,
        duty: Int64,
        job: Int64,
        foundAt: Instant,
        summary: String
    ) {
        self.init(
            number: number,
            programme: programme,
            item: item,
            schedule: schedule,
            duty: duty,
            job: job,
            summary: summary,
            foundAt: foundAt,
            rectify: nil
        )
    }
}

extension Duty {
    /// Makes a duty as it opens: attempt 1, cycle 1, nothing escalated, reminded or handed in.
    public init(
        number: Int64,
        id: String,
        kind: DutyKind,
        programme: String,
        item: String,
        unit: String,
        obligor: Post,
        person: String,
        root: Int64,
        openAt: Instant,
        dueAt: Instant,
        term: Term
    ) {
        self.init(
            number: number,
            id: id,
            kind: kind,
            state: .open,
            programme: programme,
            item: item,
            unit: unit,
            obligor: obligor,
            person: person,
            openAt: openAt,
            dueAt: dueAt,
            originalDueAt: dueAt,
            isProvisional: false,
            term: term,
            root: root,
            attempt: 1,
            cycle: 1,
            round: 0,
            followsUp: false,
            isUnattended: false,
            reminders: [],
            remindersFired: 0
        )
    }
}
