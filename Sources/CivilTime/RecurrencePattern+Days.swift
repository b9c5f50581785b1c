extension RecurrencePattern {
    /// Whether all parts that choose days take a date.
    func matches(_ date: CivilDate) -> Bool {
        guard months.isEmpty || months.contains(date.month) else { return false }
        if !monthDays.isEmpty {
            let length = CivilDate.daysInMonth(year: date.year, month: date.month)
            guard monthDays.contains(date.day) || monthDays.contains(date.day - length - 1) else {
                return false
            }
        }
        if !yearDays.isEmpty {
            let (day, length) = (date.dayOfYear, date.daysInYear)
            guard yearDays.contains(day) || yearDays.contains(day - length - 1) else {
                return false
            }
        }
        return matchesWeek(date) && matchesWeekday(date)
    }

    /// RFC 5545: week 1 is the first one that has four days or more of its year.
    private func matchesWeek(_ date: CivilDate) -> Bool {
        guard !weekNumbers.isEmpty else { return true }
        let (year, week) = week(of: date)
        guard !weekNumbers.contains(week) else { return true }
        // 28 December lies in the last week of its year, whatever day weeks begin on.
        let last = self.week(of: CivilDate(valid: year, 12, 28)).week
        return weekNumbers.contains(week - last - 1)
    }

    /// The number of the week in which a date lies, and the year that it counts to.
    private func week(of date: CivilDate) -> (year: Int, week: Int) {
        let passed = (date.weekday.rawValue - weekStart.rawValue + 7) % 7
        let middle = date.adding(days: 3 - passed)
        return (middle.year, (middle.dayOfYear - 1) / 7 + 1)
    }

    private func matchesWeekday(_ date: CivilDate) -> Bool {
        guard !days.isEmpty else { return true }
        let weekday = date.weekday
        // A number counts within the month, or within the year of a yearly rule without months.
        let isYear = frequency == .yearly && months.isEmpty
        return days.contains { element in
            guard element.weekday == weekday else { return false }
            guard element.ordinal != 0 else { return true }
            let day = isYear ? date.dayOfYear : date.day
            let length =
                isYear
                ? date.daysInYear : CivilDate.daysInMonth(year: date.year, month: date.month)
            return element.ordinal > 0
                ? (day - 1) / 7 + 1 == element.ordinal : (length - day) / 7 + 1 == -element.ordinal
        }
    }
}

extension CivilDate {
    /// The day of the year, from 1.
    var dayOfYear: Int { dayNumber - CivilDate(valid: year, 1, 1).dayNumber + 1 }

    /// 365, or 366 in a leap year.
    var daysInYear: Int { CivilDate.daysInMonth(year: year, month: 2) + 337 }
}
