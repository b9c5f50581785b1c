extension Interface {
    /// The description in one canonical form: reading it gives an equal interface.
    public var printed: String {
        var text = Self.comment(documentation, indent: "") + "interface \(name)\n"
        for member in members {
            text += "\n" + Self.comment(member.documentation, indent: "")
            switch member.kind {
            case .type(let type): text += "type \(member.name) \(type.printed())\n"
            case .error(let type): text += "error \(member.name) \(type.printed())\n"
            case .method(let parameters, let reply):
                text += "method \(member.name)\(parameters.printed()) -> \(reply.printed())\n"
            }
        }
        return text
    }

    static func comment(_ lines: [String], indent: String) -> String {
        var text = ""
        for line in lines { text += line.isEmpty ? "\(indent)#\n" : "\(indent)# \(line)\n" }
        return text
    }
}

extension InterfaceType {
    /// The type in canonical form: on one line unless a field has a comment or it grows too long.
    func printed(indent: String = "") -> String {
        switch self {
        case .bool: "bool"
        case .int: "int"
        case .float: "float"
        case .string: "string"
        case .object: "object"
        case .any: "any"
        case .named(let name): name
        case .array(let element): "[]" + element.printed(indent: indent)
        case .map(let element): "[string]" + element.printed(indent: indent)
        case .optional(let type): "?" + type.printed(indent: indent)
        case .structure(let fields): Self.printed(fields, indent: indent)
        case .enumeration(let values):
            Self.printed(values.map { ($0.documentation, $0.name) }, indent: indent)
        }
    }

    private static func printed(_ fields: [InterfaceField], indent: String) -> String {
        let entries = fields.map { field in
            (field.documentation, "\(field.name): \(field.type.printed(indent: indent + "  "))")
        }
        return printed(entries, indent: indent)
    }

    private static let lineLength = 80

    private static func printed(_ entries: [([String], String)], indent: String) -> String {
        let line = "(" + entries.map(\.1).joined(separator: ", ") + ")"
        let plain = entries.allSatisfy { $0.0.isEmpty && !$0.1.contains("\n") }
        if plain && line.utf8.count <= lineLength { return line }
        let inner = indent + "  "
        let lines = entries.map { Interface.comment($0.0, indent: inner) + inner + $0.1 }
        return "(\n" + lines.joined(separator: ",\n") + "\n\(indent))"
    }
}
