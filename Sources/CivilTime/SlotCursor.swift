/// Goes through the slots of one alternative in the order of their instants.
///
/// Time is cut into stretches of one offset. Within a stretch local time and UTC run alike, so the
/// rule's readings are looked up by arithmetic; what clock changes do is settled at its ends, once.
struct SlotCursor {
    static let day: Int64 = 86_400_000_000

    let part: CalendarPart
    let days: SlotDays
    let zone: Zone
    let gapPolicy: GapPolicy
    let foldPolicy: FoldPolicy
    /// Instants in microseconds before the shift of the instant: the search is for (after, through].
    let after: Int64
    let through: Int64
    /// Whether slots that do not elapse are asked for, and whether runs of them may be one event.
    let wantsSkipped: Bool
    let joinsRuns: Bool

    private(set) var stretch: SlotStretch
    /// The next reading to look at.
    private var lower: Int64
    /// The last plan and the day from which it was asked.
    private var plan: SlotPlan?
    private var planDay = Int.max
    /// What is found and not yet handed out.
    private var queue: [SlotEvent] = []
    private var queueIndex = 0
    private var gapEvents: [SlotEvent] = []
    private var gapIndex = 0
    private var isDone = false
    /// How many slots were passed over that exceptions with a time of day take.
    private var dropped = 0

    /// The bound on them in one search, so that no rule can keep the engine busy for long.
    private static let dropBound = 5_000_000

    init(_ days: SlotDays, after: Int64, through: Int64, wantsSkipped: Bool, joinsRuns: Bool) {
        part = days.part
        self.days = days
        zone = part.isInterval ? .utc : days.keeper.zone
        gapPolicy = days.rule.gap
        foldPolicy = part.isElapsed ? .both : days.rule.fold
        self.after = after - part.instantShift
        self.through = through - part.instantShift
        self.wantsSkipped = wantsSkipped
        self.joinsRuns = joinsRuns
        stretch = SlotStretch(of: zone, at: self.after)
        lower = self.after + stretch.offset + 1
        enter()
    }

    /// The next event, nil if there is none in the window.
    mutating func next() -> SlotEvent? {
        while !isDone {
            if queueIndex < queue.count {
                queueIndex += 1
                return emitted(queue[queueIndex - 1])
            }
            queue.removeAll(keepingCapacity: true)
            queueIndex = 0
            search()
        }
        return nil
    }

    private func emitted(_ event: SlotEvent) -> SlotEvent {
        guard part.instantShift != 0 else { return event }
        var event = event
        event.instant += part.instantShift
        event.lastInstant += part.instantShift
        return event
    }

    // MARK: - Stretches

    /// The first reading of the stretch that counts, and the end of those.
    private var visibleStart: Int64 {
        foldPolicy == .first ? max(stretch.firstReading, stretch.high) : stretch.firstReading
    }

    private var visibleEnd: Int64 {
        guard foldPolicy == .second, stretch.end != Int64.max else { return stretch.lastReading }
        // What the next stretch shows once more counts there.
        return min(stretch.lastReading, stretch.next(of: zone).firstReading)
    }

    /// Settles what the clock changes around the stretch do.
    private mutating func enter() {
        lower = max(lower, visibleStart)
        gapIndex = 0
        gapEvents = []
        if gapPolicy == .before {
            guard stretch.end != Int64.max else { return }
            let next = stretch.next(of: zone)
            gapEvents = events(in: next.gap, at: next.start)
        } else {
            gapEvents = events(in: stretch.gap, at: stretch.start)
        }
        let after = after
        gapEvents.removeAll { $0.instant <= after }
    }

    /// Finds the next events, or goes on to the next stretch.
    private mutating func search() {
        let end = visibleEnd
        let found = firstTarget(from: lower)
        if gapIndex < gapEvents.count {
            let gap = gapEvents[gapIndex]
            if found.map({ $0 >= end || $0 - stretch.offset >= gap.instant }) ?? true {
                gapIndex += 1
                guard gap.instant <= through else {
                    isDone = true
                    return
                }
                return queue.append(gap)
            }
        }
        if let found, found < end {
            guard found - stretch.offset <= through else {
                isDone = true
                return
            }
            return take(found, before: end)
        }
        guard stretch.end <= through else {
            isDone = true
            return
        }
        // Nothing that this stretch shows, and so nothing that the next one repeats, is left out.
        let isSettled = lower <= stretch.lastReading - SlotStretch.reach
        if isSettled {
            guard let found else {
                isDone = true
                return
            }
            if found - SlotStretch.reach * 2 > stretch.end {
                stretch = SlotStretch(of: zone, at: found - SlotStretch.reach)
                lower = found
                return enter()
            }
        }
        stretch = stretch.next(of: zone)
        lower = stretch.firstReading
        enter()
    }

    /// Where one slot lies, whatever else the rule has, going through the stretches around it; nil
    /// if it does not elapse.
    mutating func instant(
        ofReading reading: Int64,
        _ anchor: SlotPlan.Anchor,
        fold: Int
    ) -> Int64? {
        // Only the fold policy `second` leaves a choice to the zone alone.
        let wantsLast = foldPolicy == .second
        var found: Int64?
        while true {
            if stretch.gap.contains(reading) {
                let jumped = events(in: stretch.gap, at: stretch.start)
                return jumped.first { $0.target == reading && $0.cause == nil }?.instant
            }
            if reading >= stretch.firstReading, reading < stretch.lastReading {
                let copy = reading < stretch.high ? 1 : 0
                if wantsLast || copy == fold { found = reading - stretch.offset }
            }
            guard stretch.end <= through else { break }
            stretch = stretch.next(of: zone)
        }
        let nominal =
            Int64(anchor.nominalDay) * SlotCursor.day
            + reading - floorDivide(reading, by: SlotCursor.day) * SlotCursor.day
        guard let found, timedCause(nominal, found) == nil else { return nil }
        return found
    }

