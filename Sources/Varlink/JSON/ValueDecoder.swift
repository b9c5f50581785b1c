/// One JSON value that a type decodes itself from; a missing value is null.
struct ValueDecoder: Decoder {
    let json: JSON
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let object) = json else { throw misfit("an object") }
        return KeyedDecodingContainer(MemberDecoder<Key>(object, codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = json else { throw misfit("a list") }
        return ElementDecoder(elements: elements, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func misfit(_ expected: String) -> JSONCodingError {
        switch json {
        case .null: JSONCodingError(codingPath, "a value is missing: \(expected) is expected")
        case .outOfRange: JSONCodingError(codingPath, "the number is out of range")
        default: JSONCodingError(codingPath, "\(expected) is expected")
        }
    }
}

extension ValueDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { json == .null }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let value) = json else { throw misfit("true or false") }
        return value
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .string(let text) = json else { throw misfit("a string") }
        return text
    }

    func decode(_ type: Double.Type) throws -> Double {
        switch json {
        case .double(let value): return value
        case .int(let value): return Double(value)
        case .uint(let value): return Double(value)
        default: throw misfit("a number")
        }
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }

    private func integer<Value: FixedWidthInteger>() throws -> Value {
        let value: Value?
        switch json {
        case .int(let signed): value = Value(exactly: signed)
        case .uint(let unsigned): value = Value(exactly: unsigned)
        default: throw misfit("an integer")
        }
        guard let value else { throw JSONCodingError(codingPath, "the number is out of range") }
        return value
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try Value(from: self)
    }
}

private struct MemberDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let object: JSONObject
    let codingPath: [any CodingKey]
    /// Only for objects so large that looking at each member would be slow.
    private let index: [String: JSON]
    private static var linearUpTo: Int { 24 }

    init(_ object: JSONObject, _ codingPath: [any CodingKey]) {
        self.object = object
        self.codingPath = codingPath
        var index: [String: JSON] = [:]
        if object.count > Self.linearUpTo {
            object.eachMember { key, value in index[key] = value }
        }
        self.index = index
    }

    var allKeys: [Key] { object.compactMap { Key(stringValue: $0.key) } }

    private func value(_ key: any CodingKey) -> JSON? {
        index.isEmpty ? object[key.stringValue] : index[key.stringValue]
    }

    private func member(_ key: any CodingKey) -> ValueDecoder {
        ValueDecoder(json: value(key) ?? .null, codingPath: codingPath + [key])
    }

    func contains(_ key: Key) -> Bool { value(key) != nil }
    func decodeNil(forKey key: Key) -> Bool { value(key) ?? .null == .null }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try member(key).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try member(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try member(key).unkeyedContainer()
    }

    func superDecoder() -> any Decoder { member(JSONKey.super) }
    func superDecoder(forKey key: Key) -> any Decoder { member(key) }
}

private struct ElementDecoder: UnkeyedDecodingContainer {
    let elements: [JSON]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex == elements.count }

    init(elements: [JSON], codingPath: [any CodingKey]) {
        self.elements = elements
        self.codingPath = codingPath
    }

    private func current() -> ValueDecoder {
        ValueDecoder(
            json: isAtEnd ? .null : elements[currentIndex],
            codingPath: codingPath + [JSONKey(intValue: currentIndex)]
        )
    }

    private mutating func next<Value>(_ body: (ValueDecoder) throws -> Value) throws -> Value {
        let value = try body(current())
        currentIndex += 1
        return value
    }

    mutating func decodeNil() -> Bool {
        guard !isAtEnd, elements[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try next { try $0.decode(type) }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try next { try $0.container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next { try $0.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder { try next { $0 } }
}
