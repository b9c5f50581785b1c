/// A JSON value that has exactly one byte form: the subset of RFC 8785 that leaves are made of.
///
/// There are no floats and no null, integers lie within ±(2^53-1), keys are ASCII. Two values are
/// equal when their bytes are: strings compare by their UTF-8 bytes, not by Unicode equivalence,
/// since two spellings of "é" have different hashes.
public enum CanonicalValue: Sendable {
    /// `true` or `false`.
    case bool(Bool)
    /// An integer within `integerRange`.
    case int(Int64)
    /// A string of any Unicode scalars.
    case string(String)
    /// An ordered list.
    case array([CanonicalValue])
    /// A map whose keys are made of `A-Z a-z 0-9 _ . -`.
    indirect case object([String: CanonicalValue])

    /// The integers that every JSON reader keeps exactly (RFC 8785 section 3.2.2.3).
    public static let integerRange: ClosedRange<Int64> =
        -9_007_199_254_740_991...9_007_199_254_740_991

    /// The number of arrays and objects that may lie inside of each other.
    public static let maximumDepth = 32
}

extension CanonicalValue: Hashable {
    /// Returns whether both values have the same bytes.
    public static func == (left: CanonicalValue, right: CanonicalValue) -> Bool {
        switch (left, right) {
        case (.bool(let one), .bool(let other)): one == other
        case (.int(let one), .int(let other)): one == other
        case (.string(let one), .string(let other)): one.utf8.elementsEqual(other.utf8)
        case (.array(let one), .array(let other)): one == other
        case (.object(let one), .object(let other)): one == other
        default: false
        }
    }

    /// Feeds the value's bytes to `hasher`.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .bool(let flag): hasher.combine(flag)
        case .int(let number): hasher.combine(number)
        case .string(let text): for byte in text.utf8 { hasher.combine(byte) }
        case .array(let elements): hasher.combine(elements)
        case .object(let members): hasher.combine(members)
        }
    }
}

extension CanonicalValue {
    /// Checks that the value has a canonical form; `CanonicalEncoder` has done so for its results.
    ///
    /// - Throws: `CanonicalError.coding` for a key, an integer or a depth outside of the subset.
    public func validate() throws(CanonicalError) {
        try validate(path: "", depth: 0)
    }

    private func validate(path: String, depth: Int) throws(CanonicalError) {
        switch self {
        case .bool, .string:
            return
        case .int(let number):
            guard Self.integerRange.contains(number) else {
                throw .coding(path: path, what: "\(number) is outside of ±(2^53-1)")
            }
        case .array(let elements):
            try Self.checkDepth(depth + 1, path: path)
            for (index, element) in elements.enumerated() {
                try element.validate(path: "\(path)[\(index)]", depth: depth + 1)
            }
        case .object(let members):
            try Self.checkDepth(depth + 1, path: path)
            for (key, member) in members {
                guard Self.isKey(key.utf8) else {
                    throw .coding(path: path, what: Self.badKey(key))
                }
                let inner = path.isEmpty ? key : "\(path).\(key)"
                try member.validate(path: inner, depth: depth + 1)
            }
        }
    }

    private static func checkDepth(_ depth: Int, path: String) throws(CanonicalError) {
        guard depth <= maximumDepth else {
            throw .coding(path: path, what: "deeper than \(maximumDepth) arrays and objects")
        }
    }

    static func badKey(_ key: String) -> String {
        "the key \"\(key)\" is not made of A-Z a-z 0-9 _ . -"
    }

    static func isKey(_ bytes: some Collection<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy(isKeyByte)
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"): true
        default: false
        }
    }
}
