import Testing

/// `docs/plan-format.md`, taken apart.
struct PlanFormatPage {
    /// A fenced block.
    struct Block: CustomTestStringConvertible, Sendable {
        /// What stands behind the backticks: `yaml`, `yaml fragment item`, `text`.
        let info: String
        let text: String
        let line: Int

        var testDescription: String { "line \(line): \(info)" }
    }

    /// A row of a key table.
    struct Row: Sendable {
        let key: String
        /// The values that its type cell shows.
        let samples: [String]
    }

    /// A key table: what stands behind `Keys of` in its heading, and its rows.
    struct KeyTable: Sendable {
        let name: String
        let rows: [Row]
    }

    let text: String
    let blocks: [Block]
    let keyTables: [KeyTable]

    init(_ text: String) {
        self.text = text
        var blocks: [Block] = []
        var tables: [KeyTable] = []
        var open: (info: String, line: Int, lines: [Substring])?
        var name: String?
        var rows: [Row] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            if line.hasPrefix("```") {
                if let block = open {
                    let text = block.lines.joined(separator: "\n") + "\n"
                    blocks.append(Block(info: block.info, text: text, line: block.line))
                    open = nil
                } else {
                    open = (String(line.dropFirst(3)), index + 1, [])
                }
            } else if open != nil {
                open?.lines.append(line)
            } else if line.hasPrefix("#") {
                if let name { tables.append(KeyTable(name: name, rows: rows)) }
                rows = []
                let title = line.drop { $0 == "#" || $0 == " " }
                name = title.hasPrefix("Keys of ") ? String(title.dropFirst(8)) : nil
            } else if name != nil, line.hasPrefix("| `") {
                rows.append(PlanFormatPage.row(line))
            }
        }
        if let name { tables.append(KeyTable(name: name, rows: rows)) }
        self.blocks = blocks
        keyTables = tables
    }

    private static func row(_ line: Substring) -> Row {
        let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
        let samples = cells.dropFirst().first.map { codes(in: $0) } ?? []
        return Row(key: cells.first.flatMap { codes(in: $0).first } ?? "", samples: samples)
    }

    /// Returns what stands between backticks.
    static func codes(in text: Substring) -> [String] {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false)
        return parts.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    /// Returns the code of the first column of the table with a head such as `| term |`.
    func firstColumn(of head: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = lines.firstIndex { $0.hasPrefix(head) } ?? lines.endIndex
        let rows = lines[start...].dropFirst(2).prefix { $0.hasPrefix("|") }
        return rows.flatMap { row in
            row.split(separator: "|").first.map { PlanFormatPage.codes(in: $0) } ?? []
        }
    }
}
