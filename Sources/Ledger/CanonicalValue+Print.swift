extension CanonicalValue {
    /// The canonical bytes: sorted keys, minimal escapes, raw UTF-8, no whitespace.
    ///
    /// The value must pass `validate()`; printing one that does not is a programmer error.
    public var bytes: [UInt8] {
        var output: [UInt8] = []
        append(to: &output, depth: 0)
        return output
    }

    private func append(to output: inout [UInt8], depth: Int) {
        switch self {
        case .bool(let flag):
            output.append(contentsOf: flag ? "true".utf8 : "false".utf8)
        case .int(let number):
            precondition(Self.integerRange.contains(number), "an integer is outside of ±(2^53-1)")
            output.append(contentsOf: String(number).utf8)
        case .string(let text):
            Self.appendString(text, to: &output)
        case .array(let elements):
            precondition(depth < Self.maximumDepth, "a canonical value is nested too deep")
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                element.append(to: &output, depth: depth + 1)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            precondition(depth < Self.maximumDepth, "a canonical value is nested too deep")
            Self.appendObject(members, to: &output, depth: depth + 1)
        }
    }

    private static func appendObject(
        _ members: [String: CanonicalValue],
        to output: inout [UInt8],
        depth: Int
    ) {
        output.append(UInt8(ascii: "{"))
        // Keys are ASCII, so this order is that of RFC 8785 (UTF-16 code units) and of the bytes.
        for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
            precondition(isKey(member.key.utf8), "a key is not made of A-Z a-z 0-9 _ . -")
            if index > 0 { output.append(UInt8(ascii: ",")) }
            appendString(member.key, to: &output)
            output.append(UInt8(ascii: ":"))
            member.value.append(to: &output, depth: depth)
        }
        output.append(UInt8(ascii: "}"))
    }

    private static func appendString(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if let letter = escapeLetter(of: byte) {
                output.append(UInt8(ascii: "\\"))
                output.append(letter)
            } else if byte < 0x20 {
                output.append(contentsOf: "\\u00".utf8)
                output.append(Hexadecimal.digit(byte >> 4))
                output.append(Hexadecimal.digit(byte & 0x0f))
            } else {
                output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    /// Returns the letter after the backslash for the seven bytes that have a short escape.
    static func escapeLetter(of byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0a: UInt8(ascii: "n")
        case 0x0c: UInt8(ascii: "f")
        case 0x0d: UInt8(ascii: "r")
        default: nil
        }
    }
}
