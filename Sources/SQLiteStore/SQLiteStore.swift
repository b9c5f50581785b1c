import GRDB
public import Supervision

/// The store on SQLite: one file, one connection, one process.
///
/// Durability, as measured (reliability traps T1 to T3): the journal is a WAL, and `synchronous`
/// is FULL, so a commit that has returned survives a power cut. The lock on the state folder keeps
/// a second process out, since two connections that write or checkpoint can corrupt the file.
///
/// One thread uses a store: nothing in here is safe to share.
public final class SQLiteStore: Store {
    let folder: StateFolder
    private var queue: DatabaseQueue?
    private let ballast: Ballast

    /// Opens the store of a state folder, and makes it on the first start.
    ///
    /// - Parameter directory: The state folder; it must exist, with mode 0700.
    /// - Throws: `StoreError.unusable` with one line for the operator.
    public init(directory: String) throws(StoreError) {
        folder = try StateFolder(directory)
        ballast = Ballast(directory: directory)
        let file = StoreFile(folder)
        do throws(StoreError) {
            queue = try file.open()
        } catch .full {
            // What a crash left in the journal needs room in the file: the ballast is that room.
            ballast.free()
            queue = try file.open()
        }
    }

    deinit {
        close()
    }

    /// Closes the file and lets go of the lock; every later call is refused.
    public func close() {
        // SQLite closes the connection in any case; what it reports is about statements in use,
        // and a store that is being closed has none.
        do { try queue?.close() } catch {}
        queue = nil
        folder.unlock()
    }

    /// Runs the body in one transaction and makes it durable.
    ///
    /// - Throws: what the body throws, or `StoreError` if the store failed.
    public func transact<T>(_ body: (any Transaction) throws -> T) throws -> T {
        try connection { database in
            let transaction = SQLiteTransaction(database)
            var result: T?
            try database.inTransaction(.immediate) {
                result = try body(transaction)
                // SQLite has undone everything when the disk is full, whatever the body made of it.
                if let failure = transaction.failure { throw failure }
                return .commit
            }
            guard let result else { preconditionFailure("a commit without its body") }
            return result
        }
    }

    /// Runs the body on the connection, outside a transaction.
    ///
    /// - Throws: what the body throws; an error of SQLite as a `StoreError`.
    func connection<T>(_ body: (Database) throws -> T) throws -> T {
        guard let queue else { throw StoreError.unusable("the store is closed") }
        do {
            return try queue.writeWithoutTransaction(body)
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }
}

extension SQLiteStore {
    /// Whether the ballast lies on the disk: room that is given back when the disk is full.
    public var hasBallast: Bool { ballast.exists }

    /// Takes room on the disk as ballast.
    ///
    /// - Parameter bytes: How much.
    /// - Returns: Whether it is there.
    public func makeBallast(bytes: Int) -> Bool {
        ballast.make(bytes: bytes)
    }

    /// Gives the ballast's room back.
    public func freeBallast() {
        ballast.free()
    }

    /// Returns how many bytes the store may still take on its disk.
    ///
    /// - Throws: `StoreError.inputOutput` if the system does not say.
    public func freeBytes() throws(StoreError) -> Int64 {
        try folder.freeBytes()
    }
}
