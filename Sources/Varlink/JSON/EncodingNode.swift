/// What one value encodes itself into: it becomes a leaf, a list or an object.
final class EncodingNode: Encoder {
    enum Content {
        case empty
        case value(JSON)
        case list([EncodingNode])
        case members([(String, EncodingNode)])
    }

    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    var content = Content.empty

    init(codingPath: [any CodingKey]) { self.codingPath = codingPath }

    /// Encodes a value, leaves without a detour.
    static func encode(_ value: some Encodable, path: [any CodingKey]) throws -> JSON {
        let node = EncodingNode(codingPath: path)
        try node.encode(value)
        return node.json
    }

    /// The value that was encoded; a value that encoded nothing is an empty object.
    var json: JSON {
        switch content {
        case .empty: .object(JSONObject())
        case .value(let value): value
        case .list(let nodes): .array(nodes.map(\.json))
        case .members(let members): .object(Self.object(members))
        }
    }

    private static func object(_ members: [(String, EncodingNode)]) -> JSONObject {
        var object = JSONObject()
        for (key, node) in members { object[key] = node.json }
        return object
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .empty = content { content = .members([]) }
        return KeyedEncodingContainer(MemberEncoder<Key>(node: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .empty = content { content = .list([]) }
        return ElementEncoder(node: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func member(_ key: any CodingKey) -> EncodingNode {
        let child = EncodingNode(codingPath: codingPath + [key])
        guard case .members(var members) = content else {
            preconditionFailure("a value encodes itself into one kind of container")
        }
        content = .empty
        members.append((key.stringValue, child))
        content = .members(members)
        return child
    }

    func element() -> EncodingNode {
        guard case .list(var elements) = content else {
            preconditionFailure("a value encodes itself into one kind of container")
        }
        content = .empty
        let child = EncodingNode(codingPath: codingPath + [JSONKey(intValue: elements.count)])
        elements.append(child)
        content = .list(elements)
        return child
    }

    var elementCount: Int {
        if case .list(let elements) = content { elements.count } else { 0 }
    }
}

extension EncodingNode: SingleValueEncodingContainer {
    func encodeNil() { content = .value(.null) }
    func encode(_ value: Bool) { content = .value(.bool(value)) }
    func encode(_ value: String) { content = .value(.string(value)) }
    func encode(_ value: Float) throws { try encode(Double(value)) }
    func encode(_ value: Int) { content = .value(.int(Int64(value))) }
    func encode(_ value: Int8) { content = .value(.int(Int64(value))) }
    func encode(_ value: Int16) { content = .value(.int(Int64(value))) }
    func encode(_ value: Int32) { content = .value(.int(Int64(value))) }
    func encode(_ value: Int64) { content = .value(.int(value)) }
    func encode(_ value: UInt) { content = .value(JSON(UInt64(value))) }
    func encode(_ value: UInt8) { content = .value(.int(Int64(value))) }
    func encode(_ value: UInt16) { content = .value(.int(Int64(value))) }
    func encode(_ value: UInt32) { content = .value(.int(Int64(value))) }
    func encode(_ value: UInt64) { content = .value(JSON(value)) }

    func encode(_ value: Double) throws {
        guard value.isFinite else {
            throw JSONCodingError(codingPath, "JSON has no NaN and no infinity")
        }
        content = .value(.double(value))
    }

    func encode(_ value: some Encodable) throws { try value.encode(to: self) }
}

private struct MemberEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: EncodingNode
    var codingPath: [any CodingKey] { node.codingPath }

    /// A nil field is left out.
    func encodeNil(forKey key: Key) {}

    func encode(_ value: some Encodable, forKey key: Key) throws {
        try node.member(key).encode(value)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        node.member(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        node.member(key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { node.member(JSONKey.super) }
    func superEncoder(forKey key: Key) -> any Encoder { node.member(key) }
}

private struct ElementEncoder: UnkeyedEncodingContainer {
    let node: EncodingNode
    var codingPath: [any CodingKey] { node.codingPath }
    var count: Int { node.elementCount }

    func encodeNil() { node.element().encodeNil() }
    func encode(_ value: some Encodable) throws { try node.element().encode(value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        node.element().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        node.element().unkeyedContainer()
    }

    func superEncoder() -> any Encoder { node.element() }
}
