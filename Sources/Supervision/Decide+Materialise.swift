import CivilTime

/// How many slots that lie in a pause are let come together before they are recorded.
private let pausedBound = 2_048

/// From how late on a slot tells of a downtime; a turn that took a little long catches nothing up.
private let grace = Span.seconds(60)

/// From how late on a slot counts as missed once another one tells of a downtime.
private let margin = Span.seconds(1)

/// What is to become of slots that are due.
private enum Fate {
    case passed(Passed)
    case open(Occurrence, JobOrigin)

    /// The nominal instant of the last slot.
    var through: Instant {
        switch self {
        case .passed(let slots): slots.through
        case .open(let slot, _): slot.nominal
        }
    }
}

extension Decide {
    /// Gives each slot of a schedule that is due its disposition.
    ///
    /// Its duty is opened, or it passes with a cause. At most `bound` duties are opened, and at most
    /// `slots` slots are looked at. With `byNominal` a slot counts that has come though its jitter
    /// has not passed: before an edit or a pause, which would lose it (temporalio/temporal#4866).
    ///
    /// - Returns: How many duties it opened.
    /// - Throws: `StoreError`, also if no plan in force has the schedule.
    static func materialise(
        _ row: ScheduleRow,
        _ bound: Int,
        slots: Int = 4_096,
        byNominal: Bool = false,
        _ draft: inout Draft
    ) throws -> Int {
        guard let plan = draft.plans.plans[row.programme],
            let schedule = draft.plans.schedules[row.id]
        else {
            throw StoreError.inconsistent("no plan has the schedule \(row.id)")
        }
        let work = Materialising(
            schedule: schedule,
            plan: plan,
            row: row,
            slotBound: slots,
            byNominal: byNominal
        )
        return try work.run(bound, &draft)
    }
}

/// One schedule's due slots on their way to dispositions.
struct Materialising {
    let schedule: Schedule
    let plan: Plan
    let row: ScheduleRow
    let slotBound: Int
    let byNominal: Bool

    func run(_ bound: Int, _ draft: inout Draft) throws -> Int {
        let (fates, isMore) = fates(bound, draft.now.wall)
        if isMore { draft.isUnfinished = true }
        if fates.isEmpty { return byNominal ? 0 : try skipAhead(&draft) }
        var opened = 0
        var waiting: [Passed] = []
        for (index, fate) in fates.enumerated() {
            let next = index + 1 < fates.count ? fates[index + 1] : nil
            guard case .open(let slot, let origin) = fate else {
                if case .passed(let slots) = fate { waiting.take(slots) }
                continue
            }
            guard let identity = try identity(slot, draft) else {
                // New data moved a slot behind the mark that has its duty already.
                try flush(&waiting, before: fate, &draft)
                let moved = progress(slot.nominal, slot.key, before: next, draft.now.wall)
                try advance(moved, .recalendared, &draft)
                continue
            }
            let way = try Decide.makeWay(for: schedule, policy(origin), &draft)
            if case .closed = way {
                waiting.take(Passed(slot, .overlap))
                continue
            }
            try flush(&waiting, before: fate, &draft)
            try open(slot, identity, origin, way, before: next, &draft)
            opened += 1
        }
        try flush(&waiting, before: nil, &draft)
        return opened
    }

    /// The identity of the slot's duty; nil if it was opened before.
    ///
    /// On the clocks of another zone local times come again: those that are used up get the zone's
    /// name.
    private func identity(_ slot: Occurrence, _ draft: Draft) throws -> String? {
        let plain = "\(schedule.id)@\(slot.key)"
        guard let known = try draft.duty(id: plain) else { return plain }
        guard let rezonedAt = row.rezonedAt, known.openAt <= rezonedAt,
            let zone = schedule.keeper(in: plan)?.zone.name
        else { return nil }
        let zoned = "\(plain) \(zone)"
        return try draft.duty(id: zoned) == nil ? zoned : nil
    }

    // MARK: Fates

