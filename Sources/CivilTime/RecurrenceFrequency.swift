/// How often the periods of a recurrence come: FREQ of RFC 5545, section 3.3.10.
enum RecurrenceFrequency: String, CaseIterable, Hashable, Sendable {
    case secondly = "SECONDLY"
    case minutely = "MINUTELY"
    case hourly = "HOURLY"
    case daily = "DAILY"
    case weekly = "WEEKLY"
    case monthly = "MONTHLY"
    case yearly = "YEARLY"

    /// Whether a period is shorter than a day.
    var isWithinDay: Bool { self == .secondly || self == .minutely || self == .hourly }

    /// How many periods a day has; 1 for a day and longer.
    var periodsInDay: Int {
        switch self {
        case .secondly: 86_400
        case .minutely: 1_440
        case .hourly: 24
        default: 1
        }
    }
}

/// One element of BYDAY: a weekday, and which of them in the month or year; 0 is each.
struct RecurrenceDay: Hashable, Sendable {
    let ordinal: Int
    let weekday: Weekday

    /// The two letters of each weekday in RFC 5545, Monday first.
    static let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    /// The element as it is written: `MO`, `-1FR`.
    var text: String {
        (ordinal == 0 ? "" : String(ordinal)) + weekday.recurrenceName
    }
}

extension Weekday {
    /// The two letters of RFC 5545.
    var recurrenceName: String { RecurrenceDay.names[rawValue - 1] }
}

/// Where a recurrence ends.
enum RecurrenceBound: Hashable, Sendable {
    case none
    /// After this many instances.
    case count(Int)
    /// With this local time, itself included.
    case local(CivilDateTime)
    /// With this instant, itself included.
    case instant(Instant)
}
