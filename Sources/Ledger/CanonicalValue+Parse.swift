extension CanonicalValue {
    /// Creates the value whose canonical form is `bytes`, and accepts no other form of it.
    ///
    /// - Throws: `CanonicalError.malformed` with the first byte that is not canonical.
    public init(canonical bytes: [UInt8]) throws(CanonicalError) {
        var parser = CanonicalParser(bytes: bytes)
        self = try parser.value(depth: 0)
        guard parser.index == bytes.count else {
            throw parser.wrong("expected the end of the value")
        }
    }
}

/// A recursive descent over canonical bytes: what it accepts, `CanonicalValue.bytes` prints again.
private struct CanonicalParser {
    let bytes: [UInt8]
    var index = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    func wrong(_ what: String) -> CanonicalError { .malformed(byte: index, what: what) }

    mutating func value(depth: Int) throws(CanonicalError) -> CanonicalValue {
        switch next {
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"):
            try literal("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try literal("false")
            return .bool(false)
        case let byte? where byte == UInt8(ascii: "-") || Self.isDigit(byte):
            return .int(try integer())
        case UInt8(ascii: "n"): throw wrong("null has no canonical form: leave the key out")
        default: throw wrong("expected a value")
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        index += 1
        return true
    }

    private mutating func literal(_ text: StaticString) throws(CanonicalError) {
        for byte in text.description.utf8 where !take(byte) {
            throw wrong("expected \(text)")
        }
    }

    private mutating func enter(depth: Int) throws(CanonicalError) {
        guard depth <= CanonicalValue.maximumDepth else {
            throw wrong("deeper than \(CanonicalValue.maximumDepth) arrays and objects")
        }
        index += 1
    }

    private mutating func array(depth: Int) throws(CanonicalError) -> [CanonicalValue] {
        try enter(depth: depth)
        var elements: [CanonicalValue] = []
        if take(UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try value(depth: depth))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw wrong("expected , or ]") }
        return elements
    }

    private mutating func object(depth: Int) throws(CanonicalError) -> [String: CanonicalValue] {
        try enter(depth: depth)
        var members: [String: CanonicalValue] = [:]
        if take(UInt8(ascii: "}")) { return members }
        var last = ""
        repeat {
            let start = index
            let key = try string()
            guard CanonicalValue.isKey(key.utf8) else {
                throw .malformed(byte: start, what: CanonicalValue.badKey(key))
            }
            guard last < key else {
                let what = "the key \"\(key)\" follows \"\(last)\": keys are sorted and unique"
                throw .malformed(byte: start, what: what)
            }
            last = key
            guard take(UInt8(ascii: ":")) else { throw wrong("expected :") }
            members[key] = try value(depth: depth)
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw wrong("expected , or }") }
        return members
    }

    private mutating func integer() throws(CanonicalError) -> Int64 {
        let start = index
        _ = take(UInt8(ascii: "-"))
        while let byte = next, Self.isDigit(byte) { index += 1 }
        if let byte = next,
            [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(byte)
        {
            throw wrong("a number with a fraction or an exponent has no canonical form")
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard let number = Int64(text), CanonicalValue.integerRange.contains(number) else {
            throw .malformed(byte: start, what: "\(text) is not an integer within ±(2^53-1)")
        }
        // Refuses "-0" and leading zeros.
        guard String(number) == text else {
            throw .malformed(byte: start, what: "\(text) must read \(number)")
        }
        return number
    }

    private mutating func string() throws(CanonicalError) -> String {
        let start = index
        guard take(UInt8(ascii: "\"")) else { throw wrong("expected a string") }
        var content: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw wrong("a control character must be escaped") }
            if byte == UInt8(ascii: "\\") {
                content.append(try escape())
            } else {
                content.append(byte)
                index += 1
            }
        }
        guard take(UInt8(ascii: "\"")) else { throw wrong("the string has no end") }
        guard let text = String(validating: content, as: UTF8.self) else {
            throw .malformed(byte: start, what: "the string is not valid UTF-8")
        }
        return text
    }

    /// Reads one of the escapes that the canonical form needs; any other one is longer than it must be.
    private mutating func escape() throws(CanonicalError) -> UInt8 {
        let rest = bytes[index...].dropFirst()
        guard let letter = rest.first else { throw wrong("the string has no end") }
        if let byte = Self.shortEscapes[letter] {
            index += 2
            return byte
        }
        let digits = rest.prefix(5)
        guard digits.starts(with: "u00".utf8), digits.count == 5,
            let decoded = Hexadecimal.decode(digits.suffix(2)), let byte = decoded.first,
            byte < 0x20, CanonicalValue.escapeLetter(of: byte) == nil
        else { throw wrong("this escape is not the shortest form") }
        index += 6
        return byte
    }

    private static let shortEscapes: [UInt8: UInt8] = {
        var table: [UInt8: UInt8] = [:]
        for byte in UInt8(0)...0x7f {
            if let letter = CanonicalValue.escapeLetter(of: byte) { table[letter] = byte }
        }
        return table
    }()
}
