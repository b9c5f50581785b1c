/// An interface description (UAPI.20): what its text declares, in order, with doc comments.
public struct Interface: Sendable {
    /// The reverse-domain name.
    public let name: String
    /// The text from which the interface was read, byte for byte.
    public let text: String
    /// The comment before the `interface` line.
    public let documentation: [String]
    /// All members in the order of the text.
    public let members: [Member]

    /// Reads an interface description.
    ///
    /// - Throws: ``InterfaceError`` with line and column of the first mistake.
    public init(_ text: String) throws(InterfaceError) {
        var parser = InterfaceParser(text)
        let parsed = try parser.parse()
        self.text = text
        name = parsed.name
        documentation = parsed.documentation
        members = parsed.members
        membersByName = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0) })
    }

    private let membersByName: [String: Member]

    /// The member of that unqualified name.
    func member(_ name: some StringProtocol) -> Member? { membersByName[String(name)] }
}

extension Interface {
    /// A declaration of an interface.
    public struct Member: Hashable, Sendable {
        /// What is declared.
        public enum Kind: Hashable, Sendable {
            /// A named structure or enumeration.
            case type(InterfaceType)
            /// A method with its parameters and its reply, both structures.
            case method(parameters: InterfaceType, reply: InterfaceType)
            /// An error with its parameters, a structure.
            case error(InterfaceType)
        }

        /// The unqualified name.
        public let name: String
        /// The lines of the comment before the declaration.
        public let documentation: [String]
        /// What is declared.
        public let kind: Kind
    }

    /// The named types in order.
    public var types: [Member] {
        members.filter { if case .type = $0.kind { true } else { false } }
    }

    /// The methods in order.
    public var methods: [Member] {
        members.filter { if case .method = $0.kind { true } else { false } }
    }

    /// The errors in order.
    public var errors: [Member] {
        members.filter { if case .error = $0.kind { true } else { false } }
    }
}

/// A type of the interface language.
public indirect enum InterfaceType: Hashable, Sendable {
    /// `bool`.
    case bool
    /// `int`, 64 bits with or without a sign.
    case int
    /// `float`.
    case float
    /// `string`.
    case string
    /// `object`: any JSON object.
    case object
    /// `any`: any JSON value.
    case any
    /// A type that the same interface declares.
    case named(String)
    /// `(a: T, ...)`.
    case structure([InterfaceField])
    /// `(a, ...)`.
    case enumeration([InterfaceValue])
    /// `[]T`.
    case array(InterfaceType)
    /// `[string]T`.
    case map(InterfaceType)
    /// `?T`.
    case optional(InterfaceType)
}

/// A field of a structure.
public struct InterfaceField: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The type.
    public let type: InterfaceType
    /// The lines of the comment before the field.
    public let documentation: [String]
}

/// A value of an enumeration.
public struct InterfaceValue: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The lines of the comment before the value.
    public let documentation: [String]
}

/// A mistake in an interface description.
public struct InterfaceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line, counted from 1.
    public let line: Int
    /// The byte of the line, counted from 1.
    public let column: Int
    /// What is wrong and what would be right.
    public let message: String

    /// Line, column and message.
    public var description: String { "\(line):\(column): \(message)" }
}
