public import CivilTime

/// One slot of a schedule with the dates that follow from it.
public struct Occurrence: Hashable, Sendable {
    /// The identity within the schedule: nominal local time, and the fold where it is ambiguous.
    public let key: String
    /// The nominal instant; slots of a schedule are ordered by it.
    public let nominal: Instant
    /// When its duty opens: the nominal instant and the slot's share of the jitter.
    public let openAt: Instant
    /// When its duty is due, exclusive.
    public let dueAt: Instant
    /// How long its obligor has.
    public let term: Term
    /// The period it accounts for, if any.
    public let period: String?
    /// The last day on which it can be done in time, for due dates at the end of a day.
    public let dueDay: CivilDate?
    /// Whether the due date rests on a part of the calendar that may still change.
    public let isProvisional: Bool
}

/// What a search in a schedule's slots came to.
public struct ScheduleStep: Hashable, Sendable {
    /// Slots before the occurrence that are not to be run, oldest first.
    public let passed: [Passed]
    /// The next slot that is to be run, nil if there is none up to the limit.
    public let occurrence: Occurrence?
    /// Up to which nominal instant was looked.
    public let through: Instant
}

extension Schedule {
    /// Returns the first slot whose nominal instant is after `cursor` and whose due date is after
    /// `activation`; nil if the programme has no further one, or the schedule's zone is not known.
    ///
    /// Cost: one search, and one more for each slot that was due before the activation.
    public func next(after cursor: Instant, activation: Instant, in plan: Plan) -> Occurrence? {
        guard let keeper = keeper(in: plan) else { return nil }
        var cursor = max(cursor, start(of: plan))
        let end = end(of: plan)
        while let occurrence = first(after: cursor, keeper) {
            if max(occurrence.nominal, occurrence.dueAt) > end { return nil }
            if occurrence.dueAt > activation { return occurrence }
            cursor = passOver(occurrence, activation)
        }
        return nil
    }

    /// Returns the first slot after `cursor` that opens up to `limit`, and those before it that are
    /// not to be run.
    ///
    /// With `byNominal` a slot counts whose jitter has not passed.
    ///
    /// - Returns: The slots, and up to where was looked.
    public func step(
        after cursor: Instant,
        through limit: Instant,
        activation: Instant,
        byNominal: Bool = false,
        in plan: Plan
    ) -> ScheduleStep {
        guard case .every(let expression, let within) = rule, let keeper = keeper(in: plan) else {
            let next = next(after: cursor, activation: activation, in: plan)
            let due = next.flatMap { $0.openAt <= limit ? $0 : nil }
            return ScheduleStep(passed: [], occurrence: due, through: due?.nominal ?? limit)
        }
        let from = max(cursor, start(of: plan))
        let step = expression.step(after: from, through: limit, in: keeper)
        let passed = step.skipped.map(Passed.init)
        let found = step.slot.map { occurrence($0, expression, within, keeper) }
        let end = end(of: plan)
        guard let found, byNominal || found.openAt <= limit, max(found.nominal, found.dueAt) <= end
        else {
            // A slot that is there and not due yet ends the search; a bound that was reached does not.
            let through = found == nil ? step.through : limit
            return ScheduleStep(passed: passed, occurrence: nil, through: through)
        }
        return ScheduleStep(passed: passed, occurrence: found, through: found.nominal)
    }

    /// Returns a slot by its identity, as the zone and calendar of the plan have it; nil if they
    /// have it no more.
    public func occurrence(of key: String, in plan: Plan) -> Occurrence? {
        guard let keeper = keeper(in: plan) else { return nil }
        switch rule {
        case .period(let kind, let roll):
            guard let period = Period(key), period.kind == kind else { return nil }
            return occurrence(period, roll, keeper)
        case .stage(let window):
            return key == "\(window.end)" ? occurrence(window, keeper) : nil
        case .every(let expression, let within):
            guard let instant = expression.instant(of: SlotID(text: key), in: keeper) else {
                return nil
            }
            let nominal = keeper.zone.local(instant)
            let id = SlotID(text: key)
            let slot = Slot(nominal: nominal, fold: 0, instant: instant, id: id)
            return occurrence(slot, expression, within, keeper)
        }
    }

    /// Where a slot of this rule or of one before it lies on the clocks of a plan's zone; nil if its
    /// identity is no local time.
    func place(of key: String, in plan: Plan) -> Instant? {
        if let nominal = occurrence(of: key, in: plan)?.nominal { return nominal }
        guard case .every = rule, let zone = keeper(in: plan)?.zone else { return nil }
        // `2025-10-26 02:30:00 fold 1`: date and time are the first two words.
        let words = key.split(separator: " ").prefix(2).joined(separator: " ")
        return CivilDateTime(words).map { zone.instant($0) }
    }

    /// The zone and calendars that the schedule counts by; nil if its zone is not known, or is no
    /// longer in the tz database: the schedule then stands still.
    public func keeper(in plan: Plan) -> Timekeeper? {
        var keeper: Timekeeper? = plan.timekeeper
        if case .every(let expression, _) = rule {
            keeper = plan.timekeeper.keeper(for: expression)
        }
        return keeper.flatMap { $0.zone.isMissing || $0.lacksCalendar ? nil : $0 }
    }

