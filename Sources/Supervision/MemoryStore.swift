/// The store of tests and simulations: it keeps every promise of `Store` but durability.
///
/// A transaction writes into the rows and notes how to undo each write, so that its cost follows
/// from what it writes and not from what is stored: a simulation of years stays linear.
public final class MemoryStore: Store {
    private var rows = MemoryRows()
    private var isBusy = false

    /// Makes an empty store.
    public init() {}

    /// Runs the body in one transaction.
    ///
    /// - Throws: what the body throws, or `StoreError`.
    public func transact<T>(_ body: (any Transaction) throws -> T) throws -> T {
        precondition(!isBusy, "a transaction inside a transaction: use a savepoint")
        isBusy = true
        defer { isBusy = false }
        let transaction = MemoryTransaction(rows)
        // The rows live in one place at a time: a second reference would copy them on a write.
        rows = MemoryRows()
        defer { rows = transaction.rows }
        do {
            return try body(transaction)
        } catch {
            transaction.undo(to: 0)
            throw error
        }
    }
}
