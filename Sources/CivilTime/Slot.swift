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

    /// Whether it rests on a part of a work calendar that may still change.
    public let isProvisional: Bool
    /// The identity where it is not the nominal time.
    private let name: String?

    /// Creates a slot; its identity is the nominal time unless another one is given.
    public init(
        nominal: CivilDateTime,
        fold: Int,
        instant: Instant,
        id: SlotID? = nil,
        isProvisional: Bool = false
    ) {
        self.init(nominal, fold, instant, isProvisional: isProvisional, name: id?.text)
    }

    /// Creates a slot; a name replaces the nominal time as its identity.
    init(
        _ nominal: CivilDateTime,
        _ fold: Int,
        _ instant: Instant,
        isProvisional: Bool,
        name: String?
    ) {
        self.nominal = nominal
        self.fold = fold
        self.instant = instant
        self.isProvisional = isProvisional
        self.name = name
    }

    /// Its identity within the schedule.
    public var id: SlotID {
        name.map(SlotID.init(text:)) ?? SlotID(nominal: nominal, fold: fold)
    }
}

extension Slot: Comparable {
    /// Orders by instant, then by nominal time and fold.
    public static func < (left: Slot, right: Slot) -> Bool {
        (left.instant, left.nominal, left.fold) < (right.instant, right.nominal, right.fold)
    }
}
