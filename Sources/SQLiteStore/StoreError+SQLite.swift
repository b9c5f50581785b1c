import GRDB
import Supervision

extension StoreError {
    /// What an error of SQLite means to the engine.
    init(_ error: DatabaseError) {
        let text = error.message ?? "no text"
        let code = error.extendedResultCode.rawValue
        switch error.resultCode {
        case .SQLITE_FULL:
            self = .full
        case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG, .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .inconsistent("\(text) (SQLite \(code))")
        default:
            self = .inputOutput("\(text) (SQLite \(code))")
        }
    }

    /// Whether SQLite has, or may have, undone the whole transaction by itself.
    var endsTransaction: Bool {
        switch self {
        case .full, .inputOutput: true
        case .unusable, .inconsistent: false
        }
    }
}
