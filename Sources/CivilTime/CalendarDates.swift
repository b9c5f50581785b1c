/// The dates that a rule names by year, month, day and weekday, as bit masks.
struct CalendarDates: Hashable, Sendable {
    /// The years that an expression can name; nothing elapses after the last one.
    static let years = 1970...2199
    /// The first and the last day of those years, counted from 1970-01-01.
    static let days = 0...84_005

    private let years: [CalendarField.Component]
    /// Bits 1 to 12.
    private let months: UInt16
    /// Bit 0 is Monday; a full mask where every weekday matches.
    private let weekdays: UInt8
    /// Bits 1 to 31.
    private let monthDays: UInt32
    /// Days from the month's end: bit 31 - n for `~n`, so that a shift aligns them.
    private let lastDays: UInt32
    /// Working days of the month from its first and from its last; bits 1 to 31.
    let workdays: UInt32
    let lastWorkdays: UInt32

    init(_ pattern: CalendarPattern) {
        years = pattern.year.components
        months = UInt16(truncatingIfNeeded: pattern.month.mask(1...12))
        var mask: UInt8 = 0
        for weekday in pattern.weekdays {
            mask |= 1 << UInt8(weekday.rawValue - 1)
        }
        weekdays = mask == 0 ? 0x7F : mask
        let (days, lastDays) = pattern.dayMasks
        monthDays = days
        var reversed: UInt32 = 0
        for day in 1...31 where lastDays >> UInt32(day) & 1 == 1 {
            reversed |= 1 << UInt32(31 - day)
        }
        self.lastDays = reversed
        workdays = UInt32(truncatingIfNeeded: pattern.workdays.reduce(0) { $0 | 1 << UInt64($1) })
        lastWorkdays = UInt32(
            truncatingIfNeeded: pattern.lastWorkdays.reduce(0) { $0 | 1 << UInt64($1) }
        )
    }

    /// Whether days are counted in working days, so that the dates depend on a calendar.
    var countsWorkdays: Bool { workdays | lastWorkdays != 0 }

    /// The first matching day that is at least `day`, in days since 1970-01-01.
    func first(from day: Int) -> Int? {
        guard day <= CalendarDates.days.upperBound else { return nil }
        let date = CivilDate(dayNumber: max(day, CalendarDates.days.lowerBound))
        var (year, month) = (date.year, date.month)
        let first = CivilDate(valid: year, month, 1)
        var firstDay = first.dayNumber
        if hasMonth(year, month) {
            let length = CivilDate.daysInMonth(year: year, month: month)
            let later = matching(firstDay: firstDay, length: length) >> UInt32(date.day)
            if later != 0 { return firstDay + date.day - 1 + later.trailingZeroBitCount }
        }
        while let next = nextMonth(afterYear: year, month) {
            (year, month) = next
            firstDay = CivilDate(valid: year, month, 1).dayNumber
            let length = CivilDate.daysInMonth(year: year, month: month)
            let days = matching(firstDay: firstDay, length: length)
            if days != 0 { return firstDay - 1 + days.trailingZeroBitCount }
        }
        return nil
    }

    /// Whether the rule names any day of a month.
    func hasMonth(_ year: Int, _ month: Int) -> Bool {
        months >> UInt16(month) & 1 == 1 && nextYear(from: year) == year
    }

    /// The next month after one that the rule names.
    func nextMonth(afterYear year: Int, _ month: Int) -> (year: Int, month: Int)? {
        let later = month == 12 ? 0 : months >> UInt16(month + 1)
        if later != 0, nextYear(from: year) == year {
            return (year, month + 1 + later.trailingZeroBitCount)
        }
        guard months != 0, let next = nextYear(from: year + 1) else { return nil }
        return (next, months.trailingZeroBitCount)
    }

    /// Whether a weekday matches.
    func hasWeekday(of day: Int) -> Bool {
        weekdays >> UInt8((day + 3 + 7 * 200_000) % 7) & 1 == 1
    }

    private func nextYear(from year: Int) -> Int? {
        guard !years.isEmpty else { return year <= CalendarDates.years.upperBound ? year : nil }
        let field = CalendarField(components: years, unit: 1)
        return field.next(from: year, through: CalendarDates.years.upperBound)
    }

    /// The matching days of one month, bits 1 to its length.
    private func matching(firstDay: Int, length: Int) -> UInt32 {
        let fromEnd = length == 31 ? lastDays << 1 : lastDays >> UInt32(30 - length)
        let all = UInt32.max >> UInt32(31 - length) & ~1
        let days = (monthDays | fromEnd) & all
        guard weekdays != 0x7F else { return days }
        let rotation = UInt64((firstDay + 3) % 7)
        let week = (UInt64(weekdays) >> rotation | UInt64(weekdays) << (7 - rotation)) & 0x7F
        // The week over and over, beginning with the first of the month at bit 1.
        return days & UInt32(truncatingIfNeeded: (week &* 0x1020_4081) << 1)
    }
}
