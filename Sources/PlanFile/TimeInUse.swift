import CivilTime

/// The zone and calendar of a plan, for whoever reads terms: not every calendar counts each of them.
final class TimeInUse {
    /// Nil until they are read, and if they cannot be.
    var keeper: Timekeeper?
}
