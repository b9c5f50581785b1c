/// A rule that names a day of each dekad, month, quarter, half year or year.
struct CalendarPeriod: Hashable, Sendable {
    /// The length of the periods.
    enum Kind: String, CaseIterable, Hashable, Sendable {
        case dekad
        case month
        case quarter
        case half
        case year

        /// Days of the longest one, which bounds its working days.
        var longest: Int {
            switch self {
            case .dekad: 11
            case .month: 31
            case .quarter: 92
            case .half: 184
            case .year: 366
            }
        }
    }

    /// Which day of the period.
    enum Edge: Hashable, Sendable {
        /// The first.
        case open
        /// The last; without a time its exclusive end.
        case cutOff
        /// The nth working day, or from the period's end.
        case workday(Int, fromEnd: Bool)
    }

    let kind: Kind
    let edge: Edge

    /// The text without the time.
    var text: String {
        switch edge {
        case .open: "\(kind.rawValue) open"
        case .cutOff: "\(kind.rawValue) cut-off"
        case .workday(let count, let fromEnd): "\(kind.rawValue) wd\(fromEnd ? "~" : "")\(count)"
        }
    }
}

/// The days of one period and its name, `2020-D28`, `2020-09`, `2020-Q3`, `2020-H2` or `2020`.
struct CalendarPeriodSpan {
    let id: String
    let first: Int
    let last: Int

    /// The period in which a day lies.
    init(_ kind: CalendarPeriod.Kind, containing day: Int) {
        let date = CivilDate(dayNumber: day)
        let year = date.year.padded(to: 4)
        var firstMonth = 1
        var months = 12
        switch kind {
        case .dekad:
            let dekad = min((date.day - 1) / 10, 2)
            let start = CivilDate(valid: date.year, date.month, dekad * 10 + 1).dayNumber
            first = start
            last = dekad == 2 ? date.lastOfMonth.dayNumber : start + 9
            id = "\(year)-D\(((date.month - 1) * 3 + dekad + 1).padded(to: 2))"
            return
        case .month:
            (firstMonth, months) = (date.month, 1)
            id = "\(year)-\(date.month.padded(to: 2))"
        case .quarter:
            (firstMonth, months) = ((date.month - 1) / 3 * 3 + 1, 3)
            id = "\(year)-Q\((date.month - 1) / 3 + 1)"
        case .half:
            (firstMonth, months) = ((date.month - 1) / 6 * 6 + 1, 6)
            id = "\(year)-H\((date.month - 1) / 6 + 1)"
        case .year:
            id = year
        }
        let start = CivilDate(valid: date.year, firstMonth, 1)
        first = start.dayNumber
        last = start.adding(months: months).dayNumber - 1
    }
}
