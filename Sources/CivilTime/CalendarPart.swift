/// One alternative of an expression, compiled for the search.
struct CalendarPart: Hashable, Sendable {
    /// Where its days come from.
    indirect enum Source: Hashable, Sendable {
        case pattern
        case period(CalendarPeriod)
        case interval(CalendarInterval)
        case recurrence(CalendarRecurrence)
    }

    let source: Source
    let dates: CalendarDates
    let times: CalendarTimes
    /// 1 where the time is the exclusive end of the day, which is the next day's 00:00.
    let dayBias: Int
    /// Shifts of the date, innermost first.
    let shifts: [CalendarShift]
    /// The sum of the shifts of the instant, in microseconds.
    let instantShift: Int64
    let isElapsed: Bool
    /// What tells its identities from those of other alternatives, empty if nothing has to.
    var suffix = ""

    /// Whether the search may jump without asking a calendar.
    var isPlain: Bool {
        guard case .pattern = source else { return false }
        return shifts.isEmpty && instantShift == 0 && !dates.countsWorkdays && suffix.isEmpty
    }

    /// Whether its dates are working days counted in a period, which also name its slots.
    var countsWorkdays: Bool {
        if case .period(let period) = source, case .workday = period.edge { return true }
        return dates.countsWorkdays
    }

    /// Whether it runs on the UTC line.
    var isInterval: Bool {
        if case .interval = source { return true }
        return false
    }
}

/// A shift of a date by days or working days.
struct CalendarShift: Hashable, Sendable {
    let count: Int
    let isWorkdays: Bool
}

/// An exact rhythm on the UTC line.
struct CalendarInterval: Hashable, Sendable {
    let microseconds: Int64
    let start: Int64

    /// The first instant that is at least `instant`, both in microseconds.
    func first(from instant: Int64) -> Int64 {
        guard instant > start else { return start }
        return start + (instant - start + microseconds - 1) / microseconds * microseconds
    }
}

/// The seam for rules that count occurrences one by one, such as those of RFC 5545.
protocol RecurrenceSource: Sendable {
    /// The normal form, from `DTSTART` on.
    var text: String { get }
    /// The zone that the text names, nil for none.
    var zoneName: String? { get }
    /// Whether the rule runs straight through clock changes unless a clause says otherwise.
    var isElapsed: Bool { get }
    /// The first local reading, in the units of ``CivilDateTime/reading``, that is at least
    /// `reading`; nil if there is none.
    func firstReading(from reading: Int64) -> Int64?
}

/// A recurrence; two are equal if their normal forms are.
struct CalendarRecurrence: Hashable, Sendable {
    let source: any RecurrenceSource

    static func == (left: CalendarRecurrence, right: CalendarRecurrence) -> Bool {
        left.source.text == right.source.text
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(source.text)
    }
}
