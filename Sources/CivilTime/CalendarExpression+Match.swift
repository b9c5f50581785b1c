extension CalendarExpression {
    /// The first matching local time that is at least `reading`, in the units of
    /// ``CivilDateTime/reading``; nil if none is left before the end of 2199.
    func firstReading(from reading: Int64) -> Int64? {
        var local = CivilDateTime(reading: max(reading, 0))
        // The time of day may be over on the first date, so a second round finds it for certain.
        while let date = firstDate(from: local.date) {
            let earliest = date == local.date ? local.time : .midnight
            if let time = firstTime(from: earliest) {
                return CivilDateTime(date: date, time: time).reading
            }
            local = CivilDateTime(date: date.adding(days: 1), time: .midnight)
        }
        return nil
    }

    /// The first matching date that is at least `date`: a jump per field, and at most 31 steps in a
    /// month to find the weekday.
    func firstDate(from date: CivilDate) -> CivilDate? {
        var year = date.year
        var month = date.month
        var day = date.day
        let lastYear = CalendarExpression.years.upperBound
        while let matchingYear = self.year.next(from: year, through: lastYear) {
            if matchingYear > year {
                (month, day) = (1, 1)
            }
            year = matchingYear
            while let matchingMonth = self.month.next(from: month, through: 12) {
                if matchingMonth > month {
                    day = 1
                }
                if let found = firstDay(year: year, month: matchingMonth, from: day) {
                    return found
                }
                month = matchingMonth + 1
                day = 1
            }
            (year, month, day) = (year + 1, 1, 1)
        }
        return nil
    }

    private func firstDay(year: Int, month: Int, from first: Int) -> CivilDate? {
        let last = CivilDate.daysInMonth(year: year, month: month)
        let field = isFromMonthEnd ? day.counted(fromEndOf: last) : day
        var candidate = first
        while let matching = field.next(from: candidate, through: last) {
            let date = CivilDate(valid: year, month, matching)
            if weekdays.isEmpty || weekdays.contains(date.weekday) {
                return date
            }
            candidate = matching + 1
        }
        return nil
    }

    /// The first matching time of a day that is at least `time`.
    private func firstTime(from time: TimeOfDay) -> TimeOfDay? {
        var hour = time.hour
        var minute = time.minute
        var second = time.second * 1_000_000 + time.microsecond
        while let matchingHour = self.hour.next(from: hour, through: 23) {
            if matchingHour > hour {
                (minute, second) = (0, 0)
            }
            hour = matchingHour
            while let matchingMinute = self.minute.next(from: minute, through: 59) {
                if matchingMinute > minute {
                    second = 0
                }
                if let found = self.second.next(from: second, through: 59_999_999) {
                    let minutes = Int64(hour * 60 + matchingMinute)
                    return TimeOfDay(microsecondOfDay: minutes * 60_000_000 + Int64(found))
                }
                (minute, second) = (matchingMinute + 1, 0)
            }
            (hour, minute, second) = (hour + 1, 0, 0)
        }
        return nil
    }
}

extension CalendarField {
    /// The same days counted from the start of a month of `length` days; `~01..03` runs from the
    /// third last day to the last.
    fileprivate func counted(fromEndOf length: Int) -> CalendarField {
        let turned = components.map { component in
            let start = length + 1 - component.start
            guard let stop = component.stop else {
                return Component(start: start, stop: nil, step: component.step)
            }
            return Component(start: length + 1 - stop, stop: start, step: component.step)
        }
        return CalendarField(components: turned, unit: unit)
    }
}
