/// What becomes of a time that clocks jump over.
public enum GapPolicy: String, CaseIterable, Hashable, Sendable, Codable {
    /// It elapses at the first instant after the gap.
    case after
    /// It elapses in the second before the gap.
    case before
    /// It is read with the offset before the gap, so 02:30 elapses at 03:30.
    case shift
    /// It does not elapse, and a record says so.
    case skip
}

/// Which of the two readings counts of a time that clocks show twice.
public enum FoldPolicy: String, CaseIterable, Hashable, Sendable, Codable {
    /// The first.
    case first
    /// The second.
    case second
    /// Each of them.
    case both
}

/// How a rule runs through clock changes.
public enum ClockPolicy: String, CaseIterable, Hashable, Sendable, Codable {
    /// Straight through: each real instant whose local reading matches counts.
    case elapsed
    /// By times of the day: gap and fold have their policies.
    case fixed
}

/// Every nth week or day from an anchor day; nothing before it.
struct CalendarStride: Hashable, Sendable {
    let count: Int
    let isWeeks: Bool
    let anchor: CivilDate

    /// Whether the stride takes a day.
    func takes(_ day: Int) -> Bool {
        let distance = day - anchor.dayNumber
        return distance >= 0 && (isWeeks ? distance / 7 : distance) % count == 0
    }

    /// The first day that the stride takes and that is at least `day`.
    func first(from day: Int) -> Int {
        let distance = day - anchor.dayNumber
        guard distance > 0 else { return anchor.dayNumber }
        if takes(day) { return day }
        let block = isWeeks ? 7 * count : count
        return anchor.dayNumber + (distance / block + 1) * block
    }

    var text: String { "every \(count)\(isWeeks ? "w" : "d") from \(anchor)" }
}

/// A rule whose slots do not elapse.
enum CalendarException: Hashable, Sendable {
    /// The days off of the schedule's calendar.
    case off
    /// The days off of another calendar.
    case calendar(String)
    /// The dates, or with a time the local times, of a rule.
    case rule(CalendarPart, isWholeDate: Bool, text: String)

    var text: String {
        switch self {
        case .off: "except off"
        case .calendar(let id): "except \(id)"
        case .rule(_, _, let text): "except \(text)"
        }
    }
}
