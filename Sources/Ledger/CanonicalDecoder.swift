/// A decoder from canonical values to Swift values.
public enum CanonicalDecoder {
    /// Returns the Swift value that `value` stands for.
    ///
    /// - Parameters:
    ///   - type: The type to decode.
    ///   - value: The canonical value; keys that the type does not know are ignored.
    /// - Returns: The Swift value.
    /// - Throws: `CanonicalError.coding` with the coding path of what does not fit, or what a
    ///   type's own `init(from:)` throws.
    public static func decode<T: Decodable>(
        _ type: T.Type,
        from value: CanonicalValue
    ) throws -> T {
        do {
            return try ValueDecoder(value: value, codingPath: []).decode(type)
        } catch let error as DecodingError {
            throw readable(error)
        }
    }

    private static func readable(_ error: DecodingError) -> CanonicalError {
        switch error {
        case .keyNotFound(let key, let context):
            .coding(path: pathText(context.codingPath + [key]), what: "the key is missing")
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            .coding(path: pathText(context.codingPath), what: context.debugDescription)
        @unknown default:
            .coding(path: "", what: "\(error)")
        }
    }
}

/// A value that is being decoded, with its place.
struct ValueDecoder: Decoder {
    let value: CanonicalValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if type == Bool.self {
            guard case .bool(let flag as T) = value else { throw mismatch("a boolean") }
            return flag
        }
        if type == String.self {
            guard case .string(let text as T) = value else { throw mismatch("a string") }
            return text
        }
        if let integers = type as? any BinaryInteger.Type {
            guard case .int(let number) = value else { throw mismatch("an integer") }
            guard let fitting = integer(number, as: integers) as? T else {
                throw mismatch("an integer that fits \(type)")
            }
            return fitting
        }
        if type is any BinaryFloatingPoint.Type {
            throw failure("a float has no canonical form")
        }
        return try T(from: self)
    }

    private func integer<I: BinaryInteger>(_ number: Int64, as type: I.Type) -> I? {
        I(exactly: number)
    }

    private func mismatch(_ expected: String) -> CanonicalError {
        failure("expected \(expected), found \(value.kind)")
    }

    private func failure(_ what: String) -> CanonicalError {
        .coding(path: pathText(codingPath), what: what)
    }

    func container<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value else { throw mismatch("an object") }
        return KeyedDecodingContainer(KeyedValues(members: members, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw mismatch("an array") }
        return UnkeyedValues(elements: elements, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        SingleValue(decoder: self)
    }
}

extension CanonicalValue {
    /// What the value is, for messages.
    fileprivate var kind: String {
        switch self {
        case .bool(let flag): "\(flag)"
        case .int(let number): "\(number)"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
