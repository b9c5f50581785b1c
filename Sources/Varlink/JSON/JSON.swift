/// A JSON value as it stands on the wire: numbers stay exact, members keep their order.
public enum JSON: Hashable, Sendable {
    /// The literal `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// An integer without fraction and exponent that fits 64 bits with a sign.
    case int(Int64)
    /// An integer above `Int64.max` that fits 64 bits without a sign.
    case uint(UInt64)
    /// A number with a fraction or an exponent.
    case double(Double)
    /// The text of a number that fits none of the above: no schema accepts it.
    case outOfRange(String)
    /// A text.
    case string(String)
    /// An ordered list.
    case array([JSON])
    /// Named members.
    case object(JSONObject)
}

extension JSON {
    /// The text of a string, nil for everything else.
    public var stringValue: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The value of an integer that fits 64 bits with a sign, nil for everything else.
    public var intValue: Int64? {
        if case .int(let value) = self { value } else { nil }
    }

    /// The value of a boolean, nil for everything else.
    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The elements of a list, nil for everything else.
    public var arrayValue: [JSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members of an object, nil for everything else.
    public var objectValue: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The member of that name, nil when absent or when this is no object.
    public subscript(key: String) -> JSON? { objectValue?[key] }

    /// Makes an integer of either 64-bit range.
    public init(_ value: UInt64) {
        if let signed = Int64(exactly: value) { self = .int(signed) } else { self = .uint(value) }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Makes a string.
    public init(stringLiteral value: String) { self = .string(value) }

    /// Makes an integer.
    public init(integerLiteral value: Int64) { self = .int(value) }

    /// Makes a number with a fraction.
    public init(floatLiteral value: Double) { self = .double(value) }

    /// Makes a boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// Makes a list.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }

    /// Makes an object; a name that is given twice is a programmer error.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(members: elements))
    }
}
