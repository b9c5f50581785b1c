import Supervision

/// A promise that a store did not keep.
public struct ConformanceFailure: Error, CustomStringConvertible {
    /// Where it shows, and how.
    public let description: String

    init(_ text: String, line: UInt, file: StaticString) {
        description = "\(file):\(line): \(text)"
    }
}

/// Throws a failure unless the two are equal.
func expect<Value: Equatable>(
    _ found: Value,
    _ expected: Value,
    _ what: @autoclosure () -> String = "",
    line: UInt = #line,
    file: StaticString = #fileID
) throws {
    guard found != expected else { return }
    let text = "\(what()) found \(found), expected \(expected)"
    throw ConformanceFailure(text, line: line, file: file)
}

/// Throws a failure unless the body throws `StoreError.inconsistent`.
func expectInconsistent(
    _ what: String,
    line: UInt = #line,
    file: StaticString = #fileID,
    _ body: () throws -> Void
) throws {
    do {
        try body()
    } catch StoreError.inconsistent {
        return
    }
    throw ConformanceFailure("\(what): accepted", line: line, file: file)
}

/// What checks throw to see a transaction undone.
struct Abandoned: Error {}

/// Runs the body, which must end with `Abandoned`.
func abandoning(
    line: UInt = #line,
    file: StaticString = #fileID,
    _ body: () throws -> Void
) throws {
    do {
        try body()
    } catch is Abandoned {
        return
    }
    throw ConformanceFailure("an error of the body was swallowed", line: line, file: file)
}
