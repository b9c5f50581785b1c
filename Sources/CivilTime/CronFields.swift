/// The five fields of a crontab line.
struct CronFields: Hashable, Sendable {
    let minute: CronField
    let hour: CronField
    let day: CronField
    let month: CronField
    let weekday: CronField

    /// Some days of a month on some weekdays: the date part of one alternative.
    struct Days: Hashable, Sendable {
        /// ISO numbers of the weekdays; all seven if any will do.
        var weekdays: Set<Int> = Days.everyWeekday
        /// The days of the month; all if any will do.
        var days: Set<Int> = Days.everyDay
        /// Days from the month's end that count besides, 1 being the last.
        var lastDays: Set<Int> = []

        static let everyWeekday = Set(1...7)
        static let everyDay = Set(1...31)

        var isEveryDay: Bool { days == Days.everyDay }

        /// Whether a month of at most `length` days has one of them.
        func fits(length: Int) -> Bool {
            !weekdays.isEmpty && (!lastDays.isEmpty || days.contains { $0 <= length })
        }

        func text(month: String) -> String {
            let named = Weekday.allCases.filter { weekdays.contains($0.rawValue) }
            let front = named.count == 7 ? "" : CronFields.text(named) + " "
            guard !isEveryDay else { return "\(front)*-\(month)-*" }
            guard !days.isEmpty else {
                let from = CronField.text(lastDays, through: Int.max, width: 2)
                return "\(front)*-\(month)~\(from)"
            }
            let list = CronField.text(days, through: 31, width: 2)
            let ends = lastDays.sorted().map { ",~\($0.padded(to: 2))" }
            return "\(front)*-\(month)-\(list)\(ends.joined())"
        }
    }

    private static func text(_ weekdays: [Weekday]) -> String {
        var parts: [String] = []
        var rest = weekdays[...]
        while let first = rest.first {
            let run = rest.enumerated().prefix { $0.element.rawValue == first.rawValue + $0.offset }
            if run.count > 2, let last = run.last {
                parts.append("\(first.abbreviation)..\(last.element.abbreviation)")
                rest = rest.dropFirst(run.count)
            } else {
                parts.append(first.abbreviation)
                rest = rest.dropFirst()
            }
        }
        return parts.joined(separator: ",")
    }

    /// The dates of the line, one element an alternative.
    ///
    /// Debian's rule: if neither the day of the month nor the weekday begins with `*`, one of the two
    /// is enough; else both have to match.
    func days() throws(CalendarExpressionError) -> [Days] {
        let isEither = !day.beginsWithStar && !weekday.beginsWithStar
        let found = isEither ? byWeekday + byDay : try both()
        let longest = month.values.map { CivilDate.daysInMonth(year: 2000, month: $0) }.max() ?? 31
        let possible = found.filter { $0.fits(length: longest) }
        guard !possible.isEmpty else {
            throw CronParser.error("the line never runs: no month named has that day", day.place)
        }
        let every = possible.first { $0.isEveryDay && $0.weekdays == Days.everyWeekday }
        return every.map { [$0] } ?? possible
    }

    private var byWeekday: [Days] {
        // cron counts from Sunday, 0 or 7.
        let plain = Set(weekday.values.map { ($0 + 6) % 7 + 1 })
        var found = plain.isEmpty ? [] : [Days(weekdays: plain)]
        for element in weekday.numbered.sorted(by: {
            ($0.weekday, $0.ordinal) < ($1.weekday, $1.ordinal)
        }) {
            var days = Days(weekdays: [(element.weekday + 6) % 7 + 1], days: [])
            if element.ordinal == 0 {
                days.lastDays = Set(1...7)
            } else {
                let first = element.ordinal * 7 - 6
                days.days = Set(first...min(first + 6, 31))
            }
            found.append(days)
        }
        return found
    }

    private var byDay: [Days] {
        var found: [Days] = []
        if !day.values.isEmpty || day.hasLastDay {
            found.append(Days(days: day.values, lastDays: day.hasLastDay && !day.isAll ? [1] : []))
        }
        if day.hasLastWorkday {
            // The last day if it is Monday to Thursday; Friday may have the weekend behind it.
            found.append(Days(weekdays: Set(1...4), days: [], lastDays: [1]))
            found.append(Days(weekdays: [5], days: [], lastDays: Set(1...3)))
        }
        return found
    }

    /// Every pair of a choice by weekday and one by day.
    private func both() throws(CalendarExpressionError) -> [Days] {
        var found: [Days] = []
        for left in byWeekday {
            for right in byDay {
                let isPlain = left.isEveryDay || right.isEveryDay
                guard isPlain || left.lastDays.isEmpty && right.lastDays.isEmpty else {
                    throw CronParser.error(
                        "weekdays counted from the month's end do not go with a list of days",
                        weekday.place
                    )
                }
                let weekdays = left.weekdays.intersection(right.weekdays)
                let days = left.isEveryDay ? right : left
                let shared = isPlain ? days.days : left.days.intersection(right.days)
                found.append(Days(weekdays: weekdays, days: shared, lastDays: days.lastDays))
            }
        }
        return found
    }
}
