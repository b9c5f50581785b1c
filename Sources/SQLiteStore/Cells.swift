import CivilTime
import Foundation
import GRDB
import Ledger
import Supervision

/// The cells of a row, taken in the order of the relation's columns.
///
/// Every cell is checked, since the file may have been changed by hand: what does not fit is
/// `StoreError.inconsistent` with the row and the column, never a crash.
struct Cells {
    private let row: Row
    private let table: String
    private var index = 0

    init(_ row: Row, of table: String) {
        self.row = row
        self.table = table
    }

    mutating func optionalInteger() throws(StoreError) -> Int64? {
        switch take().storage {
        case .null: return nil
        case .int64(let integer): return integer
        default: throw misfit("integer")
        }
    }

    mutating func optionalText() throws(StoreError) -> String? {
        switch take().storage {
        case .null: return nil
        case .string(let text): return text
        default: throw misfit("text")
        }
    }

    mutating func optionalBytes() throws(StoreError) -> [UInt8]? {
        switch take().storage {
        case .null: return nil
        case .blob(let data): return [UInt8](data)
        default: throw misfit("bytes")
        }
    }

    /// A cell of a `*` column.
    mutating func optionalFreeText() throws(StoreError) -> String? {
        guard let bytes = try optionalBytes() else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw misfit("UTF-8") }
        return text
    }

    mutating func optionalInstant() throws(StoreError) -> Instant? {
        guard let microseconds = try optionalInteger() else { return nil }
        let instant = Instant(microseconds: microseconds)
        guard instant.microseconds == microseconds else { throw misfit("instant") }
        return instant
    }

    /// A value that has a text form: a digest, a post, a term.
    mutating func optionalValue<Value: LosslessStringConvertible>(
        _ type: Value.Type = Value.self
    ) throws(StoreError) -> Value? {
        guard let text = try optionalText() else { return nil }
        guard let value = Value(text), value.description == text else {
            throw misfit("\(Value.self)")
        }
        return value
    }

    /// A word of an enumeration.
    mutating func optionalWord<Word: RawRepresentable<String>>(
        _ type: Word.Type = Word.self
    ) throws(StoreError) -> Word? {
        guard let text = try optionalText() else { return nil }
        guard let word = Word(rawValue: text) else { throw misfit("\(Word.self)") }
        return word
    }

    mutating func flag() throws(StoreError) -> Bool {
        switch try integer() {
        case 0: return false
        case 1: return true
        default: throw misfit("flag (0 or 1)")
        }
    }

    mutating func optionalUID() throws(StoreError) -> UInt32? {
        guard let integer = try optionalInteger() else { return nil }
        guard let uid = UInt32(exactly: integer) else { throw misfit("uid") }
        return uid
    }

    /// What a cell that just was taken should have been.
    func misfit(_ expected: String) -> StoreError {
        let position = index - 1
        let column = Array(row.columnNames)[position]
        let found: DatabaseValue = row[position]
        let text = found.isNull ? "NULL" : String(found.description.prefix(80))
        return .inconsistent("\(subject), column \(column): \(text) is no \(expected)")
    }

    /// The row, named by its first column.
    var subject: String {
        let key: DatabaseValue = row[0]
        if case .string(let text) = key.storage { return "\(table) \(text)" }
        return "\(table) \(key)"
    }

    private mutating func take() -> DatabaseValue {
        defer { index += 1 }
        return row[index]
    }
}

extension Cells {
    mutating func integer() throws(StoreError) -> Int64 {
        guard let value = try optionalInteger() else { throw misfit("value") }
        return value
    }

    mutating func text() throws(StoreError) -> String {
        guard let value = try optionalText() else { throw misfit("value") }
        return value
    }

    mutating func bytes() throws(StoreError) -> [UInt8] {
        guard let value = try optionalBytes() else { throw misfit("value") }
        return value
    }

    mutating func freeText() throws(StoreError) -> String {
        guard let value = try optionalFreeText() else { throw misfit("value") }
        return value
    }

    mutating func uid() throws(StoreError) -> UInt32 {
        guard let value = try optionalUID() else { throw misfit("value") }
        return value
    }

    mutating func instant() throws(StoreError) -> Instant {
        guard let value = try optionalInstant() else { throw misfit("value") }
        return value
    }

    mutating func value<Value: LosslessStringConvertible>() throws(StoreError) -> Value {
        guard let value: Value = try optionalValue() else { throw misfit("value") }
        return value
    }

    mutating func word<Word: RawRepresentable<String>>() throws(StoreError) -> Word {
        guard let word: Word = try optionalWord() else { throw misfit("value") }
        return word
    }
}
