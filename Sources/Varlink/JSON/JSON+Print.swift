extension JSON {
    /// The value as UTF-8 without whitespace and with as few escapes as possible.
    public func serialized() -> [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes
    }

    /// The value as text without whitespace.
    public var text: String { String(decoding: serialized(), as: UTF8.self) }

    /// The value as text for people: one member or element a line, indented by two spaces.
    public func pretty() -> String {
        var bytes: [UInt8] = []
        appendPretty(to: &bytes, indent: 0)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the value as UTF-8.
    func append(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(true): bytes.append(contentsOf: "true".utf8)
        case .bool(false): bytes.append(contentsOf: "false".utf8)
        case .int(let value): bytes.append(contentsOf: String(value).utf8)
        case .uint(let value): bytes.append(contentsOf: String(value).utf8)
        case .double(let value): Self.append(value, to: &bytes)
        case .outOfRange(let text): bytes.append(contentsOf: text.utf8)
        case .string(let text): Self.append(quoted: text, to: &bytes)
        case .array(let elements): Self.append(elements, to: &bytes)
        case .object(let object): Self.append(object, to: &bytes)
        }
    }

    /// JSON has no word for NaN and infinity, hence null; ``JSONCoder`` refuses them before.
    private static func append(_ value: Double, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: (value.isFinite ? value.description : "null").utf8)
    }

    private static func append(_ elements: [JSON], to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        for index in elements.indices {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            elements[index].append(to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private static func append(_ object: JSONObject, to bytes: inout [UInt8]) {
        var separator = UInt8(ascii: "{")
        object.eachMember { key, value in
            bytes.append(separator)
            append(quoted: key, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            value.append(to: &bytes)
            separator = UInt8(ascii: ",")
        }
        if object.isEmpty { bytes.append(separator) }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Appends a text in quotes; the usual text has nothing to escape and is copied in one go.
    static func append(quoted text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        let first = bytes.count
        bytes.append(contentsOf: text.utf8)
        var index = first
        while index < bytes.count, !needsEscape(bytes[index]) { index += 1 }
        if index < bytes.count {
            let rest = Array(bytes[index...])
            bytes.removeLast(rest.count)
            for byte in rest { append(escaped: byte, to: &bytes) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func append(escaped byte: UInt8, to bytes: inout [UInt8]) {
        guard needsEscape(byte) else {
            bytes.append(byte)
            return
        }
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
    }
}

extension JSON {
    private func appendPretty(to bytes: inout [UInt8], indent: Int) {
        switch self {
        case .array(let elements) where !elements.isEmpty:
            bytes.append(UInt8(ascii: "["))
            for index in elements.indices {
                Self.breakLine(to: &bytes, indent: indent + 1, first: index == 0)
                elements[index].appendPretty(to: &bytes, indent: indent + 1)
            }
            Self.breakLine(to: &bytes, indent: indent, first: true)
            bytes.append(UInt8(ascii: "]"))
        case .object(let object) where !object.isEmpty:
            bytes.append(UInt8(ascii: "{"))
            var first = true
            object.eachMember { key, value in
                Self.breakLine(to: &bytes, indent: indent + 1, first: first)
                Self.append(quoted: key, to: &bytes)
                bytes.append(contentsOf: ": ".utf8)
                value.appendPretty(to: &bytes, indent: indent + 1)
                first = false
            }
            Self.breakLine(to: &bytes, indent: indent, first: true)
            bytes.append(UInt8(ascii: "}"))
        default: append(to: &bytes)
        }
    }

    private static func breakLine(to bytes: inout [UInt8], indent: Int, first: Bool) {
        if !first { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indent))
    }
}
