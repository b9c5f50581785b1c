/// One mistake in a plan or calendar file, with its place.
public struct PlanProblem: Hashable, Sendable, CustomStringConvertible {
    /// The name of the file as it was given.
    public let file: String
    /// The line, counted from 1.
    public let line: Int
    /// The column in characters (Unicode scalars), counted from 1.
    public let column: Int
    /// What is wrong and what would be right.
    public let message: String

    /// Makes a problem.
    public init(file: String, line: Int, column: Int, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// The problem as `file:line:column: message`, which editors understand.
    public var description: String { "\(file):\(line):\(column): \(message)" }
}

/// Every mistake of a plan or calendar file, in the order of the file.
public struct PlanProblems: Error, CustomStringConvertible {
    /// The mistakes, at least one.
    public let problems: [PlanProblem]

    /// Makes the error; there is at least one problem.
    public init(problems: [PlanProblem]) {
        precondition(!problems.isEmpty, "an error about a plan names at least one problem")
        self.problems = problems
    }

    /// One line a problem.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
