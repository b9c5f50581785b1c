/// Where a date goes that falls on a day off.
public enum Roll: String, CaseIterable, Hashable, Sendable, Codable {
    /// It stays.
    case none
    /// To the last working day before it.
    case before
    /// To the first working day after it.
    case after
    /// To the nearer working day; to the one before if both are as near.
    case nearest
    /// To the one before, or after where that would leave the month.
    case modifiedBefore = "modified-before"
    /// To the one after, or before where that would leave the month.
    case modifiedAfter = "modified-after"
}
