@testable import CivilTime

/// A TZif file made by hand (RFC 9636, version 2), or a real one with other contents.
struct TZifBytes {
    var transitions: [Int64] = []
    var kinds: [UInt8] = []
    var offsets: [Offset]
    var footer = ""

    /// Takes over what a real file says but for its rule, which is not kept as text.
    init(_ bytes: [UInt8], footer: String) throws(ZoneError) {
        let file = try TZif(bytes, zone: "X")
        (transitions, kinds, offsets) = (file.transitions, file.kinds, file.offsets)
        self.footer = footer
    }

    /// A file without a transition.
    init(footer: String) {
        offsets = [Offset(seconds: 0, isDaylight: false, abbreviation: "AAA")]
        self.footer = footer
    }

    /// The footer of a real file.
    static func footer(of bytes: [UInt8]) -> String {
        let lines = bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        return String(decoding: lines.last ?? [], as: UTF8.self)
    }

    /// Leaves out the transitions that fail the condition.
    mutating func keep(where isKept: (Int64) -> Bool) {
        let pairs = zip(transitions, kinds).filter { isKept($0.0) }
        transitions = pairs.map(\.0)
        kinds = pairs.map(\.1)
    }

    /// The bytes, with an empty version 1 block as slim files have it.
    var bytes: [UInt8] {
        var names: [UInt8] = []
        var records: [UInt8] = []
        for offset in offsets {
            records += big(UInt32(bitPattern: Int32(offset.seconds)))
            records += [offset.isDaylight ? 1 : 0, UInt8(names.count)]
            names += Array(offset.abbreviation.utf8) + [0]
        }
        let none: [UInt32] = [0, 0, 0, 0, 1, 1]
        let counts: [UInt32] = [
            0, 0, 0, UInt32(transitions.count), UInt32(offsets.count), UInt32(names.count),
        ]
        var bytes = header(none) + [UInt8](repeating: 0, count: 7) + header(counts)
        for transition in transitions { bytes += big(UInt64(bitPattern: transition)) }
        return bytes + kinds + records + names + [0x0A] + Array(footer.utf8) + [0x0A]
    }

    private func header(_ counts: [UInt32]) -> [UInt8] {
        Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15) + counts.flatMap { big($0) }
    }

    private func big<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
        stride(from: T.bitWidth - 8, through: 0, by: -8).map {
            UInt8(truncatingIfNeeded: value >> T($0))
        }
    }
}
