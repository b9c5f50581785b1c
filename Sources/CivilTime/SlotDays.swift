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

    func isProvisional(_ day: Int) -> Bool {
        guard rule.roll != .none || part.shifts.contains(where: \.isWorkdays) else { return false }
        return isUnknown(day) || isUnknown(image(of: day) - part.dayBias)
    }

    private func isUnknown(_ day: Int) -> Bool {
        keeper.calendar.isProvisional(CivilDate(dayNumber: day))
    }
}
