/// One elapse of a calendar expression.
///
/// Nominal time and fold are its identity; the instant follows from them and may move when the
/// zone's rules change.
public struct Slot: Hashable, Sendable {
    /// The local time that the expression names.
    public let nominal: CivilDateTime
    /// 1 if clocks show the nominal time a second time, else 0.
    public let fold: Int
    /// When it is due; for a nominal time in a gap, the first instant after the gap.
    public let instant: Instant

    /// Creates a slot.
    public init(nominal: CivilDateTime, fold: Int, instant: Instant) {
        self.nominal = nominal
        self.fold = fold
        self.instant = instant
    }
}

extension Slot: Comparable {
    /// Orders by instant, then by nominal time and fold.
    public static func < (left: Slot, right: Slot) -> Bool {
        (left.instant, left.nominal, left.fold) < (right.instant, right.nominal, right.fold)
    }
}
