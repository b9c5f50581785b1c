/// Why a calendar expression was refused, and where.
public struct CalendarExpressionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what would be right.
    public let message: String
    /// The column in the text at which reading stopped, from 1.
    public let column: Int

    /// Creates an error.
    public init(message: String, column: Int) {
        self.message = message
        self.column = column
    }

    /// Column and message in one line.
    public var description: String { "column \(column): \(message)" }
}
