import CivilTime

/// How many duties are looked at in one read.
private let page = 256

extension Decide {
    /// Recomputes what lies ahead of a programme by newer zone or calendar data.
    ///
    /// Marks, next slots and due dates may move. Past records stay; what moves is one record, with old and new.
    static func recalendar(
        _ plan: Plan,
        _ loadedAt: Instant,
        _ draft: inout Draft
    ) throws {
        let id = plan.programme.id
        guard let old = draft.plans.plans[id], let row = try draft.programme(id) else { return }
        let after = plan.timekeeper.fullVersion
        let move = Recalendaring(
            programme: id,
            before: row.timekeeping,
            after: after,
            schedules: try movedSchedules(plan, draft),
            duties: try movedDuties(old, plan, loadedAt, draft)
        )
        let isNews = row.timekeeping != after || !move.schedules.isEmpty || !move.duties.isEmpty
        guard isNews else { return }
        try draft.record(.recalendar(move), number: nil, reason: .recalendared, by: .rule)
    }

    /// The mark goes with the slot that it stands on, so that a slot that moves is neither lost nor
    /// made twice.
    private static func movedSchedules(_ plan: Plan, _ draft: Draft) throws -> [MovedSchedule] {
        let schedules = Dictionary(Schedule.all(of: plan).map { ($0.id, $0) }) { first, _ in first }
        var moved: [MovedSchedule] = []
        for row in try draft.schedules(programme: plan.programme.id) where row.endedAt == nil {
            guard let schedule = schedules[row.id] else { continue }
            var now = row
            if let old = draft.plans.plans[row.programme], let known = draft.plans.schedules[row.id]
            {
                now.plannedThrough = mark(row, known, old, schedule, plan)
            }
            let wall = draft.now.wall
            now.nextAt = nextLook(schedule, now, after: now.plannedThrough, plan, wall)
            guard now != row else { continue }
            moved.append(
                MovedSchedule(
                    schedule: row.id,
                    plannedThrough: now.plannedThrough,
                    before: row.nextAt,
                    nextAt: now.nextAt
                )
            )
        }
        return moved
    }

    /// Where the mark lies by the new data: on its slot, or, where an activation or an edit set it
    /// between two slots, still between them.
    private static func mark(
        _ row: ScheduleRow,
        _ known: Schedule,
        _ old: Plan,
        _ schedule: Schedule,
        _ plan: Plan
    ) -> Instant {
        // A slot of an earlier rule stands for its place on the clocks. Before the activation or an
        // edit nothing was to come, wherever the last slot lies now.
        let place = row.plannedSlot.flatMap { schedule.place(of: $0, in: plan) }
        let floor = max(row.activatedAt, row.revisedAt ?? row.activatedAt)
        let mark = place.map { max($0, floor) } ?? row.plannedThrough
        // After a start the data of the run before are not known, and `old` is the new plan.
        let next = known.next(after: row.plannedThrough, activation: row.activatedAt, in: old)
        guard let next, let moved = schedule.occurrence(of: next.key, in: plan)?.nominal,
            moved <= mark, moved > row.activatedAt
        else { return mark }
        return moved - Span(microseconds: 1)
    }

    // MARK: Duties

    private static func movedDuties(
        _ old: Plan,
        _ plan: Plan,
        _ loadedAt: Instant,
        _ draft: Draft
    ) throws -> [MovedDuty] {
        // Without zone and calendar nothing can be said of a due date: it stays.
        guard !plan.timekeeper.zone.isMissing, !plan.timekeeper.lacksCalendar else { return [] }
        var moved: [MovedDuty] = []
        var after: Int64 = 0
        while true {
            let duties = try draft.view.unsettled(
                programme: plan.programme.id,
                after: after,
                limit: page
            )
            for stored in duties {
                guard let duty = try draft.duty(stored.number), !duty.state.isSettled,
                    duty.dueAt > draft.now.wall
                else { continue }
                if let move = move(duty, old, plan, loadedAt, draft) { moved.append(move) }
            }
            guard let last = duties.last, duties.count == page else { return moved }
            after = last.number
        }
    }

