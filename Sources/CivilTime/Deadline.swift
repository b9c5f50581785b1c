/// An instant by which something is due.
///
/// On time is strictly before it.
public struct Deadline: Hashable, Sendable {
    /// The due instant; of a day it is the exclusive end, the first instant of the next.
    public let instant: Instant
    /// Whether working days were counted that the calendar does not know yet.
    public let isProvisional: Bool

    /// Creates a deadline.
    public init(instant: Instant, isProvisional: Bool) {
        self.instant = instant
        self.isProvisional = isProvisional
    }
}
