extension JSONParser {
    /// Parses a string at its opening quote.
    mutating func parseString() throws(JSONError) -> String {
        position += 1
        let first = position
        while position < end {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                let text = try decode(first..<position)
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try parseEscapedString(from: first) }
            if byte < 0x20 { throw failure(.controlByte) }
            position += 1
        }
        throw failure(.truncated)
    }

    private func decode(_ range: Range<Int>) throws(JSONError) -> String {
        if range.count > limits.string { throw failure(.tooLong, at: range.lowerBound) }
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw failure(.invalidUTF8, at: range.lowerBound)
        }
        return text
    }

    /// The slow path: unescapes into a buffer, starting over what was already read.
    private mutating func parseEscapedString(from first: Int) throws(JSONError) -> String {
        var unescaped = Array(bytes[first..<position])
        while position < end {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                if unescaped.count > limits.string { throw failure(.tooLong, at: first) }
                guard let text = String(validating: unescaped, as: UTF8.self) else {
                    throw failure(.invalidUTF8, at: first)
                }
                return text
            case UInt8(ascii: "\\"): try parseEscape(into: &unescaped)
            case 0..<0x20: throw failure(.controlByte, at: position - 1)
            default: unescaped.append(byte)
            }
        }
        throw failure(.truncated)
    }

    private mutating func parseEscape(into text: inout [UInt8]) throws(JSONError) {
        let byte = try peek()
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: try parseUnicodeEscape().utf8)
        default: throw failure(.invalidEscape, at: position - 1)
        }
    }

    /// Reads the digits of `\u`, and of a second escape when the first is half of a pair.
    private mutating func parseUnicodeEscape() throws(JSONError) -> Character {
        let first = position
        let high = try parseHexadecimal()
        if let scalar = Unicode.Scalar(high) { return Character(scalar) }
        guard high < 0xDC00 else { throw failure(.invalidEscape, at: first) }
        for expected in [UInt8(ascii: "\\"), UInt8(ascii: "u")] {
            guard try peek() == expected else { throw failure(.invalidEscape, at: first) }
            position += 1
        }
        let low = try parseHexadecimal()
        guard low >= 0xDC00, low <= 0xDFFF else { throw failure(.invalidEscape, at: first) }
        let combined = 0x1_0000 + (UInt32(high & 0x3FF) << 10) + UInt32(low & 0x3FF)
        guard let scalar = Unicode.Scalar(combined) else {
            throw failure(.invalidEscape, at: first)
        }
        return Character(scalar)
    }

    private mutating func parseHexadecimal() throws(JSONError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            let byte = try peek()
            guard let digit = Self.hexadecimalDigit(byte) else { throw failure(.invalidEscape) }
            value = value << 4 | digit
            position += 1
        }
        return value
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case 0x30...0x39: UInt16(byte - 0x30)
        case 0x41...0x46: UInt16(byte - 0x41 + 10)
        case 0x61...0x66: UInt16(byte - 0x61 + 10)
        default: nil
        }
    }
}
