/// The weekly pattern of a work calendar: what each weekday usually is.
public struct WorkWeek: Hashable, Sendable {
    /// What the weekdays are, Monday first.
    let kinds: [WorkCalendar.DayKind]

    /// Five days of work, two days off.
    public static let mondayToFriday = WorkWeek(
        kinds: [.work, .work, .work, .work, .work, .off, .off]
    )

    private init(kinds: [WorkCalendar.DayKind]) {
        self.kinds = kinds
    }

    /// Creates a pattern, nil if no day of it is worked.
    ///
    /// - Parameters:
    ///   - work: The weekdays that are worked.
    ///   - half: The weekdays of which a part is worked; they count wherever both sets name them.
    public init?(work: Set<Weekday>, half: Set<Weekday> = []) {
        guard !(work.isEmpty && half.isEmpty) else { return nil }
        kinds = Weekday.allCases.map { day in
            half.contains(day) ? .half : work.contains(day) ? .work : .off
        }
    }

    /// What a weekday usually is.
    public subscript(_ weekday: Weekday) -> WorkCalendar.DayKind { kinds[weekday.rawValue - 1] }

    /// The weekdays that are worked, if for half a day.
    public var worked: Set<Weekday> { Set(Weekday.allCases.filter { self[$0] != .off }) }
}
