import CivilTime
import GRDB
import Ledger
import Supervision

/// One transaction on the connection.
///
/// Its queries stand in extensions, a file for each group of rows.
final class SQLiteTransaction: Transaction {
    private let database: Database
    /// Set once SQLite may have undone the transaction: nothing more is done in it.
    private(set) var failure: StoreError?

    init(_ database: Database) {
        self.database = database
    }

    func savepoint<T>(_ body: () throws -> T) throws -> T {
        if let failure { throw failure }
        var result: T?
        do {
            try database.inSavepoint {
                result = try body()
                if let failure { throw failure }
                return .commit
            }
        } catch let error as DatabaseError {
            throw note(error)
        }
        guard let result else { preconditionFailure("a savepoint without its body") }
        return result
    }

    /// Runs a statement that changes rows; returns how many it changed.
    @discardableResult
    func run(_ sql: String, _ values: [DatabaseValue]) throws -> Int {
        try guarded {
            let statement = try database.cachedStatement(sql: sql)
            try statement.execute(arguments: StatementArguments(values))
            return database.changesCount
        }
    }

    /// Returns the rows of a query.
    func rows<Value>(
        _ sql: String,
        _ values: [DatabaseValue],
        _ relation: Relation,
        _ read: (inout Cells) throws -> Value
    ) throws -> [Value] {
        try guarded {
            let statement = try database.cachedStatement(sql: sql)
            let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(values))
            var list: [Value] = []
            while let row = try cursor.next() {
                var cells = Cells(row, of: relation.name)
                list.append(try read(&cells))
            }
            return list
        }
    }

    /// Returns the only row of a query, or nil.
    func row<Value>(
        _ sql: String,
        _ values: [DatabaseValue],
        _ relation: Relation,
        _ read: (inout Cells) throws -> Value
    ) throws -> Value? {
        try rows(sql, values, relation, read).first
    }

    /// Returns the integer that a query computes, or nil for NULL.
    func integer(_ sql: String, _ values: [DatabaseValue] = []) throws -> Int64? {
        try guarded {
            let statement = try database.cachedStatement(sql: sql)
            let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(values))
            guard let row = try cursor.next() else { return nil }
            var cells = Cells(row, of: "the result of")
            return try cells.optionalInteger()
        }
    }

    private func guarded<T>(_ body: () throws -> T) throws -> T {
        if let failure { throw failure }
        do {
            return try body()
        } catch let error as DatabaseError {
            throw note(error)
        }
    }

    private func note(_ error: DatabaseError) -> StoreError {
        let error = StoreError(error)
        if error.endsTransaction || !database.isInsideTransaction { failure = failure ?? error }
        return failure ?? error
    }
}

extension Int {
    /// A `LIMIT`: SQLite takes a negative one for none.
    var limit: DatabaseValue { Int64(Swift.max(0, self)).databaseValue }
}
