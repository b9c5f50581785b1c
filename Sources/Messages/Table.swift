/// Columns of text that line up on a terminal, whatever script they are written in.
public struct Table: Sendable {
    /// One column.
    public struct Column: Sendable {
        /// What stands above it.
        public let title: String
        /// Whether its cells stand at the right edge.
        public let right: Bool

        /// Makes a column.
        public init(_ title: String, right: Bool = false) {
            self.title = title
            self.right = right
        }
    }

    /// The columns from left to right.
    public let columns: [Column]
    /// The rows from top to bottom.
    public private(set) var rows: [[String]] = []
    private var alarming: Set<Int> = []

    /// Makes a table without rows.
    ///
    /// - Parameter columns: The columns from left to right.
    public init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row; an empty cell shows as `-`.
    ///
    /// - Parameters:
    ///   - cells: One text for each column.
    ///   - isAlarming: Whether the row stands out where there is colour.
    public mutating func add(_ cells: [String], isAlarming: Bool = false) {
        precondition(cells.count == columns.count, "a row has one cell for each column")
        if isAlarming {
            alarming.insert(rows.count)
        }
        rows.append(cells.map { $0.isEmpty ? "-" : Escape.line($0) })
    }

    /// Returns the lines of the table.
    public func lines(header: Bool, colour: Bool = false) -> [String] {
        let titles = columns.map(\.title)
        let widths = columns.indices.map { column in
            let cells = rows.map { DisplayWidth.of($0[column]) }
            return max(cells.max() ?? 0, header ? DisplayWidth.of(titles[column]) : 0)
        }
        let body = rows.enumerated().map { index, cells in
            let text = line(cells, widths: widths)
            return colour && alarming.contains(index) ? Colour.red(text) : text
        }
        guard header else {
            return body
        }
        let head = line(titles, widths: widths)
        return [colour ? Colour.underlined(head) : head] + body
    }

    private func line(_ cells: [String], widths: [Int]) -> String {
        var result = ""
        for (index, cell) in cells.enumerated() {
            let isLast = index == cells.count - 1
            let right = columns[index].right
            result +=
                isLast && !right
                ? cell : DisplayWidth.pad(cell, to: widths[index], right: right)
            result += isLast ? "" : " "
        }
        return result
    }
}
