/// A place in a file: line and column, both counted from 1, columns in Unicode scalars.
struct Spot: Hashable, Comparable {
    let line: Int
    let column: Int

    /// The first character of a file.
    static let start = Spot(line: 1, column: 1)

    static func < (left: Spot, right: Spot) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// A value and the place where it was written.
struct Placed<Value> {
    let value: Value
    let spot: Spot
}
