/// How often something has to be shown to be done, as standards write it: a step from the last
/// event or on a fixed grid, with a window of days around the target.
public struct ComplianceRule: Hashable, Sendable {
    /// Where the step is counted from.
    public enum Grid: Hashable, Sendable {
        /// From an anchor date, whenever events happen.
        case fixed(anchor: CivilDate)
        /// From the day on which the last event was completed.
        case fromCompletion
    }

    /// How far one target lies from the next.
    public enum Step: Hashable, Sendable {
        case days(Int)
        /// Months; a day that a month does not have is its last.
        case months(Int)
    }

    /// The days on which an event counts for a target.
    public enum Window: Hashable, Sendable {
        /// So many days before the target through so many after it.
        case days(early: Int, late: Int)
        /// The calendar week of the target, Monday to Sunday.
        case week
        /// The calendar month of the target.
        case month
    }

    /// Where the step is counted from.
    public let grid: Grid
    /// How far one target lies from the next.
    public let step: Step
    /// The days on which an event counts.
    public let window: Window
    /// Where a target on a day off goes; never out of its window.
    public let roll: Roll

    /// Creates a rule; steps are at least 1, days of a window at least 0.
    public init(grid: Grid, step: Step, window: Window, roll: Roll = .none) {
        switch step {
        case .days(let count), .months(let count):
            precondition(count >= 1, "A step goes forward.")
        }
        if case .days(let early, let late) = window {
            precondition(early >= 0 && late >= 0, "A window holds its target.")
        }
        self.grid = grid
        self.step = step
        self.window = window
        self.roll = roll
    }

    /// Returns the next target after an event, with its window.
    ///
    /// On a fixed grid it is the first target whose window opens after the event: an event inside a
    /// window counts for that window's target.
    ///
    /// - Parameters:
    ///   - event: The day on which the last event was completed.
    ///   - calendar: The calendar by which targets roll.
    /// - Returns: The target and the days that count for it.
    public func next(after event: CivilDate, calendar: WorkCalendar) -> ComplianceTarget {
        switch grid {
        case .fromCompletion:
            return target(date(event, steps: 1), calendar)
        case .fixed(let anchor):
            var count = firstCount(after: event, anchor: anchor)
            // A window may open long before its target, so a later one may still count as used.
            while true {
                let found = target(date(anchor, steps: count), calendar)
                if found.earliest > event || found.latest == CivilDate(dayNumber: .max) {
                    return found
                }
                count += 1
            }
        }
    }

    /// Returns how many steps the first grid date after an event lies from the anchor.
    private func firstCount(after event: CivilDate, anchor: CivilDate) -> Int {
        guard event >= anchor else { return 0 }
        switch step {
        case .days(let days):
            return (event.dayNumber - anchor.dayNumber) / days + 1
        case .months(let months):
            let passed = (event.year - anchor.year) * 12 + event.month - anchor.month
            let count = passed / months
            return date(anchor, steps: count) > event ? count : count + 1
        }
    }

    /// Counts from the anchor itself, so that a day 31 does not become 28 for good in February.
    private func date(_ start: CivilDate, steps: Int) -> CivilDate {
        switch step {
        case .days(let days): start.adding(days: days * steps)
        case .months(let months): start.adding(months: months * steps)
        }
    }

    private func target(_ date: CivilDate, _ calendar: WorkCalendar) -> ComplianceTarget {
        let (earliest, latest) = bounds(date)
        let rolled = calendar.roll(date, roll)
        let day = min(max(rolled, earliest), latest)
        let isUnknown = calendar.isProvisional(date) || calendar.isProvisional(rolled)
        return ComplianceTarget(
            target: day,
            earliest: earliest,
            latest: latest,
            isProvisional: roll != .none && isUnknown
        )
    }

    private func bounds(_ date: CivilDate) -> (earliest: CivilDate, latest: CivilDate) {
        switch window {
        case .days(let early, let late):
            return (date.adding(days: -early), date.adding(days: late))
        case .week:
            let monday = date.adding(days: 1 - date.weekday.rawValue)
            return (monday, monday.adding(days: 6))
        case .month:
            return (date.firstOfMonth, date.lastOfMonth)
        }
    }
}
