/// An encoder from Swift values to canonical values.
///
/// An optional that is nil is left out. Floats, null and collections without an order are refused.
public enum CanonicalEncoder {
    /// Returns the canonical value of `value`.
    ///
    /// - Parameter value: A value made of booleans, integers, strings, arrays and keyed structures.
    /// - Returns: A value that passes `validate()`.
    /// - Throws: `CanonicalError.coding` with the coding path of what has no canonical form.
    public static func encode(_ value: some Encodable) throws -> CanonicalValue {
        let node = EncodingNode()
        try node.encode(value, path: [])
        let result = node.value
        try result.validate()
        return result
    }
}

/// A collection whose order differs from run to run, unless it is keyed by strings.
private protocol UnorderedCollection {
    static var isKeyed: Bool { get }
}

extension Set: UnorderedCollection {
    fileprivate static var isKeyed: Bool { false }
}

extension Dictionary: UnorderedCollection {
    fileprivate static var isKeyed: Bool {
        Key.self == String.self || Key.self == Int.self
            || Key.self is any CodingKeyRepresentable.Type
    }
}

/// A place in the value that is being built; the containers of an encoder share it.
final class EncodingNode {
    private enum Content {
        case nothing
        case scalar(CanonicalValue)
        case array([EncodingNode])
        case object([String: EncodingNode])
    }

    private var content = Content.nothing

    /// The value built so far; a type that encodes nothing is an empty object.
    var value: CanonicalValue {
        switch content {
        case .nothing: .object([:])
        case .scalar(let value): value
        case .array(let nodes): .array(nodes.map(\.value))
        case .object(let nodes): .object(nodes.mapValues(\.value))
        }
    }

    var count: Int {
        if case .array(let nodes) = content { nodes.count } else { 0 }
    }

    func encode<T: Encodable>(_ value: T, path: [any CodingKey]) throws {
        switch value {
        case let flag as Bool: content = .scalar(.bool(flag))
        case let text as String: content = .scalar(.string(text))
        case let number as any BinaryInteger:
            guard let number = Int64(exactly: number) else {
                throw CanonicalError.coding(
                    path: pathText(path),
                    what: "\(number) is outside of ±(2^53-1)"
                )
            }
            content = .scalar(.int(number))
        case is any BinaryFloatingPoint:
            throw CanonicalError.coding(path: pathText(path), what: "a float has no canonical form")
        case let collection as any UnorderedCollection where !type(of: collection).isKeyed:
            throw CanonicalError.coding(
                path: pathText(path),
                what: "\(T.self) has no order: encode a sorted array"
            )
        default: try value.encode(to: NodeEncoder(node: self, codingPath: path))
        }
    }

    func refuseNull(path: [any CodingKey]) throws {
        throw CanonicalError.coding(path: pathText(path), what: "null has no canonical form")
    }

    /// Returns the place of a member, and makes this node an object.
    func member(_ key: String) -> EncodingNode {
        let node = EncodingNode()
        makeObject()
        if case .object(var nodes) = content {
            content = .nothing  // keeps `nodes` unshared, so that the insertion does not copy
            nodes[key] = node
            content = .object(nodes)
        }
        return node
    }

    /// Returns the place of one more element, and makes this node an array.
    func element() -> EncodingNode {
        let node = EncodingNode()
        makeArray()
        if case .array(var nodes) = content {
            content = .nothing  // as above
            nodes.append(node)
            content = .array(nodes)
        }
        return node
    }

    func makeObject() {
        if case .nothing = content { content = .object([:]) }
        guard case .object = content else {
            preconditionFailure("a type encodes either keys or elements")
        }
    }

    func makeArray() {
        if case .nothing = content { content = .array([]) }
        guard case .array = content else {
            preconditionFailure("a type encodes either keys or elements")
        }
    }
}

/// Returns a coding path as a person writes it: `payload.stages[2].name`.
func pathText(_ path: [any CodingKey]) -> String {
    var text = ""
    for key in path {
        if let index = key as? IndexKey {
            text += "[\(index.index)]"
        } else {
            text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
        }
    }
    return text
}

/// The coding key of an array's element.
struct IndexKey: CodingKey {
    let index: Int

    init(index: Int) {
        self.index = index
    }

    init?(intValue: Int) {
        self.init(index: intValue)
    }

    init?(stringValue: String) {
        guard let index = Int(stringValue) else { return nil }
        self.init(index: index)
    }

    var stringValue: String { String(index) }
    var intValue: Int? { index }
}

/// The coding key of a superclass's part.
enum SuperKey: String, CodingKey {
    case `super`
}
