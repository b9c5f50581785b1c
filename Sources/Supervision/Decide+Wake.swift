import CivilTime

/// How much of a backlog one decision works off; the rest goes on in the next turn.
private enum Bound {
    /// Schedules looked at.
    static let schedules = 64
    /// Duties looked at.
    static let duties = 256
    /// Duties opened.
    static let openings = 256
    /// Slots looked at, shared by the schedules: the backlog of a fast rule holds up no other.
    static let slots = 4_096
}

extension Decide {
    /// Works off what has become due: slots of schedules first, then thresholds of duties.
    static func wake(_ draft: inout Draft) throws {
        let now = draft.now.wall
        let due = try draft.view.dueSchedules(at: now, limit: Bound.schedules)
        var openings = 0
        let slots = max(256, Bound.slots / max(1, due.count))
        // A share for each, so that the backlog of one does not hold up the others.
        let share = max(16, Bound.openings / max(1, due.count))
        for row in due {
            let bound = min(share, Bound.openings - openings)
            openings += try materialise(row, bound, slots: slots, &draft)
            if openings >= Bound.openings { break }
        }
        let duties = try draft.view.dueDuties(at: now, limit: Bound.duties)
        for duty in duties { try threshold(duty.number, &draft) }
        draft.isUnfinished =
            due.count == Bound.schedules || duties.count == Bound.duties
            || openings >= Bound.openings || draft.isUnfinished
    }

    // MARK: Thresholds of duties

    /// Fires what has passed for a duty: reminders, then rule B.
    private static func threshold(_ number: Int64, _ draft: inout Draft) throws {
        let now = draft.now.wall
        guard let duty = try draft.duty(number), duty.state.isOwed else { return }
        let fired = Int(duty.remindersFired)
        let passed = duty.reminders.dropFirst(fired).prefix { $0 <= now }
        if let newest = passed.last { try remind(duty, newest, passed.count, &draft) }
        guard let current = try draft.duty(number), current.state.isOwed,
            let escalateAt = current.escalateAt, escalateAt <= now
        else { return }
        try escalate(current, at: escalateAt, &draft)
    }

    /// Several thresholds that passed at once are one reminder: ignored duties get louder, a
    /// downtime does not.
    private static func remind(
        _ duty: Duty,
        _ nominal: Instant,
        _ passed: Int,
        _ draft: inout Draft
    ) throws {
        let isOverdue = duty.dueAt <= draft.now.wall
        let job = try notify(
            isOverdue ? .overdue : .reminder,
            duty,
            to: duty.obligor,
            ordinal: "c\(duty.cycle).n\(duty.remindersFired + Int64(passed))",
            passed: Int64(passed),
            &draft
        )
        let reminding = Reminding(
            fired: duty.remindersFired + Int64(passed),
            passed: Int64(passed),
            dueAt: duty.dueAt,
            job: job
        )
        try draft.record(
            .remind(reminding),
            number: duty.number,
            reason: isOverdue ? .afterDue : .beforeDue,
            by: .timer,
            effective: nominal
        )
    }
}
