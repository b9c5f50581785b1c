/// A repeating local time, written as systemd's `OnCalendar=` is: `Mon..Fri 09:00`,
/// `*-*~01 18:00`, `hourly`.
///
/// Fields are kept in systemd's normal form, so expressions are equal if their normal forms are. An
/// expression names no zone but possibly UTC; any other is a parameter of ``next(after:zone:)``.
public struct CalendarExpression: Hashable, Sendable {
    /// The years that an expression can name; nothing elapses after the last one.
    static let years = 1970...2199

    /// The weekdays that match; empty if all do.
    var weekdays: Set<Weekday> = []
    var year = CalendarField.any
    var month = CalendarField.any
    var day = CalendarField.any
    /// Whether days count from the month's end, `~01` being its last day.
    var isFromMonthEnd = false
    var hour = CalendarField(0)
    var minute = CalendarField(0)
    /// Seconds in microseconds.
    var second = CalendarField(0, unit: 1_000_000)
    /// Whether the text ends in `UTC`, which overrides the zone given to ``next(after:zone:)``.
    public internal(set) var isUTC = false

    /// Every day at 00:00:00.
    init() {}
}

extension CalendarExpression: CustomStringConvertible {
    /// The normal form of systemd, with `UTC` only if it was given.
    public var description: String {
        var text = weekdayText
        if !text.isEmpty {
            text += " "
        }
        text += "\(year.text(width: 4))-\(month.text(width: 2))"
        text += "\(isFromMonthEnd ? "~" : "-")\(day.text(width: 2))"
        text += " \(hour.text(width: 2)):\(minute.text(width: 2)):\(second.text(width: 2))"
        return isUTC ? text + " UTC" : text
    }

    /// The weekdays with three days or more in a row as a range.
    private var weekdayText: String {
        var parts: [String] = []
        var run: [Weekday] = []
        for weekday in Weekday.allCases {
            if weekdays.contains(weekday) {
                run.append(weekday)
            } else {
                parts += CalendarExpression.text(run: run)
                run = []
            }
        }
        parts += CalendarExpression.text(run: run)
        return parts.joined(separator: ",")
    }

    private static func text(run: [Weekday]) -> [String] {
        guard run.count > 2, let first = run.first, let last = run.last else {
            return run.map(\.abbreviation)
        }
        return ["\(first.abbreviation)..\(last.abbreviation)"]
    }
}

extension CalendarExpression {
    /// The zone that the expression names, nil if it leaves it to the schedule.
    public var zoneName: String? { isUTC ? "UTC" : nil }

    /// The work calendars that its `except` rules name.
    public var calendarNames: [String] { [] }

    /// Returns the first slot that elapses strictly after an instant, nil if there is none.
    public func next(after instant: Instant, in keeper: Timekeeper) -> Slot? {
        guard let keeper = keeper.keeper(for: self) else { return nil }
        return next(after: instant, zone: keeper.zone)
    }

    /// Returns the first slot that elapses in (`instant`, `limit`], and every one passed over.
    public func step(
        after instant: Instant,
        through limit: Instant,
        in keeper: Timekeeper
    ) -> SlotStep {
        guard let slot = next(after: instant, in: keeper), slot.instant <= limit else {
            return SlotStep(skipped: [], slot: nil, through: limit)
        }
        return SlotStep(skipped: [], slot: slot, through: slot.instant)
    }

    /// Returns where a slot that was given earlier lies by the zone and calendar of today; nil if
    /// it exists no more.
    public func instant(of id: SlotID, in keeper: Timekeeper) -> Instant? {
        guard let keeper = keeper.keeper(for: self), let nominal = CivilDateTime(id.text) else {
            return nil
        }
        return keeper.zone.instant(nominal)
    }
}
