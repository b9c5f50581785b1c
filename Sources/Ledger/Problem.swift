/// Something that a verification found wrong.
public struct Problem: Hashable, Sendable, CustomStringConvertible {
    /// Where: `line 18, leaf 16`, `line 1, header` or `checkpoint`.
    public let place: String
    /// What is wrong there, and what would be right.
    public let what: String

    /// Creates a problem.
    ///
    /// - Parameters:
    ///   - place: Where it is.
    ///   - what: What is wrong there.
    public init(place: String, what: String) {
        self.place = place
        self.what = what
    }

    /// One line with place and what.
    public var description: String { "\(place): \(what)" }
}
