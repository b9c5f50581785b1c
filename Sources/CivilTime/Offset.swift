/// What a zone's clocks show relative to UTC.
public struct Offset: Hashable, Sendable {
    /// Seconds that local time is ahead of UTC.
    public let seconds: Int
    /// Whether the zone calls it daylight saving time.
    public let isDaylight: Bool
    /// The abbreviation, `CST`.
    public let abbreviation: String

    /// Creates an offset.
    public init(seconds: Int, isDaylight: Bool, abbreviation: String) {
        self.seconds = seconds
        self.isDaylight = isDaylight
        self.abbreviation = abbreviation
    }
}