    // MARK: - Readings

    /// The first reading that is at least `reading` and at which slots lie.
    private mutating func firstTarget(from reading: Int64) -> Int64? {
        var day = Int(floorDivide(reading, by: SlotCursor.day))
        var time = reading - Int64(day) * SlotCursor.day
        while true {
            if planDay > day || plan.map({ $0.day < day }) ?? false {
                plan = days.firstPlan(from: day, onlyLive: !wantsSkipped)
                planDay = day
            }
            guard let plan else { return nil }
            if plan.day > day {
                (day, time) = (plan.day, 0)
            }
            if let found = self.time(of: plan, from: time) {
                return Int64(day) * SlotCursor.day + found
            }
            (day, time) = (day + 1, 0)
        }
    }

    private func time(of plan: SlotPlan, from time: Int64) -> Int64? {
        switch part.source {
        case .pattern, .period: part.times.first(from: time)
        default: plan.anchors.compactMap { self.time(of: $0, from: time) }.min()
        }
    }

    /// The first time of a nominal date that is at least `time`.
    func time(of anchor: SlotPlan.Anchor, from time: Int64) -> Int64? {
        let start = Int64(anchor.sourceDay) * SlotCursor.day
        let found: Int64?
        switch part.source {
        case .pattern, .period: return part.times.first(from: time)
        case .interval(let interval): found = interval.first(from: start + time)
        case .recurrence(let recurrence):
            let from = CivilDateTime(reading: start + time)
            found = recurrence.firstNominal(from: from, in: zone)?.reading
        }
        guard let found, found < start + SlotCursor.day else { return nil }
        return found - start
    }

    /// Queues the slots at a reading; on a date without any that elapses, all to its end at once.
    private mutating func take(_ reading: Int64, before end: Int64) {
        lower = reading + 1
        guard !days.isPlain, let plan else { return queue.append(plainEvent(reading)) }
        let start = Int64(plan.day) * SlotCursor.day
        let isDead = plan.anchors.allSatisfy { $0.cause != nil }
        let hasCount = if case .pattern = part.source { true } else { false }
        if isDead, joinsRuns, hasCount {
            let gap = gapIndex < gapEvents.count ? gapEvents[gapIndex].instant : Int64.max
            let instants = min(gap, through == Int64.max ? through : through + 1)
            let limit = min(
                start + SlotCursor.day,
                end,
                instants == .max ? .max : instants + stretch.offset
            )
            for anchor in plan.anchors {
                queue.append(run(anchor, start, from: reading - start, before: limit - start))
            }
            lower = max(limit, lower)
            return
        }
        for anchor in plan.anchors where time(of: anchor, from: reading - start) == reading - start
        {
            let event = event(anchor, target: reading, instant: reading - stretch.offset)
            if event.cause == nil || wantsSkipped {
                queue.append(event)
            } else {
                drop(event)
            }
        }
    }

    /// Passes over a slot that nobody asked for; of an interval all on a local date that is excepted.
    private mutating func drop(_ event: SlotEvent) {
        dropped += 1
        guard dropped < SlotCursor.dropBound else {
            isDone = true
            return
        }
        guard part.isInterval else { return }
        let zone = days.keeper.zone
        let date = zone.local(Instant(microseconds: event.instant + part.instantShift)).date
        let isWhole = days.rule.exceptions.contains {
            days.keeper.cause($0, on: date.dayNumber).0 != nil
        }
        if isWhole {
            lower = max(lower, zone.endOfDay(date).microseconds - part.instantShift)
        }
    }

    private func plainEvent(_ reading: Int64) -> SlotEvent {
        SlotEvent(
            instant: reading - stretch.offset,
            nominal: reading,
            target: reading,
            fold: reading < stretch.high ? 1 : 0
        )
    }

    private func event(_ anchor: SlotPlan.Anchor, target: Int64, instant: Int64) -> SlotEvent {
        let time = target - floorDivide(target, by: SlotCursor.day) * SlotCursor.day
        let nominal = Int64(anchor.nominalDay) * SlotCursor.day + time
        return SlotEvent(
            instant: instant,
            nominal: nominal,
            target: target,
            fold: target < stretch.high && instant >= stretch.start ? 1 : 0,
            cause: anchor.cause ?? timedCause(nominal, instant),
            isProvisional: anchor.isProvisional,
            name: anchor.name,
            suffix: part.suffix,
            isInterval: part.isInterval
        )
    }

    /// Times of one nominal date that do not elapse, as one event.
    private func run(
        _ anchor: SlotPlan.Anchor,
        _ start: Int64,
        from first: Int64,
        before limit: Int64
    ) -> SlotEvent {
        var event = event(anchor, target: start + first, instant: start + first - stretch.offset)
        let end = min(limit, SlotCursor.day)
        event.count = part.times.count(before: end) - part.times.count(before: first)
        let last = part.times.last(before: end)
        event.lastNominal = Int64(anchor.nominalDay) * SlotCursor.day + last
        event.lastInstant = start + last - stretch.offset
        return event
    }

    /// Whether an exception with a time of day, or for an interval any exception, names a slot.
    private func timedCause(_ nominal: Int64, _ instant: Int64) -> SkipCause? {
        if part.excludes(nominal) { return .excluded }
        guard !days.rule.exceptions.isEmpty else { return nil }
        return days.timedCause(nominal: nominal, instant: instant + part.instantShift)
    }
}
