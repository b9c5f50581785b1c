extension CalendarParser {
    /// Normalizes the fields, and refuses values out of bounds and rules that never elapse.
    mutating func check() throws(CalendarExpressionError) {
        result.normalize()
        let dayStart = dateStarts.last
        let monthStart = dateStarts.dropLast().last
        let yearStart = dateStarts.dropLast(2).last
        let (hourStart, minuteStart) = (timeStarts.first, timeStarts.dropFirst().first)
        try require(result.year, in: CalendarExpression.years, "year", at: yearStart)
        try require(result.month, in: 1...12, "month", at: monthStart)
        // Months have at least 28 days, so the 29th from the end does not always exist.
        let days = result.isFromMonthEnd ? 1...28 : 1...31
        try require(result.day, in: days, "day", at: dayStart)
        try require(result.hour, in: 0...23, "hour", at: hourStart)
        try require(result.minute, in: 0...59, "minute", at: minuteStart)
        try require(result.second, in: 0...59_999_999, "second", at: timeStarts.last)

        let beginning = CivilDate(valid: CalendarExpression.years.lowerBound, 1, 1)
        guard result.firstDate(from: beginning) == nil else { return }
        result.weekdays = []
        if result.firstDate(from: beginning) == nil {
            throw error("the rule never elapses: no month named has that day", at: dayStart)
        }
        throw error("the rule never elapses: the date never falls on that weekday", at: 0)
    }

    private func require(
        _ field: CalendarField,
        in bounds: ClosedRange<Int>,
        _ name: String,
        at position: Int?
    ) throws(CalendarExpressionError) {
        guard !field.isValid(in: bounds, fromMonthEnd: name == "day" && result.isFromMonthEnd)
        else { return }
        let limits = "\(bounds.lowerBound / field.unit)..\(bounds.upperBound / field.unit)"
        throw error("the \(name) does not fit into \(limits)", at: position ?? 0)
    }
}

extension CalendarExpression {
    /// Brings all fields to systemd's normal form.
    fileprivate mutating func normalize() {
        if day.isAny {
            isFromMonthEnd = false
        }
        for index in year.components.indices {
            let component = year.components[index]
            year.components[index].start = CalendarExpression.fullYear(component.start)
            year.components[index].stop = component.stop.map { CalendarExpression.fullYear($0) }
        }
        year.normalize()
        month.normalize()
        day.normalize()
        hour.normalize()
        minute.normalize()
        second.normalize()
    }

    /// The year that two digits mean: 70 to 99 are of the last century.
    private static func fullYear(_ year: Int) -> Int {
        year < 70 ? year + 2000 : year < 100 ? year + 1900 : year
    }
}
