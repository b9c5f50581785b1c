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
    private let count: Int32
    private let isWeeks: Bool
    /// The anchor in days since 1970-01-01.
    private let anchor: Int32

    init(count: Int, isWeeks: Bool, anchor: CivilDate) {
        self.count = Int32(count)
        self.isWeeks = isWeeks
        self.anchor = Int32(anchor.dayNumber)
    }

    /// The days after which the stride repeats.
    private var length: Int { Int(count) * (isWeeks ? 7 : 1) }

    /// Whether the stride takes a day: the first of `length`, or one of the first seven.
    func takes(_ day: Int) -> Bool {
        let distance = day - Int(anchor)
        return distance >= 0 && distance % length < (isWeeks ? 7 : 1)
    }

    /// The first day that the stride takes and that is at least `day`.
    func first(from day: Int) -> Int {
        let distance = day - Int(anchor)
        guard distance > 0 else { return Int(anchor) }
        return takes(day) ? day : Int(anchor) + (distance / length + 1) * length
    }

    var text: String {
        "every \(count)\(isWeeks ? "w" : "d") from \(CivilDate(dayNumber: Int(anchor)))"
    }
}
