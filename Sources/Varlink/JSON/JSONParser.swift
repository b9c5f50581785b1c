extension JSON {
    /// Parses exactly one JSON value with nothing but whitespace around it (RFC 8259, RFC 7493).
    ///
    /// - Throws: ``JSONError`` with the byte offset when the text is not strictly JSON or exceeds
    ///   a limit.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) {
        try self.init(parsing: bytes, in: 0..<bytes.count, limits: limits)
    }

    /// Parses exactly one JSON value with nothing but whitespace around it (RFC 8259, RFC 7493).
    ///
    /// - Throws: ``JSONError`` with the byte offset when the text is not strictly JSON or exceeds
    ///   a limit.
    public init(
        parsing bytes: some Collection<UInt8>,
        limits: JSONLimits = .default
    ) throws(JSONError) {
        try self.init(parsing: Array(bytes), limits: limits)
    }

    /// Parses the value that fills a range of the bytes; offsets count from the range's start.
    init(parsing bytes: [UInt8], in range: Range<Int>, limits: JSONLimits) throws(JSONError) {
        var parser = JSONParser(bytes: bytes, range: range, limits: limits)
        self = try parser.parseWhole()
    }
}

/// One pass over the bytes; the only allocations are the values that are kept.
struct JSONParser {
    let bytes: [UInt8]
    let start: Int
    let end: Int
    let limits: JSONLimits
    var position: Int
    var depth = 0

    init(bytes: [UInt8], range: Range<Int>, limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
        start = range.lowerBound
        end = range.upperBound
        position = start
    }

    mutating func parseWhole() throws(JSONError) -> JSON {
        if end - start > limits.message { throw JSONError(.messageTooLong, at: limits.message) }
        skipWhitespace()
        let value = try parseValue()
        skipWhitespace()
        if position != end { throw failure(.trailingBytes) }
        return value
    }

    func failure(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason, at: position - start)
    }

    func failure(_ reason: JSONError.Reason, at index: Int) -> JSONError {
        JSONError(reason, at: index - start)
    }

    mutating func skipWhitespace() {
        while position < end {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    /// The byte at the position, which must exist.
    func peek() throws(JSONError) -> UInt8 {
        guard position < end else { throw failure(.truncated) }
        return bytes[position]
    }

    mutating func parseValue() throws(JSONError) -> JSON {
        switch try peek() {
        case UInt8(ascii: "{"): return .object(try parseObject())
        case UInt8(ascii: "["): return .array(try parseArray())
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", .null)
        case UInt8(ascii: "-"), 0x30...0x39: return try parseNumber()
        default: throw failure(.unexpectedByte)
        }
    }

    private mutating func parseWord(
        _ word: StaticString,
        _ value: JSON
    ) throws(JSONError) -> JSON {
        for expected in word.description.utf8 {
            guard try peek() == expected else { throw failure(.unexpectedByte) }
            position += 1
        }
        return value
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        if depth > limits.depth { throw failure(.tooDeep) }
        position += 1
        skipWhitespace()
    }

    private mutating func leave() {
        depth -= 1
        position += 1
    }

    /// Steps over a comma; false at the closing byte.
    private mutating func another(before close: UInt8) throws(JSONError) -> Bool {
        skipWhitespace()
        let byte = try peek()
        if byte == close { return false }
        guard byte == UInt8(ascii: ",") else { throw failure(.unexpectedByte) }
        position += 1
        skipWhitespace()
        return true
    }

    private mutating func parseArray() throws(JSONError) -> [JSON] {
        try enter()
        var elements: [JSON] = []
        if try peek() == UInt8(ascii: "]") {
            leave()
            return elements
        }
        repeat {
            if elements.count == limits.items { throw failure(.tooManyItems) }
            elements.append(try parseValue())
        } while try another(before: UInt8(ascii: "]"))
        leave()
        return elements
    }

    private mutating func parseObject() throws(JSONError) -> JSONObject {
        try enter()
        var object = JSONObject()
        if try peek() == UInt8(ascii: "}") {
            leave()
            return object
        }
        var names = MemberNames()
        repeat {
            if object.count == limits.items { throw failure(.tooManyItems) }
            let nameStart = position
            guard try peek() == UInt8(ascii: "\"") else { throw failure(.unexpectedByte) }
            let name = try parseString()
            guard names.insert(name, into: object) else {
                throw failure(.duplicateMember, at: nameStart)
            }
            skipWhitespace()
            guard try peek() == UInt8(ascii: ":") else { throw failure(.unexpectedByte) }
            position += 1
            skipWhitespace()
            object.append(name, try parseValue())
        } while try another(before: UInt8(ascii: "}"))
        leave()
        return object
    }
}

/// Tells whether a member name is new: by looking at each in small objects, by a set in large ones.
///
/// Names that Unicode calls canonically equivalent count as equal: to a reader they are.
private struct MemberNames {
    private var set: Set<String> = []
    private static let linearUpTo = 12

    mutating func insert(_ name: String, into object: JSONObject) -> Bool {
        if object.count < Self.linearUpTo { return object[name] == nil }
        if set.isEmpty { object.eachMember { key, _ in set.insert(key) } }
        return set.insert(name).inserted
    }
}
