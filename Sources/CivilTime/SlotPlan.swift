/// What an alternative has on one local date: which nominal dates come to lie there.
struct SlotPlan {
    /// A nominal date.
    struct Anchor {
        /// The date that names the slot, in days since 1970-01-01.
        let nominalDay: Int
        /// The date that the rule names; the day before for the exclusive end of a day.
        let sourceDay: Int
        /// What names the slot instead of the date, `2020-10 wd3`.
        var name: String?
        /// Why its slots do not elapse, whatever their time.
        var cause: SkipCause?
        var isProvisional = false
    }

    /// The date on which the slots lie.
    let day: Int
    let anchors: [Anchor]
}

/// The dates of an alternative, in order, with all that a calendar does to them.
struct SlotDays {
    let rule: CalendarRule
    let part: CalendarPart
    let keeper: Timekeeper
    /// Whether each date stands for itself and nothing can exclude it.
    let isPlain: Bool

    init(rule: CalendarRule, part: CalendarPart, keeper: Timekeeper) {
        self.rule = rule
        self.part = part
        self.keeper = keeper
        isPlain = rule.isPlain
    }

    /// The first date that is at least `day` and has slots; with `onlyLive` one where some elapse.
    func firstPlan(from day: Int, onlyLive: Bool) -> SlotPlan? {
        if isPlain {
            guard let found = part.dates.first(from: day) else { return nil }
            return SlotPlan(day: found, anchors: [])
        }
        var day = day
        while let plan = firstPlan(from: day) {
            if !onlyLive || plan.anchors.contains(where: { $0.cause == nil }) { return plan }
            day = plan.day + 1
        }
        return nil
    }

    private func firstPlan(from day: Int) -> SlotPlan? {
        guard let (first, named) = nextAnchors(from: lowestSource(of: day)) else { return nil }
        let target = image(of: first)
        var anchors = named
        guard !isInjective else { return SlotPlan(day: target, anchors: anchors) }
        var source = first
        while let (following, more) = nextAnchors(from: source + 1), image(of: following) == target
        {
            anchors += more
            source = following
        }
        return SlotPlan(day: target, anchors: anchors)
    }

    // MARK: - Where a date goes

    /// Whether no two dates go to one.
    private var isInjective: Bool {
        rule.roll == .none && !part.shifts.contains(where: \.isWorkdays)
    }

    /// Where a date of the rule goes; it never goes before an earlier one does.
    func image(of day: Int) -> Int {
        guard rule.roll != .none || !part.shifts.isEmpty else { return day + part.dayBias }
        guard !part.isInterval else { return day }
        var date = CivilDate(dayNumber: day)
        if rule.roll != .none {
            date = keeper.calendar.roll(date, rule.roll)
        }
        for shift in part.shifts {
            date =
                shift.isWorkdays
                ? keeper.calendar.adding(workdays: shift.count, to: date)
                : date.adding(days: shift.count)
        }
        return date.dayNumber + part.dayBias
    }

    /// The first date that goes to `day` or later.
    private func lowestSource(of day: Int) -> Int {
        if isInjective { return day - image(of: 0) }
        var width = 4
        while image(of: day - width) >= day, width < 100_000 {
            width *= 2
        }
        var (low, high) = (day - width, day)
        while image(of: high) < day, high < CalendarDates.days.upperBound + 400 {
            low = high
            high += width
        }
        while high - low > 1 {
            let middle = (low + high) / 2
            if image(of: middle) >= day {
                high = middle
            } else {
                low = middle
            }
        }
        return high
    }

    private func isProvisional(_ day: Int) -> Bool {
        guard rule.roll != .none || part.shifts.contains(where: \.isWorkdays) else { return false }
        return isUnknown(day) || isUnknown(image(of: day) - part.dayBias)
    }

    private func isUnknown(_ day: Int) -> Bool {
        keeper.calendar.isProvisional(CivilDate(dayNumber: day))
    }

    // MARK: - Dates of the rule

    /// The first date that is at least `day` and that the rule names, once for each name it has.
    func nextAnchors(from day: Int) -> (day: Int, anchors: [SlotPlan.Anchor])? {
        var day = max(day, CalendarDates.days.lowerBound)
        while day <= CalendarDates.days.upperBound {
            if let stride = rule.stride, !part.isInterval {
                day = stride.first(from: day)
            }
            guard let (found, anchors) = unstrided(from: day) else { return nil }
            if rule.stride?.takes(found) ?? true || part.isInterval {
                return (found, anchors.map(judged))
            }
            day = found
        }
        return nil
    }

    private func unstrided(from day: Int) -> (day: Int, anchors: [SlotPlan.Anchor])? {
        let found: Int?
        switch part.source {
        case .pattern where part.dates.countsWorkdays: return monthlyWorkdays(from: day)
        case .period(let period): return periodDays(period, from: day)
        case .pattern: found = part.dates.first(from: day)
        case .interval(let interval):
            let next = interval.first(from: Int64(day) * 86_400_000_000)
            found = Int(next / 86_400_000_000)
        case .recurrence(let recurrence):
            let start = CivilDateTime(date: CivilDate(dayNumber: day), time: .midnight)
            found = recurrence.firstNominal(from: start, in: keeper.zone)?.date.dayNumber
        }
        return found.map { day in
            (day, [SlotPlan.Anchor(nominalDay: day + part.dayBias, sourceDay: day)])
        }
    }