    /// Where to look on after a slot that was due before the activation: right behind it for
    /// periods, where rolling decides; for fast rules a jump to one slot's length before.
    private func passOver(_ occurrence: Occurrence, _ activation: Instant) -> Instant {
        guard case .every(_, let within) = rule, case .elapsed(let span) = within else {
            return occurrence.nominal
        }
        return max(occurrence.nominal, activation - span - policies.jitter)
    }

    /// Where the search for the first slot begins: one may elapse with the programme's first
    /// instant, while a period or stage that ends with it was over before.
    private func start(of plan: Plan) -> Instant {
        guard let from = plan.programme.from else { return .distantPast }
        let start = plan.timekeeper.zone.startOfDay(from)
        guard case .every = rule else { return start }
        return start - Span(microseconds: 1)
    }

    private func end(of plan: Plan) -> Instant {
        plan.programme.until.map(plan.timekeeper.zone.endOfDay) ?? .distantFuture
    }

    private func first(after cursor: Instant, _ keeper: Timekeeper) -> Occurrence? {
        switch rule {
        case .period(let kind, let roll):
            let period = Period(kind: kind, containing: keeper.zone.local(cursor).date)
            return occurrence(period, roll, keeper)
        case .every(let expression, let within):
            return expression.next(after: cursor, in: keeper).map {
                occurrence($0, expression, within, keeper)
            }
        case .stage(let window):
            return keeper.zone.endOfDay(window.end) > cursor ? occurrence(window, keeper) : nil
        }
    }

    private func occurrence(_ period: Period, _ roll: Roll, _ keeper: Timekeeper) -> Occurrence {
        let due = keeper.endOfDay(period.lastDay, roll: roll)
        let days = period.lastDay.dayNumber - period.firstDay.dayNumber + 1
        return Occurrence(
            key: period.id,
            nominal: keeper.zone.endOfDay(period.lastDay),
            openAt: keeper.zone.startOfDay(period.firstDay),
            dueAt: due.instant,
            term: .days(days),
            period: period.id,
            dueDay: keeper.referenceDay(due.instant),
            isProvisional: due.isProvisional
        )
    }

    private func occurrence(
        _ slot: Slot,
        _ expression: CalendarExpression,
        _ within: Term,
        _ keeper: Timekeeper
    ) -> Occurrence {
        let openAt = slot.instant + jitter(slot, expression, keeper)
        let due = keeper.deadline(from: openAt, term: within)
        var day: CivilDate?
        if case .elapsed = within {} else { day = keeper.referenceDay(due.instant) }
        return Occurrence(
            key: slot.id.text,
            nominal: slot.instant,
            openAt: openAt,
            dueAt: due.instant,
            term: within,
            period: nil,
            dueDay: day,
            isProvisional: due.isProvisional || slot.isProvisional
        )
    }

    /// A slot's share of the jitter: the same on every machine and after every restart, and never
    /// beyond the next slot.
    private func jitter(
        _ slot: Slot,
        _ expression: CalendarExpression,
        _ keeper: Timekeeper
    ) -> Span {
        let most = policies.jitter
        guard most > .zero else { return .zero }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(id)@\(slot.id.text)".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        // FNV leaves neighbours near each other in the high bits: mixed once more.
        hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        hash ^= hash >> 33
        let share = Span(microseconds: Int64(hash % UInt64(most.microseconds + 1)))
        guard let next = expression.next(after: slot.instant, in: keeper) else { return share }
        return min(share, next.instant - slot.instant)
    }

    private func occurrence(_ window: StageWindow, _ keeper: Timekeeper) -> Occurrence {
        let end = keeper.zone.endOfDay(window.end)
        let days = window.end.dayNumber - window.start.dayNumber + 1
        return Occurrence(
            key: "\(window.end)",
            nominal: end,
            openAt: keeper.zone.startOfDay(window.start),
            dueAt: end,
            term: .days(max(1, days)),
            period: nil,
            dueDay: window.end,
            isProvisional: keeper.calendar.isProvisional(window.end)
        )
    }
}

extension Occurrence {
    /// A slot that is not to be run: it has a place and no dates.
    init(_ passed: Passed) {
        self.init(
            key: passed.first,
            nominal: passed.from,
            openAt: passed.from,
            dueAt: passed.from,
            term: .elapsed(.zero),
            period: nil,
            dueDay: nil,
            isProvisional: false
        )
    }
}

extension Passed {
    /// Takes over what a search passed over.
    init(_ run: SkippedRun) {
        self.init(
            from: run.first.instant,
            through: run.last.instant,
            first: run.first.id.text,
            last: run.last.id.text,
            count: Int64(run.count),
            cause: PassCause(run.cause)
        )
    }

    /// A single slot.
    init(_ slot: Occurrence, _ cause: PassCause) {
        self.init(
            from: slot.nominal,
            through: slot.nominal,
            first: slot.key,
            last: slot.key,
            count: 1,
            cause: cause
        )
    }

    /// Takes in the slots that follow; false if they have another cause.
    mutating func takeIn(_ next: Passed) -> Bool {
        guard next.cause == cause else { return false }
        through = next.through
        last = next.last
        count += next.count
        return true
    }
}

extension PassCause {
    init(_ cause: SkipCause) {
        switch cause {
        case .calendar: self = .calendar
        case .excluded: self = .excluded
        case .gap: self = .gap
        case .gapMerged: self = .gapMerged
        }
    }
}
