/// A whole expression, compiled once and shared by all copies: one reference is all that a schedule
/// keeps of it.
final class CalendarRule: Sendable {
    /// The normal form.
    let text: String
    /// The first alternative; most expressions have no other.
    let first: CalendarPart
    let others: [CalendarPart]
    let zoneName: String?
    let roll: Roll
    let gap: GapPolicy
    let fold: FoldPolicy
    let stride: CalendarStride?
    let exceptions: [CalendarException]

    init(
        text: String,
        parts: (first: CalendarPart, others: [CalendarPart]),
        clauses: CalendarClauses
    ) {
        self.text = text
        first = parts.first
        others = parts.others
        zoneName = clauses.zoneName
        roll = clauses.roll
        gap = clauses.gap
        fold = clauses.fold
        stride = clauses.stride
        exceptions = clauses.exceptions
    }

    /// Whether the fast path of the search is enough.
    var isPlain: Bool {
        others.isEmpty && first.isPlain && roll == .none && stride == nil && exceptions.isEmpty
    }

    var parts: [CalendarPart] { [first] + others }
}

/// The clauses behind the source of an expression, as read.
struct CalendarClauses {
    var zoneName: String?
    /// Whether the source names the zone itself, as a recurrence may, so that it is not printed.
    var isZoneInSource = false
    var stride: CalendarStride?
    var roll = Roll.none
    var gap = GapPolicy.after
    var fold = FoldPolicy.first
    var clock: ClockPolicy?
    var exceptions: [CalendarException] = []
    /// The gap policy that need not be printed; a recurrence has one of its own.
    var defaultGap = GapPolicy.after

    /// The clauses in the order of the normal form.
    var texts: [String] {
        var texts: [String] = []
        if let zoneName, !isZoneInSource { texts.append(zoneName) }
        if let stride { texts.append(stride.text) }
        if roll != .none { texts.append("roll=\(roll.rawValue)") }
        if gap != defaultGap { texts.append("gap=\(gap.rawValue)") }
        if fold != .first { texts.append("fold=\(fold.rawValue)") }
        if let clock { texts.append("clock=\(clock.rawValue)") }
        return texts + exceptions.map(\.text)
    }
}