    /// Adds what excludes a date, and whether its place may still change.
    private func judged(_ anchor: SlotPlan.Anchor) -> SlotPlan.Anchor {
        var anchor = anchor
        anchor.isProvisional = anchor.isProvisional || isProvisional(anchor.sourceDay)
        guard !part.isInterval else { return anchor }
        for exception in rule.exceptions {
            let (cause, isUnsure) = keeper.cause(exception, on: anchor.sourceDay)
            anchor.cause = anchor.cause ?? cause
            anchor.isProvisional = anchor.isProvisional || isUnsure
        }
        return anchor
    }

    private func monthlyWorkdays(from day: Int) -> (day: Int, anchors: [SlotPlan.Anchor])? {
        var date = CivilDate(dayNumber: day)
        if !part.dates.hasMonth(date.year, date.month) {
            guard let next = part.dates.nextMonth(afterYear: date.year, date.month) else {
                return nil
            }
            date = CivilDate(valid: next.year, next.month, 1)
        }
        let named =
            (1...31).filter { part.dates.workdays >> UInt32($0) & 1 == 1 }.map { ($0, false) }
            + (1...31).filter { part.dates.lastWorkdays >> UInt32($0) & 1 == 1 }.map { ($0, true) }
        while true {
            let span = CalendarPeriodSpan(.month, containing: date.dayNumber)
            let days = named.map { keeper.workday($0.0, fromEnd: $0.1, in: span) }
                .filter { $0.sourceDay >= day && part.dates.hasWeekday(of: $0.sourceDay) }
            if let first = days.map(\.sourceDay).min() {
                return (first, days.filter { $0.sourceDay == first })
            }
            guard let next = part.dates.nextMonth(afterYear: date.year, date.month) else {
                return nil
            }
            date = CivilDate(valid: next.year, next.month, 1)
        }
    }

    private func periodDays(
        _ period: CalendarPeriod,
        from day: Int
    ) -> (day: Int, anchors: [SlotPlan.Anchor])? {
        var span = CalendarPeriodSpan(period.kind, containing: day)
        while true {
            let anchor: SlotPlan.Anchor
            switch period.edge {
            case .open: anchor = SlotPlan.Anchor(nominalDay: span.first, sourceDay: span.first)
            case .cutOff:
                anchor = SlotPlan.Anchor(nominalDay: span.last + part.dayBias, sourceDay: span.last)
            case .workday(let count, let fromEnd):
                anchor = keeper.workday(count, fromEnd: fromEnd, in: span)
            }
            if anchor.sourceDay > CalendarDates.days.upperBound { return nil }
            if anchor.sourceDay >= day { return (anchor.sourceDay, [anchor]) }
            span = CalendarPeriodSpan(period.kind, containing: span.last + 1)
        }
    }
}

extension Timekeeper {
    /// The nth working day of a period; where the period has fewer, its last day, or its first if
    /// counted from the end, as a slot that the calendar leaves no day.
    fileprivate func workday(
        _ count: Int,
        fromEnd: Bool,
        in span: CalendarPeriodSpan
    ) -> SlotPlan.Anchor {
        let edge = CivilDate(dayNumber: fromEnd ? span.last + 1 : span.first - 1)
        let found = calendar.adding(workdays: fromEnd ? -count : count, to: edge).dayNumber
        let isMissing = found < span.first || found > span.last
        let day = isMissing ? (fromEnd ? span.first : span.last) : found
        let from = CivilDate(dayNumber: fromEnd ? span.last : span.first)
        return SlotPlan.Anchor(
            nominalDay: day,
            sourceDay: day,
            name: "\(span.id) wd\(fromEnd ? "~" : "")\(count)",
            cause: isMissing ? .calendar : nil,
            isProvisional: calendar.isProvisional(from)
                || calendar.isProvisional(CivilDate(dayNumber: day))
        )
    }

    /// Why an exception excludes a whole date, nil if it does not, and whether its calendar is not
    /// sure about the date.
    func cause(_ exception: CalendarException, on day: Int) -> (SkipCause?, Bool) {
        let date = CivilDate(dayNumber: day)
        switch exception {
        case .off:
            return (calendar.isWorkday(date) ? nil : .calendar, calendar.isProvisional(date))
        case .calendar(let id):
            guard let other = calendar(named: id) else { return (nil, true) }
            return (other.isWorkday(date) ? nil : .excluded, other.isProvisional(date))
        case .rule(let part, let isWholeDate, _):
            guard isWholeDate else { return (nil, false) }
            return (part.names(day, in: self) ? .excluded : nil, false)
        }
    }

    /// A calendar that an exception names.
    func calendar(named id: String) -> WorkCalendar? {
        calendars[id] ?? (calendar.id == id ? calendar : nil)
    }
}

extension CalendarPart {
    /// Whether the rule of an exception has a date.
    func names(_ day: Int, in keeper: Timekeeper) -> Bool {
        if isPlain { return dates.first(from: day) == day }
        let days = SlotDays(rule: CalendarRule(exception: self), part: self, keeper: keeper)
        guard let plan = days.firstPlan(from: day + dayBias, onlyLive: true) else { return false }
        return plan.day == day + dayBias
    }

    /// Whether the rule of an exception has a local time; shifts of the instant shift the reading.
    func names(reading: Int64, in keeper: Timekeeper) -> Bool {
        if case .interval = source { return false }
        let shifted = reading - instantShift
        let day = Int(floorDivide(shifted, by: 86_400_000_000))
        guard names(day - dayBias, in: keeper) else { return false }
        let time = shifted - Int64(day) * 86_400_000_000
        if case .recurrence(let rule) = source {
            return rule.names(CivilDateTime(reading: shifted), in: keeper.zone)
        }
        return times.first(from: time) == time
    }
}

extension CalendarRule {
    /// The rule of an exception, without clauses.
    fileprivate convenience init(exception part: CalendarPart) {
        self.init(text: "", parts: (part, []), clauses: CalendarClauses())
    }
}
