import GRDB
import Supervision

/// How the file is opened: the settings, read back, and the migrations.
struct StoreFile {
    private let folder: StateFolder

    init(_ folder: StateFolder) {
        self.folder = folder
    }

    /// Opens the file, checks that it is as durable as promised, and brings its tables up to date.
    ///
    /// - Throws: `StoreError.unusable`, or `.full` if the disk has no room for that.
    func open() throws(StoreError) -> DatabaseQueue {
        try folder.makeFile()
        do {
            let queue = try DatabaseQueue(path: folder.file, configuration: configuration())
            try queue.writeWithoutTransaction(check)
            try migrate(queue)
            try queue.writeWithoutTransaction(checkpoint)
            return queue
        } catch let error as StoreError {
            throw error
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
            throw .full
        } catch {
            throw .unusable("cannot use \(folder.file): \(reason(error))")
        }
    }

    private func configuration() -> Configuration {
        // The journal mode stays GRDB's default: its own way to WAL lowers `synchronous` to NORMAL
        // after this closure (reliability T1).
        var configuration = Configuration()
        configuration.label = "duban.store"
        configuration.prepareDatabase { database in
            // The order matters: with the lock taken first, WAL needs no shared memory file.
            for pragma in [
                "locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL",
                "trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON",
            ] {
                try database.execute(sql: "PRAGMA \(pragma)")
            }
        }
        return configuration
    }

    private static let expected: [(pragma: String, value: DatabaseValue, meaning: String)] = [
        ("synchronous", 2.databaseValue, "FULL"),
        ("journal_mode", "wal".databaseValue, "WAL"),
        ("locking_mode", "exclusive".databaseValue, "EXCLUSIVE"),
    ]

    private func check(_ database: Database) throws {
        for (pragma, value, meaning) in Self.expected {
            let found = try DatabaseValue.fetchOne(database, sql: "PRAGMA \(pragma)")
            guard found == value else {
                let text = found?.description ?? "nothing"
                throw StoreError.unusable(
                    "\(folder.file) would not survive a power cut: SQLite answers \(text) "
                        + "for \(pragma), not \(meaning)"
                )
            }
        }
    }

    private func migrate(_ queue: DatabaseQueue) throws {
        let migrator = Migrations.migrator
        guard try !queue.read(migrator.hasBeenSuperseded) else {
            throw StoreError.unusable(
                "\(folder.file) was written by a newer duban: install that version again"
            )
        }
        try migrator.migrate(queue)
    }

    /// Folds what a crash left in the WAL into the file, so that a failed disk shows here.
    private func checkpoint(_ database: Database) throws {
        let row = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        let busy: DatabaseValue? = row?[0]
        guard busy == 0.databaseValue else {
            throw StoreError.unusable("the journal of \(folder.file) could not be folded in")
        }
    }

    private func reason(_ error: any Error) -> String {
        guard let error = error as? DatabaseError else { return "\(error)" }
        let text = error.message ?? "no text"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: return "another process has it open (\(text))"
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: return "it is no intact SQLite file (\(text))"
        default: return "\(text) (SQLite \(error.extendedResultCode.rawValue))"
        }
    }
}
