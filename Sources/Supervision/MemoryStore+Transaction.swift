import CivilTime
import Ledger

/// One transaction of a memory store.
///
/// Its queries and writes stand in extensions.
final class MemoryTransaction: Transaction {
    private(set) var rows: MemoryRows
    private var steps: [(inout MemoryRows) -> Void] = []

    init(_ rows: MemoryRows) {
        self.rows = rows
    }

    func savepoint<T>(_ body: () throws -> T) throws -> T {
        let mark = steps.count
        do {
            return try body()
        } catch {
            undo(to: mark)
            throw error
        }
    }

    /// Takes back every write after a mark, the newest first.
    func undo(to mark: Int) {
        while steps.count > mark {
            let step = steps.removeLast()
            step(&rows)
        }
    }

    /// Changes the rows; the second closure takes the change back.
    func write(
        _ change: (inout MemoryRows) -> Void,
        undo: @escaping (inout MemoryRows) -> Void
    ) {
        change(&rows)
        steps.append(undo)
    }

    /// Sets one row, to what it was before if undone.
    func set<Value>(_ path: WritableKeyPath<MemoryRows, Value>, _ value: Value) {
        let old = rows[keyPath: path]
        write({ $0[keyPath: path] = value }, undo: { $0[keyPath: path] = old })
    }
}