    /// The slots that are due, oldest first, each with what the schedule's policies make of it.
    private func fates(_ bound: Int, _ now: Instant) -> (fates: [Fate], isMore: Bool) {
        let (found, isMore, isFollowed) = due(now)
        let slots = found.compactMap { fate -> Occurrence? in
            guard case .open(let slot, _) = fate, !isPaused(slot.nominal) else { return nil }
            return slot
        }
        let newest = isFollowed ? nil : slots.last
        let boundary = windowStart(now)
        let wasDown = slots.first.map { now - $0.openAt > grace } ?? false
        let inTime = now - (wasDown ? margin : grace)
        var fates: [Fate] = []
        var openings = 0
        for fate in found {
            guard case .open(let slot, _) = fate else {
                fates.append(fate)
                continue
            }
            let isLate = slot.openAt < inTime
            if let cause = cause(slot, isLate, wasDown, newest, boundary) {
                fates.append(.passed(Passed(slot, cause)))
                continue
            }
            guard openings < bound else { return (fates, true) }
            openings += 1
            let isCaughtUp = schedule.kind == .inspect && isLate
            fates.append(.open(slot, isCaughtUp ? .catchUp : .regular))
        }
        return (fates, isMore)
    }

    /// Why a due slot is not opened; nil if it is.
    private func cause(
        _ slot: Occurrence,
        _ isLate: Bool,
        _ wasDown: Bool,
        _ newest: Occurrence?,
        _ boundary: Instant
    ) -> PassCause? {
        if isPaused(slot.nominal) { return .paused }
        switch schedule.policies.catchUp {
        case .all: return nil
        case .latest: return wasDown && slot != newest ? .latest : nil
        case .none: return isLate ? PassCause.none : nil
        case .window: return isLate && slot.nominal <= boundary ? .window : nil
        }
    }

    /// Reads the slots that are due; passed ones count only where a slot that is due follows, so
    /// that a long exclusion is one run.
    ///
    /// - Returns: The slots; whether it has to be looked again; whether another slot is known to be
    ///   due after them, so that the last of them is not the newest.
    private func due(_ now: Instant) -> (fates: [Fate], isMore: Bool, isFollowed: Bool) {
        var fates: [Fate] = []
        var waiting: [Passed] = []
        var cursor = row.plannedThrough
        var count = 0
        for _ in 0...slotBound {
            let step = schedule.step(
                after: cursor,
                through: now,
                activation: row.activatedAt,
                byNominal: byNominal,
                in: plan
            )
            waiting += step.passed
            if let slot = step.occurrence {
                guard count < slotBound else { return (fates, true, true) }
                count += 1
                fates += waiting.map { .passed($0) } + [.open(slot, .regular)]
                waiting = []
                cursor = slot.nominal
                continue
            }
            guard step.through < now, step.through > cursor else { return (fates, false, false) }
            cursor = step.through
        }
        if fates.isEmpty { fates = waiting.map { .passed($0) } }
        return (fates, true, false)
    }

    private func isPaused(_ nominal: Instant) -> Bool {
        row.pause.map { $0.since <= nominal && nominal < $0.until } ?? false
    }

    /// The start of the catch-up window.
    private func windowStart(_ now: Instant) -> Instant {
        guard case .window(let term) = schedule.policies.catchUp else { return .distantPast }
        switch term {
        case .elapsed(let span): return now - span
        case .days(let days): return now - .days(Int64(days))
        default:
            let keeper = plan.timekeeper
            let today = keeper.zone.local(now).date
            guard case .workdays(let days) = term else { return now }
            let first = keeper.calendar.adding(workdays: -days, to: today)
            return keeper.zone.startOfDay(first)
        }
    }

    // MARK: Overlap

    /// A backlog that is to be caught up whole queues: under `skip` all but one would be lost.
    private func policy(_ origin: JobOrigin) -> Overlap {
        guard origin == .catchUp, schedule.policies.overlap == .skip else {
            return schedule.policies.overlap
        }
        switch schedule.policies.catchUp {
        case .all, .window: return .queueAll
        case .latest, .none: return .skip
        }
    }

    // MARK: Records

