import CivilTime

/// How much of a backlog one decision works off; the rest goes on in the next turn.
private enum Bound {
    /// Schedules looked at.
    static let schedules = 64
    /// Duties looked at.
    static let duties = 256
    /// Duties opened.
    static let openings = 256
    /// Slots of one schedule passed over in one record.
    static let slots = 4_096
}

extension Decide {
    /// Works off what has become due: slots of schedules first, then thresholds of duties.
    static func wake(_ draft: inout Draft) throws {
        let now = draft.now.wall
        let due = try draft.view.dueSchedules(at: now, limit: Bound.schedules)
        var openings = 0
        for row in due {
            openings += try materialise(row, Bound.openings - openings, &draft)
            if openings >= Bound.openings { break }
        }
        let duties = try draft.view.dueDuties(at: now, limit: Bound.duties)
        for duty in duties { try threshold(duty.number, &draft) }
        draft.isUnfinished =
            due.count == Bound.schedules || duties.count == Bound.duties
            || openings >= Bound.openings || draft.isUnfinished
    }

    // MARK: Schedules

    /// Gives each slot of a schedule that is due its disposition.
    ///
    /// It is opened, or missed with a reason. Returns how many duties it opened.
    private static func materialise(
        _ row: ScheduleRow,
        _ bound: Int,
        _ draft: inout Draft
    ) throws -> Int {
        guard let plan = draft.plans.plans[row.programme],
            let schedule = draft.plans.schedules[row.id]
        else {
            throw StoreError.inconsistent("no plan has the schedule \(row.id)")
        }
        if schedule.kind == .inspect { return try inspect(row, schedule, plan, &draft) }
        var opened = 0
        var cursor = row.plannedThrough
        while opened < bound,
            let slot = schedule.next(after: cursor, activation: row.activatedAt, in: plan),
            slot.openAt <= draft.now.wall
        {
            try open(schedule, slot, plan, row, &draft)
            cursor = slot.nominal
            opened += 1
        }
        return opened
    }

    /// Opens the newest slot of a check that is due.
    ///
    /// Catch-up is `latest`: of several slots that passed, the newest runs and the others are
    /// missed in one recorded range. A slot that comes while the check before is not performed
    /// is passed over; if that check has no try left, the slot gives it a new one.
    private static func inspect(
        _ row: ScheduleRow,
        _ schedule: Schedule,
        _ plan: Plan,
        _ draft: inout Draft
    ) throws -> Int {
        var slots: [Occurrence] = []
        var cursor = row.plannedThrough
        while slots.count < Bound.slots,
            let slot = schedule.next(after: cursor, activation: row.activatedAt, in: plan),
            slot.openAt <= draft.now.wall
        {
            slots.append(slot)
            cursor = slot.nominal
        }
        guard let newest = slots.last else { return 0 }
        let isBehind = slots.count == Bound.slots
        let running = try draft.unsettled(.inspect, schedule: schedule.id)
        let missed = isBehind || running != nil ? slots[...] : slots.dropLast()
        if let first = missed.first, let last = missed.last {
            let policy = running == nil ? "latest" : "overlap"
            try miss(first, last, missed.count, policy, schedule, plan, row, &draft)
        }
        draft.isUnfinished = draft.isUnfinished || isBehind
        guard !isBehind else { return 0 }
        if let running {
            // Messages about the check may wait too; only its own job counts.
            let isRunning = try draft.openJobs(running.number).contains {
                $0.queue == Queue.inspect
            }
            if !isRunning, let inspection = schedule.inspection {
                try run(inspection, running, &draft)
            }
            return 0
        }
        try open(schedule, newest, plan, row, &draft)
        return 1
    }

    private static func miss(
        _ first: Occurrence,
        _ last: Occurrence,
        _ count: Int,
        _ policy: String,
        _ schedule: Schedule,
        _ plan: Plan,
        _ row: ScheduleRow,
        _ draft: inout Draft
    ) throws {
        let miss = Miss(
            progress: progress(schedule, last, plan, row),
            from: first.nominal,
            through: last.nominal,
            count: Int64(count),
            policy: policy
        )
        try draft.record(
            .miss(miss),
            number: nil,
            reason: policy == "overlap" ? .overlap : .catchUp,
            by: .timer,
            effective: last.nominal
        )
    }

    static func progress(
        _ schedule: Schedule,
        _ slot: Occurrence,
        _ plan: Plan,
        _ row: ScheduleRow
    ) -> Progress {
        let next = schedule.next(after: slot.nominal, activation: row.activatedAt, in: plan)
        return Progress(
            schedule: schedule.id,
            plannedThrough: slot.nominal,
            nextAt: next?.openAt
        )
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