    private static func move(
        _ duty: Duty,
        _ old: Plan,
        _ plan: Plan,
        _ loadedAt: Instant,
        _ draft: Draft
    ) -> MovedDuty? {
        let due = due(duty, old, plan, loadedAt, draft)
        guard due.instant != duty.dueAt || due.isProvisional != duty.isProvisional else {
            return nil
        }
        var changed = duty
        changed.dueAt = due.instant
        let reminders = duty.kind.isSubmitted ? Decide.reminders(changed, plan) : []
        return MovedDuty(
            number: duty.number,
            before: duty.dueAt,
            dueAt: due.instant,
            isProvisional: due.isProvisional,
            escalateAt: duty.escalateAt == duty.dueAt ? due.instant : duty.escalateAt,
            reminders: reminders,
            remindersFired: Int64(reminders.count { $0 <= draft.now.wall })
        )
    }

    /// A duty's due date by the new data, never shortened into the past: one that would lie before
    /// the data were loaded is the end of the first working day from then on.
    private static func due(
        _ duty: Duty,
        _ old: Plan,
        _ plan: Plan,
        _ loadedAt: Instant,
        _ draft: Draft
    ) -> Deadline {
        let due = recomputed(duty, old, plan, draft)
        guard due.instant < duty.dueAt, due.instant <= loadedAt else { return due }
        let day = plan.timekeeper.zone.local(loadedAt).date
        return plan.timekeeper.endOfDay(day, roll: .after)
    }

    private static func recomputed(
        _ duty: Duty,
        _ old: Plan,
        _ plan: Plan,
        _ draft: Draft
    ) -> Deadline {
        let keeper = plan.timekeeper
        let kept = Deadline(instant: duty.dueAt, isProvisional: duty.isProvisional)
        let isFirst = duty.cycle == 1 && !duty.kind.isSuperiors
        if old.timekeeper.fullVersion == keeper.fullVersion {
            return lengthened(duty, isFirst ? slot(duty, plan) : nil, keeper) ?? kept
        }
        if isFirst, slot(duty, old)?.dueAt == duty.dueAt, let now = slot(duty, plan) {
            return Deadline(instant: now.dueAt, isProvisional: now.isProvisional)
        }
        switch duty.term {
        case .workdays:
            // As many working days from today as were left by the old calendar.
            let before = old.timekeeper
            let today = before.referenceDay(draft.now.wall)
            let last = before.referenceDay(duty.dueAt)
            let left = before.calendar.workdays(from: today.adding(days: 1), through: last)
            let day = keeper.calendar.adding(
                workdays: left,
                to: keeper.referenceDay(draft.now.wall)
            )
            return Deadline(
                instant: keeper.zone.endOfDay(day),
                isProvisional: keeper.calendar.isProvisional(day)
            )
        case .days:
            let day = old.timekeeper.referenceDay(duty.dueAt)
            return Deadline(instant: keeper.zone.endOfDay(day), isProvisional: kept.isProvisional)
        default: return kept
        }
    }

    /// After a start the data of the run before are not known: an account goes by its slot, anything
    /// else is only ever given more time, since what was caught up has more than its slot says.
    private static func lengthened(
        _ duty: Duty,
        _ slot: Occurrence?,
        _ keeper: Timekeeper
    ) -> Deadline? {
        if let slot, duty.kind == .account || slot.dueAt > duty.dueAt {
            return Deadline(instant: slot.dueAt, isProvisional: slot.isProvisional)
        }
        guard case .workdays = duty.term else { return nil }
        let due = keeper.deadline(from: duty.openAt, term: duty.term)
        return due.instant > duty.dueAt ? due : nil
    }

    /// The slot that a duty was opened for, by the data of a plan.
    private static func slot(_ duty: Duty, _ plan: Plan) -> Occurrence? {
        guard let id = duty.schedule, duty.id.hasPrefix(id + "@") else { return nil }
        let key = String(duty.id.dropFirst(id.count + 1))
        guard let item = plan.itemsByID[duty.item] else { return nil }
        let schedule = Schedule.all(of: item, in: plan).first { $0.id == id }
        return schedule?.occurrence(of: key, in: plan)
    }
}