    private func open(
        _ slot: Occurrence,
        _ identity: String,
        _ origin: JobOrigin,
        _ way: Way,
        before next: Fate?,
        _ draft: inout Draft
    ) throws {
        let progress = progress(slot.nominal, slot.key, before: next, draft.now.wall)
        var opening = SlotOpening(progress: progress, origin: origin)
        opening.identity = identity
        try Decide.open(schedule, slot, plan, row, opening, way, &draft)
    }

    private func flush(
        _ slots: inout [Passed],
        before next: Fate?,
        _ draft: inout Draft
    ) throws {
        guard let last = slots.last else { return }
        let progress = progress(last.through, last.last, before: next, draft.now.wall)
        try draft.record(
            .pass(Passing(progress: progress, slots: slots)),
            number: nil,
            reason: Reason(last.cause),
            by: .timer,
            effective: last.through
        )
        slots = []
    }

    /// Nothing is due, though the row says so: a pause ended, or new data moved the next slot.
    private func skipAhead(_ draft: inout Draft) throws -> Int {
        let next = Decide.nextLook(schedule, row, after: row.plannedThrough, plan, draft.now.wall)
        guard next != row.nextAt else { return 0 }
        let progress = Progress(
            schedule: row.id,
            plannedThrough: row.plannedThrough,
            plannedSlot: nil,
            nextAt: next
        )
        try advance(progress, row.pause == nil ? .recalendared : .paused, &draft)
        return 0
    }

    /// Moves the mark alone, by a record without slots.
    private func advance(
        _ progress: Progress,
        _ reason: Reason,
        _ draft: inout Draft
    ) throws {
        try draft.record(
            .pass(Passing(progress: progress, slots: [])),
            number: nil,
            reason: reason,
            by: .timer
        )
    }

    private func progress(
        _ through: Instant,
        _ slot: String,
        before next: Fate?,
        _ now: Instant
    ) -> Progress {
        let nextAt: Instant?
        if case .open(let slot, _) = next {
            nextAt = slot.openAt
        } else if case .passed(let slots) = next {
            nextAt = slots.from
        } else {
            nextAt = Decide.nextLook(schedule, row, after: through, plan, now)
        }
        return Progress(
            schedule: schedule.id,
            plannedThrough: through,
            plannedSlot: slot,
            nextAt: nextAt
        )
    }
}

extension Decide {
    /// When a schedule needs to be looked at next: its next slot, or the end of a pause in which
    /// that slot lies; of a fast rule earlier, so that an act on it need not wait for thousands of
    /// paused slots to be worked off.
    static func nextLook(
        _ schedule: Schedule,
        _ row: ScheduleRow,
        after cursor: Instant,
        _ plan: Plan,
        _ now: Instant
    ) -> Instant? {
        guard let next = schedule.next(after: cursor, activation: row.activatedAt, in: plan) else {
            return nil
        }
        guard let pause = row.pause, pause.since <= next.nominal, next.nominal < pause.until,
            now < pause.until
        else { return next.openAt }
        var slot = next
        for _ in 0..<pausedBound {
            let after = slot.nominal
            guard let next = schedule.next(after: after, activation: row.activatedAt, in: plan),
                next.nominal < pause.until
            else { return pause.until }
            slot = next
        }
        return slot.openAt
    }
}

extension [Passed] {
    /// Takes slots in, with the last run if they have the same cause.
    mutating func take(_ slots: Passed) {
        if isEmpty || !self[count - 1].takeIn(slots) { append(slots) }
    }
}

extension Job {
    /// Whether it performs a check, or will: messages about a duty do not count.
    var isRun: Bool { queue == Queue.inspect && !state.isEnded }
}

extension Reason {
    /// The word of a record about passed slots.
    init(_ cause: PassCause) {
        switch cause {
        case .overlap: self = .overlap
        case .calendar: self = .calendar
        case .excluded: self = .excluded
        case .gap, .gapMerged: self = .clockChange
        case .paused: self = .paused
        case .latest, .none, .window: self = .catchUp
        case .revised: self = .revised
        }
    }
}
