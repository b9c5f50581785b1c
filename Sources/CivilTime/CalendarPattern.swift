/// A rule in systemd's fields as it is read and printed; ``CalendarDates`` and ``CalendarTimes`` are
/// what a search uses of it.
struct CalendarPattern: Hashable, Sendable {
    /// The weekdays that match; empty if all do.
    var weekdays: Set<Weekday> = []
    var year = CalendarField.any
    var month = CalendarField.any
    var day = CalendarField.any
    /// Whether days count from the month's end, `~01` being its last day.
    var isFromMonthEnd = false
    /// Days from the month's end in a list that names others too, `10,20,~01`.
    var lastDays: [Int] = []
    /// Working days of the month, `wd3`, and from its end, `wd~1`.
    var workdays: [Int] = []
    var lastWorkdays: [Int] = []
    var hour = CalendarField(0)
    var minute = CalendarField(0)
    /// Seconds in microseconds.
    var second = CalendarField(0, unit: 1_000_000)
    /// Whether the text names a time of day; an exception without one is for whole dates.
    var hasTime = false

    /// Whether the rule names a rhythm rather than times of the day.
    var isElapsed: Bool {
        minute.isAny || minute.hasRepetition || second.isAny || second.hasRepetition
            || hour.mask(0...23) == 0xFF_FFFF
    }

    var times: CalendarTimes { CalendarTimes(hour: hour, minute: minute, second: second) }

    /// The days of a month, and those from its end, as bits 1 to 31.
    var dayMasks: (days: UInt32, lastDays: UInt32) {
        guard workdays.isEmpty, lastWorkdays.isEmpty else { return (0, 0) }
        guard !isFromMonthEnd else { return (0, day.maskFromEnd) }
        let last = lastDays.reduce(UInt32(0)) { $0 | 1 << UInt32($1) }
        // An empty list means every day, but not beside days from the month's end.
        let days = day.isAny && last != 0 ? 0 : UInt32(truncatingIfNeeded: day.mask(1...31))
        return (days, last)
    }

    /// Brings all fields to systemd's normal form.
    mutating func normalize() {
        if day.isAny, !lastDays.isEmpty {
            // A list of nothing but `~` is systemd's own form.
            day = CalendarField(components: [], unit: 1)
            day.components = lastDays.map { CalendarField.Component(start: $0, stop: nil, step: 0) }
            lastDays = []
            isFromMonthEnd = true
        }
        if day.isAny {
            isFromMonthEnd = false
        }
        for index in year.components.indices {
            let component = year.components[index]
            year.components[index].start = CalendarPattern.fullYear(component.start)
            year.components[index].stop = component.stop.map { CalendarPattern.fullYear($0) }
        }
        year.normalize()
        month.normalize()
        day.normalize()
        hour.normalize()
        minute.normalize()
        second.normalize()
        lastDays = Set(lastDays).sorted()
        workdays = Set(workdays).sorted()
        lastWorkdays = Set(lastWorkdays).sorted()
    }

    /// The year that two digits mean: 70 to 99 are of the last century.
    private static func fullYear(_ year: Int) -> Int {
        year < 70 ? year + 2000 : year < 100 ? year + 1900 : year
    }
}

extension CalendarField {
    /// Days from the month's end as bits 1 to 31; a repetition runs on towards the end.
    fileprivate var maskFromEnd: UInt32 {
        var mask: UInt32 = 0
        for component in components {
            // `~01..10/4` begins with the 10th last day.
            var day = component.stop ?? component.start
            let last = component.stop == nil ? 1 : component.start
            repeat {
                mask |= 1 << UInt32(day)
                day -= component.step
            } while component.step > 0 && day >= last
        }
        return mask
    }
}

extension CalendarPattern {
    /// The weekdays with three days or more in a row as a range, empty for all.
    var weekdayText: String {
        var parts: [String] = []
        var run: [Weekday] = []
        for weekday in Weekday.allCases {
            if weekdays.contains(weekday) {
                run.append(weekday)
            } else {
                parts += CalendarPattern.text(run: run)
                run = []
            }
        }
        parts += CalendarPattern.text(run: run)
        return parts.joined(separator: ",")
    }

    private static func text(run: [Weekday]) -> [String] {
        guard run.count > 2, let first = run.first, let last = run.last else {
            return run.map(\.abbreviation)
        }
        return ["\(first.abbreviation)..\(last.abbreviation)"]
    }

    var dateText: String {
        "\(year.text(width: 4))-\(month.text(width: 2))\(isFromMonthEnd ? "~" : "-")\(dayText)"
    }

    private var dayText: String {
        let counted = workdays.map { "wd\($0)" } + lastWorkdays.map { "wd~\($0)" }
        guard counted.isEmpty else { return counted.joined(separator: ",") }
        guard !lastDays.isEmpty else { return day.text(width: 2) }
        return ([day.text(width: 2)] + lastDays.map { "~" + $0.padded(to: 2) })
            .joined(separator: ",")
    }

    var timeText: String {
        "\(hour.text(width: 2)):\(minute.text(width: 2)):\(second.text(width: 2))"
    }

    /// The normal form of systemd; without the time for an exception of whole dates.
    func text(isWholeDate: Bool = false) -> String {
        var parts = weekdays.isEmpty ? [] : [weekdayText]
        parts.append(dateText)
        if !isWholeDate {
            parts.append(timeText)
        }
        return parts.joined(separator: " ")
    }
}
