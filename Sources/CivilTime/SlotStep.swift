/// Why a slot of a calendar expression does not elapse.
public enum SkipCause: String, CaseIterable, Codable, Hashable, Sendable {
    /// The work calendar leaves no day for it, or moves it onto another slot's.
    case calendar
    /// An `except` rule names it.
    case excluded
    /// Clocks jump over it, and the schedule's policy is to let it go; or its day does not exist.
    case gap
    /// Clocks jump over it, and another slot stands for it at the same instant.
    case gapMerged = "gap-merged"
}

/// Slots in a row that do not elapse, for one cause.
public struct SkippedRun: Hashable, Sendable {
    /// Why.
    public let cause: SkipCause
    /// The first of them.
    public let first: Slot
    /// The last of them; the first again if there is one only.
    public let last: Slot
    /// How many they are.
    public let count: Int

    /// Makes a run.
    public init(cause: SkipCause, first: Slot, last: Slot, count: Int) {
        self.cause = cause
        self.first = first
        self.last = last
        self.count = count
    }
}

/// One step of a search: what was passed over, and what elapses then.
public struct SlotStep: Hashable, Sendable {
    /// Slots that do not elapse, oldest first, all of them after the search's start and at or
    /// before the slot, or before the search's end if there is none.
    public let skipped: [SkippedRun]
    /// The first slot that elapses, nil if none does in the window.
    public let slot: Slot?
    /// Up to which instant the search has looked: the slot's own, else the window's end, or less
    /// where the bound on steps was reached.
    public let through: Instant

    /// Makes a step.
    public init(skipped: [SkippedRun], slot: Slot?, through: Instant) {
        self.skipped = skipped
        self.slot = slot
        self.through = through
    }
}
