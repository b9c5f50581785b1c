/// A day on which something has to be shown to be done, and the days that count for it.
public struct ComplianceTarget: Hashable, Sendable {
    /// The day itself.
    public let target: CivilDate
    /// The first day that counts.
    public let earliest: CivilDate
    /// The last day that counts.
    public let latest: CivilDate
    /// Whether the target was rolled by days that the calendar does not know yet.
    public let isProvisional: Bool

    /// Creates a target.
    public init(target: CivilDate, earliest: CivilDate, latest: CivilDate, isProvisional: Bool) {
        self.target = target
        self.earliest = earliest
        self.latest = latest
        self.isProvisional = isProvisional
    }
}
