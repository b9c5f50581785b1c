import CivilTime
import Foundation
import GRDB
import Ledger

/// The values of a row for writing, put in the order of the relation's columns.
struct Values {
    private(set) var list: [DatabaseValue] = []

    init(capacity: Int = 8) {
        list.reserveCapacity(capacity)
    }

    mutating func put(_ integer: Int64?) {
        list.append(integer?.databaseValue ?? .null)
    }

    mutating func put(_ text: String?) {
        list.append(text?.databaseValue ?? .null)
    }

    mutating func put(_ bytes: [UInt8]) {
        list.append(Data(bytes).databaseValue)
    }

    /// Puts a cell of a `*` column.
    mutating func put(free text: String?) {
        list.append(text.map { Data($0.utf8).databaseValue } ?? .null)
    }

    mutating func put(_ instant: Instant?) {
        put(instant?.microseconds)
    }

    mutating func put(_ flag: Bool) {
        list.append((flag ? 1 : 0).databaseValue)
    }

    mutating func put(value: (some LosslessStringConvertible)?) {
        put(value?.description)
    }

    mutating func put(word: (some RawRepresentable<String>)?) {
        put(word?.rawValue)
    }
}
