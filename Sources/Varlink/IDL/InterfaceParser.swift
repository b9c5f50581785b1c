/// Reads the grammar of interface descriptions (UAPI.20, "Interface Definition Format").
struct InterfaceParser {
    struct Parsed {
        let name: String
        let documentation: [String]
        let members: [Interface.Member]
    }

    private var scanner: InterfaceScanner
    /// Each use of a named type with the place at which it stands.
    private var uses: [(name: String, at: Int)] = []

    init(_ text: String) { scanner = InterfaceScanner(text) }

    mutating func parse() throws(InterfaceError) -> Parsed {
        let documentation = try scanner.skipToToken()
        try scanner.expectWord("interface", "an interface description begins with 'interface NAME'")
        try scanner.expectSpace()
        let name = try parseInterfaceName()
        try scanner.expectLineBreak()
        var members: [Interface.Member] = []
        var names: Set<String> = []
        while true {
            let documentation = try scanner.skipToToken()
            if scanner.atEnd { break }
            let start = scanner.position
            let member = try parseMember(documentation)
            guard names.insert(member.name).inserted else {
                throw scanner.failure("'\(member.name)' is declared twice", at: start)
            }
            members.append(member)
            try scanner.expectLineBreak()
        }
        try checkUses(members)
        return Parsed(name: name, documentation: documentation, members: members)
    }

    private func checkUses(_ members: [Interface.Member]) throws(InterfaceError) {
        var types: Set<String> = []
        for member in members {
            if case .type = member.kind { types.insert(member.name) }
        }
        for use in uses where !types.contains(use.name) {
            throw scanner.failure("no type '\(use.name)' is declared in this interface", at: use.at)
        }
    }

    private mutating func parseInterfaceName() throws(InterfaceError) -> String {
        let start = scanner.position
        let name = scanner.takeWhile { Self.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E }
        guard Self.isInterfaceName(name) else {
            let rule = "an interface name is a reverse domain name such as org.example.Name"
            throw scanner.failure(rule, at: start)
        }
        return name
    }

    private mutating func parseMember(
        _ documentation: [String]
    ) throws(InterfaceError) -> Interface.Member {
        let start = scanner.position
        let keyword = scanner.takeWhile(Self.isAlphanumeric)
        guard ["type", "method", "error"].contains(keyword) else {
            throw scanner.failure("a member begins with 'type', 'method' or 'error'", at: start)
        }
        try scanner.expectSpace()
        let name = try parseMemberName()
        _ = try scanner.skipToToken()
        let kind: Interface.Member.Kind
        switch keyword {
        case "type": kind = .type(try parseBrackets())
        case "error": kind = .error(try parseStructure())
        default:
            let parameters = try parseStructure()
            _ = try scanner.skipToToken()
            try scanner.expectWord("->", "'->' and the reply follow a method's parameters")
            _ = try scanner.skipToToken()
            kind = .method(parameters: parameters, reply: try parseStructure())
        }
        return Interface.Member(name: name, documentation: documentation, kind: kind)
    }

    private mutating func parseMemberName() throws(InterfaceError) -> String {
        let start = scanner.position
        let name = scanner.takeWhile(Self.isAlphanumeric)
        guard let first = name.utf8.first, Self.isUppercase(first) else {
            throw scanner.failure("a name of a member begins with a capital letter", at: start)
        }
        return name
    }

    private mutating func parseFieldName() throws(InterfaceError) -> String {
        let start = scanner.position
        let name = scanner.takeWhile { Self.isAlphanumeric($0) || $0 == 0x5F }
        guard Self.isFieldName(name) else {
            let rule = "a field name has letters and digits, with single '_' between them"
            throw scanner.failure(rule, at: start)
        }
        return name
    }

    private mutating func parseStructure() throws(InterfaceError) -> InterfaceType {
        let start = scanner.position
        let type = try parseBrackets()
        guard case .structure = type else {
            throw scanner.failure("a structure '(name: type, ...)' is expected here", at: start)
        }
        return type
    }

    /// Parses `( ... )`: a structure, or an enumeration when the first name has no type.
    private mutating func parseBrackets() throws(InterfaceError) -> InterfaceType {
        try scanner.expectByte("(", "'(' is expected here")
        var documentation = try scanner.skipToToken()
        if scanner.take(")") { return .structure([]) }
        var fields: [InterfaceField] = []
        var values: [InterfaceValue] = []
        var names: Set<String> = []
        repeat {
            if !names.isEmpty { documentation = try scanner.skipToToken() }
            let start = scanner.position
            let name = try parseFieldName()
            guard names.insert(name).inserted else {
                throw scanner.failure("'\(name)' stands twice in one type", at: start)
            }
            _ = try scanner.skipToToken()
            if values.isEmpty, scanner.take(":") {
                _ = try scanner.skipToToken()
                let type = try parseType()
                fields.append(
                    InterfaceField(name: name, type: type, documentation: documentation)
                )
            } else {
                guard fields.isEmpty else { throw scanner.failure("':' and a type are expected") }
                values.append(InterfaceValue(name: name, documentation: documentation))
            }
            _ = try scanner.skipToToken()
        } while scanner.take(",")
        try scanner.expectByte(")", "',' or ')' is expected here")
        return values.isEmpty ? .structure(fields) : .enumeration(values)
    }

    private mutating func parseType() throws(InterfaceError) -> InterfaceType {
        if scanner.take("?") {
            let start = scanner.position
            if scanner.take("?") { throw scanner.failure("'??' is no type", at: start) }
            return .optional(try parseType())
        }
        if scanner.take("[") {
            if scanner.take("]") { return .array(try parseType()) }
            try scanner.expectWord("string", "'[]' or '[string]' is expected here")
            try scanner.expectByte("]", "'[]' or '[string]' is expected here")
            return .map(try parseType())
        }
        if scanner.peek("(") { return try parseBrackets() }
        return try parseNamedType()
    }

    private mutating func parseNamedType() throws(InterfaceError) -> InterfaceType {
        let start = scanner.position
        let name = scanner.takeWhile(Self.isAlphanumeric)
        switch name {
        case "bool": return .bool
        case "int": return .int
        case "float": return .float
        case "string": return .string
        case "object": return .object
        case "any": return .any
        default:
            guard let first = name.utf8.first, Self.isUppercase(first) else {
                let known = "bool, int, float, string, object, any or a name with a capital letter"
                throw scanner.failure("a type is expected here: \(known)", at: start)
            }
            uses.append((name, start))
            return .named(name)
        }
    }
}

extension InterfaceParser {
    private static func isUppercase(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isLetter(_ byte: UInt8) -> Bool { isUppercase(byte & 0xDF) }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

    /// `[A-Za-z](_?[A-Za-z0-9])*`.
    private static func isFieldName(_ name: String) -> Bool {
        guard let first = name.utf8.first, let last = name.utf8.last else { return false }
        return isLetter(first) && last != 0x5F && !name.contains("__")
    }

    /// `[A-Za-z]([-]*[A-Za-z0-9])*(\.[A-Za-z0-9]([-]*[A-Za-z0-9])*)+`.
    static func isInterfaceName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
        guard parts.count > 1, let first = name.utf8.first, isLetter(first) else { return false }
        return parts.allSatisfy { part in
            guard let head = part.first, let tail = part.last else { return false }
            let clean = part.allSatisfy { isAlphanumeric($0) || $0 == 0x2D }
            return clean && isAlphanumeric(head) && isAlphanumeric(tail)
        }
    }
}
