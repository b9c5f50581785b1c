/// Where a date goes that falls on a day off.
public enum Roll: String, CaseIterable, Hashable, Sendable, Codable {
    /// It stays.
    case none
    /// To the last working day before it.
    case before
    /// To the first working day after it.
    case after
}
