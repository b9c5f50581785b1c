public import CivilTime

/// The clocks of a turn, read once at the loop's head.
public struct Now: Hashable, Sendable {
    /// The wall clock: decides what is due.
    public var wall: Instant
    /// The lease clock, in microseconds: bounds leases.
    public var boot: Int64
    /// The boot in which the lease clock counts.
    public var bootID: String

    /// Makes a reading.
    public init(wall: Instant, boot: Int64, bootID: String) {
        self.wall = wall
        self.boot = boot
        self.bootID = bootID
    }
}
