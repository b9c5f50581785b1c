/// Which instants a local time stands for in a zone.
public enum Resolution: Hashable, Sendable {
    /// The usual case: one instant.
    case unique(Instant)
    /// Clocks jump over the local time: `before` is the first instant after the gap, the transition
    /// itself; `shift` is the local time read with the offset before the gap.
    case gap(before: Instant, shift: Instant)
    /// Clocks show the local time twice.
    case fold(first: Instant, second: Instant)
}
