/// Which occurrence of a schedule a slot is.
///
/// It is the nominal local time, with the fold where clocks show that time twice, and never the UTC
/// instant: new zone rules or a new work calendar move an occurrence, and its identity stays.
public struct SlotID: Hashable, Sendable {
    /// The text form, `2020-10-10 18:00:00`, `2025-10-26 02:30:00 fold 1`, or for working days that
    /// are counted in a period `2020-10 wd3 10:00:00`.
    public let text: String

    /// Takes a text that a slot of a calendar expression gave.
    public init(text: String) {
        self.text = text
    }

    /// Names a slot by its nominal local time.
    public init(nominal: CivilDateTime, fold: Int = 0) {
        text = fold == 0 ? "\(nominal)" : "\(nominal) fold \(fold)"
    }
}

extension SlotID: CustomStringConvertible {
    /// The text form.
    public var description: String { text }
}
