/// Converts between typed messages and JSON values, without Foundation.
///
/// Nil fields are left out, a missing field equals null, unknown fields are ignored, integers stay
/// exact and are never taken from numbers with a fraction.
public enum JSONCoder {
    /// Encodes a value.
    ///
    /// - Throws: ``JSONCodingError`` for NaN and infinity, or what the value's own encoding throws.
    public static func encode(_ value: some Encodable) throws -> JSON {
        try EncodingNode.encode(value, path: [])
    }

    /// Decodes a value.
    ///
    /// - Throws: ``JSONCodingError`` with the path of the first field that does not fit.
    public static func decode<Value: Decodable>(
        _ type: Value.Type,
        from json: JSON
    ) throws -> Value {
        do {
            return try ValueDecoder(json: json, codingPath: []).decode(type)
        } catch let error as DecodingError {
            throw JSONCodingError(error)
        }
    }
}

/// A field that does not fit its type.
public struct JSONCodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where the field stands, such as `results.0.jobId`; empty for the value itself.
    public let path: String
    /// What is wrong.
    public let message: String

    /// Makes an error for the field at a dotted path.
    public init(path: String, message: String) {
        self.path = path
        self.message = message
    }

    /// Makes an error for the field at a coding path.
    init(_ path: [any CodingKey], _ message: String) {
        self.path = path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(
            separator: "."
        )
        self.message = message
    }

    init(_ error: DecodingError) {
        switch error {
        case .typeMismatch(_, let context): self.init(context.codingPath, context.debugDescription)
        case .valueNotFound(_, let context): self.init(context.codingPath, "a value is missing")
        case .keyNotFound(let key, let context):
            self.init(context.codingPath + [key], "a value is missing")
        case .dataCorrupted(let context): self.init(context.codingPath, context.debugDescription)
        @unknown default: self.init([], "the value does not fit")
        }
    }

    /// The path and the message.
    public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}

/// The place of a field in an object or of an element in a list.
struct JSONKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }

    static let `super` = JSONKey(stringValue: "super")
}

extension JSON: Codable {
    /// Encodes the value as it is; only ``JSONCoder`` can.
    ///
    /// - Throws: `EncodingError` for every other encoder.
    public func encode(to encoder: any Encoder) throws {
        guard let node = encoder as? EncodingNode else {
            let context = EncodingError.Context(
                codingPath: encoder.codingPath,
                debugDescription: "a JSON value is encoded by JSONCoder only"
            )
            throw EncodingError.invalidValue(self, context)
        }
        node.content = .value(self)
    }

    /// Takes the value as it is; only ``JSONCoder`` can.
    ///
    /// - Throws: `DecodingError` for every other decoder.
    public init(from decoder: any Decoder) throws {
        guard let value = decoder as? ValueDecoder else {
            let context = DecodingError.Context(
                codingPath: decoder.codingPath,
                debugDescription: "a JSON value is decoded by JSONCoder only"
            )
            throw DecodingError.dataCorrupted(context)
        }
        self = value.json
    }
}
