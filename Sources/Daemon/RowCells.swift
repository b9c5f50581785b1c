import Ledger

/// The cells of a row by name, in the form that the ledger has; a member of a value within the row
/// goes by its path.
struct RowCells {
    private var cells: [String: CanonicalValue] = [:]

    /// Takes a row apart; one that has no canonical form is one cell.
    init(_ row: some Encodable) {
        do {
            add(try CanonicalEncoder.encode(row), at: "")
        } catch {
            cells = ["row": .string("\(error)")]
        }
    }

    /// Returns a line for each cell that is not as another row, the ledger's, has it.
    func differences(from told: RowCells) -> [String] {
        Set(cells.keys).union(told.cells.keys).sorted().compactMap { name in
            guard cells[name] != told.cells[name] else { return nil }
            return "\(name) is \(text(name)), the ledger says \(told.text(name))"
        }
    }

    private mutating func add(_ value: CanonicalValue, at path: String) {
        guard case .object(let members) = value else {
            cells[path] = value
            return
        }
        for (name, member) in members { add(member, at: path.isEmpty ? name : "\(path).\(name)") }
    }

    private func text(_ name: String) -> String {
        cells[name].map { String(decoding: $0.bytes, as: UTF8.self) } ?? "absent"
    }
}
