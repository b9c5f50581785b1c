/// Which days are worked: a weekly pattern, and the dates that differ from it.
public struct WorkCalendar: Sendable, Hashable {
    /// What a day is.
    public enum DayKind: String, Hashable, Sendable, Codable {
        case work
        case off
    }

    /// The name, `cn`.
    public let id: String
    /// The version of the data, for records.
    public let version: String
    /// The weekdays that are worked unless an exception says otherwise.
    public let workweek: Set<Weekday>
    /// Holidays and make-up days.
    public let exceptions: [CivilDate: DayKind]
    /// The first day for which the exceptions are known; nil if there is no first.
    public let validFrom: CivilDate?
    /// The last day for which the exceptions are known; nil if there is no last.
    public let validThrough: CivilDate?

    /// Monday to Friday without any holiday, valid always.
    public static let mondayToFriday = WorkCalendar(
        id: "mon-fri",
        version: "1",
        workweek: [.monday, .tuesday, .wednesday, .thursday, .friday],
        exceptions: [:],
        validFrom: nil,
        validThrough: nil
    )

    /// Creates a calendar; the work week must not be empty.
    public init(
        id: String,
        version: String,
        workweek: Set<Weekday>,
        exceptions: [CivilDate: DayKind],
        validFrom: CivilDate?,
        validThrough: CivilDate?
    ) {
        precondition(!workweek.isEmpty, "A work calendar has at least one working weekday.")
        self.id = id
        self.version = version
        self.workweek = workweek
        self.exceptions = exceptions
        self.validFrom = validFrom
        self.validThrough = validThrough
    }

    /// Returns what a day is.
    public func kind(of date: CivilDate) -> DayKind {
        exceptions[date] ?? (workweek.contains(date.weekday) ? .work : .off)
    }

    /// Returns whether a day is worked.
    public func isWorkday(_ date: CivilDate) -> Bool {
        kind(of: date) == .work
    }

    /// Returns whether a day lies outside of the range for which the exceptions are known.
    public func isProvisional(_ date: CivilDate) -> Bool {
        if let validFrom, date < validFrom { return true }
        if let validThrough, date > validThrough { return true }
        return false
    }

    /// Returns the nth working day strictly after a date, or before it for a negative count; 0 gives
    /// the date itself, worked or not.
    public func adding(workdays n: Int, to date: CivilDate) -> CivilDate {
        var remaining = n.magnitude
        var day = date
        while remaining > 0 {
            let next = day.adding(days: n < 0 ? -1 : 1)
            guard next != day else { return day }  // the end of the calendar
            day = next
            if isWorkday(day) {
                remaining -= 1
            }
        }
        return day
    }

    /// Returns how many working days there are from one date through another, both included;
    /// 0 if the last lies before the first.
    public func workdays(from first: CivilDate, through last: CivilDate) -> Int {
        guard first <= last else { return 0 }
        return (first.dayNumber...last.dayNumber).count { number in
            isWorkday(CivilDate(dayNumber: number))
        }
    }

    /// Returns the date itself if it is worked, else the day where the policy moves it.
    public func roll(_ date: CivilDate, _ policy: Roll) -> CivilDate {
        switch policy {
        case .none: date
        case .before: isWorkday(date) ? date : adding(workdays: -1, to: date)
        case .after: isWorkday(date) ? date : adding(workdays: 1, to: date)
        case .nearest: nearest(date)
        case .modifiedBefore: within(month: date, roll(date, .before), else: .after)
        case .modifiedAfter: within(month: date, roll(date, .after), else: .before)
        }
    }

    private func nearest(_ date: CivilDate) -> CivilDate {
        let (before, after) = (roll(date, .before), roll(date, .after))
        let isLater = after.dayNumber - date.dayNumber < date.dayNumber - before.dayNumber
        return isLater ? after : before
    }

    private func within(
        month date: CivilDate,
        _ rolled: CivilDate,
        else other: Roll
    ) -> CivilDate {
        rolled.firstOfMonth == date.firstOfMonth ? rolled : roll(date, other)
    }
}
