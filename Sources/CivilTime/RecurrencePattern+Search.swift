extension RecurrencePattern {
    /// Periods that a search looks at between two instances, at most.
    ///
    /// A day-long period or a longer one needs no more than the 84,006 days of the years 1970 to
    /// 2199; with shorter ones a rule comes round within one day's count of periods on the dates
    /// that it names.
    private static let stepLimit = 1 << 20

    /// The instance `count` places after the first one that is at least `from`; nil if the years end
    /// before it.
    ///
    /// The pattern has to be a ``filled(from:)`` one. Periods are numbered along the local time line,
    /// so the search begins with the period of `from`, and jumps over months, days, hours and
    /// minutes that the rule does not name.
    func instance(
        _ count: Int = 0,
        from: CivilDateTime,
        start: CivilDateTime
    ) -> CivilDateTime? {
        let from = max(from, start)
        let anchor = number(of: start)
        let last = number(of: RecurrencePattern.end)
        var unit = aligned(number(of: from), to: anchor)
        var left = count
        var steps = RecurrencePattern.stepLimit
        while unit <= last, steps > 0 {
            steps -= 1
            if let next = jump(over: unit) {
                unit = aligned(next, to: anchor)
                continue
            }
            let answer = period(unit).instance(left, from: from)
            if let found = answer.found { return found }
            if answer.left < left {
                // Counting gets on, so the bound is one between two instances.
                steps = RecurrencePattern.stepLimit
            }
            left = answer.left
            unit += interval
        }
        return nil
    }

    private static let end = CivilDateTime(
        date: CivilDate(valid: CalendarDates.years.upperBound, 12, 31),
        time: TimeOfDay(microsecondOfDay: 86_399_000_000)
    )

    /// The smallest number of a period that is at least `unit` and whole intervals after `anchor`.
    private func aligned(_ unit: Int, to anchor: Int) -> Int {
        let distance = max(unit - anchor, 0)
        return anchor + (distance + interval - 1) / interval * interval
    }

    /// The number of the period in which a local time lies.
    private func number(of local: CivilDateTime) -> Int {
        let day = local.date.dayNumber
        switch frequency {
        case .yearly: return local.date.year
        case .monthly: return local.date.year * 12 + local.date.month - 1
        case .weekly: return weekNumber(day)
        default:
            let length = 86_400_000_000 / Int64(frequency.periodsInDay)
            return day * frequency.periodsInDay + Int(local.time.microsecondOfDay / length)
        }
    }

    /// Weeks since the one that began on the rule's first weekday before 1970, a Thursday.
    private func weekNumber(_ dayNumber: Int) -> Int {
        Int(floorDivide(Int64(dayNumber - firstWeekday), by: 7))
    }

    /// The day number on which some week begins.
    private var firstWeekday: Int { weekStart.rawValue - Weekday.thursday.rawValue }

    // MARK: - One period

    private func period(_ unit: Int) -> RecurrencePeriod {
        var (hours, minutes, seconds) = (hours, minutes, seconds)
        if frequency.isWithinDay {
            let part = unit % frequency.periodsInDay
            let second = part * (86_400 / frequency.periodsInDay)
            hours = [second / 3_600]
            if frequency != .hourly {
                minutes = [second / 60 % 60]
            }
            if frequency == .secondly {
                seconds = [second % 60]
            }
        }
        return RecurrencePeriod(
            dates: dates(unit),
            hours: hours,
            minutes: minutes,
            seconds: seconds,
            positions: positions
        )
    }

    private func dates(_ unit: Int) -> [CivilDate] {
        switch frequency {
        case .yearly:
            let months = months.isEmpty ? Array(1...12) : months
            return months.flatMap { dates(year: unit, month: $0) }
        case .monthly: return dates(year: unit / 12, month: unit % 12 + 1)
        case .weekly:
            let first = unit * 7 + firstWeekday
            let week = (first..<first + 7).map { CivilDate(dayNumber: $0) }
            return week.filter { $0 <= RecurrencePattern.end.date && matches($0) }
        // That the date matches was found before: no jump leads over it.
        default: return [date(unit)]
        }
    }

    private func dates(year: Int, month: Int) -> [CivilDate] {
        guard months.isEmpty || months.contains(month) else { return [] }
        let days = 1...CivilDate.daysInMonth(year: year, month: month)
        return days.lazy.map { CivilDate(valid: year, month, $0) }.filter(matches)
    }

    /// The date of a period that is a day or lies within one.
    private func date(_ unit: Int) -> CivilDate {
        CivilDate(dayNumber: unit / frequency.periodsInDay)
    }

    // MARK: - Jumps

    /// The first period after one of a day or less that could have an instance, nil if that one
    /// itself could.
    private func jump(over unit: Int) -> Int? {
        guard frequency == .daily || frequency.isWithinDay else { return nil }
        let date = date(unit)
        guard months.isEmpty || months.contains(date.month) else {
            return date.lastOfMonth.adding(days: 1).dayNumber * frequency.periodsInDay
        }
        let perDay = frequency.periodsInDay
        guard matches(date) else { return (unit / perDay + 1) * perDay }
        guard frequency.isWithinDay else { return nil }
        let (perHour, perMinute) = (perDay / 24, perDay / 1_440)
        // From the longest part to the shortest: the first one that does not match is jumped over.
        if let next = jump(over: unit, part: perHour, of: perDay, to: hours) { return next }
        guard frequency != .hourly else { return nil }
        if let next = jump(over: unit, part: perMinute, of: perHour, to: minutes) { return next }
        guard frequency == .secondly else { return nil }
        return jump(over: unit, part: 1, of: perMinute, to: seconds)
    }

    /// The first period with the next of some values in a part of the time of day, nil if this one
    /// has one of them.
    private func jump(over unit: Int, part: Int, of whole: Int, to values: [Int]) -> Int? {
        let value = unit % whole / part
        guard !values.isEmpty, !values.contains(value) else { return nil }
        let next = values.first { $0 > value }
        return unit / whole * whole + (next.map { $0 * part } ?? whole)
    }

    // MARK: - Time of day

    /// Whether periods shorter than a day ever fall on a time of day that the rule names: they only
    /// reach those that differ from DTSTART's by multiples of what interval and day have in common.
    func isInStep(with start: CivilDateTime) -> Bool {
        guard frequency.isWithinDay else { return true }
        let perDay = frequency.periodsInDay
        var (common, rest) = (perDay, interval)
        while rest != 0 {
            (common, rest) = (rest, common % rest)
        }
        let first = number(of: start) % common
        return stride(from: first, to: perDay, by: common).contains { part in
            let second = part * (86_400 / perDay)
            return (hours.isEmpty || hours.contains(second / 3_600))
                && (frequency == .hourly || minutes.isEmpty || minutes.contains(second / 60 % 60))
                && (frequency != .secondly || seconds.isEmpty || seconds.contains(second % 60))
        }
    }
}
