extension Interface {
    /// Tells whether the parameters of a call fit its method.
    ///
    /// - Parameters:
    ///   - method: The name of a method, qualified or not; one that does not exist fits nothing.
    ///   - parameters: The parameters; nil, null and an empty object are equal.
    /// - Returns: Nil if they fit, else the dotted path of the first misfit: an unknown field, a
    ///   missing one, a wrong type, a number out of range or an unknown enumeration value.
    public func invalidParameter(of method: String, in parameters: JSON?) -> String? {
        guard case .method(let type, _) = member(unqualified(method))?.kind else { return method }
        return misfit(of: type, in: parameters)
    }

    /// Tells whether a reply fits its method, as ``invalidParameter(of:in:)`` does.
    public func misfit(ofReply method: String, in reply: JSON?) -> String? {
        guard case .method(_, let type) = member(unqualified(method))?.kind else { return method }
        return misfit(of: type, in: reply)
    }

    /// Tells whether parameters fit an error, as ``invalidParameter(of:in:)`` does.
    public func misfit(ofError error: String, in parameters: JSON?) -> String? {
        guard case .error(let type) = member(unqualified(error))?.kind else { return error }
        return misfit(of: type, in: parameters)
    }

    private func unqualified(_ name: String) -> Substring {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return name[...] }
        return name[dot...].dropFirst()
    }

    private func misfit(of type: InterfaceType, in value: JSON?) -> String? {
        switch value {
        case nil, .null: misfit(of: type, in: .object(JSONObject()), "")
        case .object(let object): misfit(of: type, in: .object(object), "")
        default: "parameters"
        }
    }

    /// The path is built only where a misfit is found: `prefix` ends with a dot or is empty.
    private func misfit(
        of type: InterfaceType,
        in value: JSON,
        _ path: @autoclosure () -> String
    ) -> String? {
        switch (type, value) {
        case (.optional, .null): nil
        case (.optional(let wrapped), _): misfit(of: wrapped, in: value, path())
        case (.named(let name), _):
            if case .type(let type) = member(name)?.kind {
                misfit(of: type, in: value, path())
            } else {
                path()
            }
        case (.bool, .bool), (.int, .int), (.int, .uint), (.string, .string): nil
        case (.float, .int), (.float, .uint), (.float, .double): nil
        case (.object, .object), (.any, _): outOfRange(in: value, path())
        case (.structure(let fields), .object(let object)): misfit(of: fields, in: object, path())
        case (.enumeration(let values), .string(let text)):
            values.contains { $0.name == text } ? nil : path()
        case (.array(let element), .array(let elements)):
            firstMisfit(elements.indices) { index in
                misfit(of: element, in: elements[index], Self.join(path(), String(index)))
            }
        case (.map(let element), .object(let object)):
            firstMisfit(object) { key, value in
                misfit(of: element, in: value, Self.join(path(), key))
            }
        default: path()
        }
    }

    private func misfit(
        of fields: [InterfaceField],
        in object: JSONObject,
        _ path: @autoclosure () -> String
    ) -> String? {
        for (key, _) in object where !fields.contains(where: { $0.name == key }) {
            return Self.join(path(), key)
        }
        return firstMisfit(fields) { field in
            let value = object[field.name] ?? .null
            return misfit(of: field.type, in: value, Self.join(path(), field.name))
        }
    }

    /// A number that fits no type of JSON spoils free-form values, too.
    private func outOfRange(in value: JSON, _ path: @autoclosure () -> String) -> String? {
        switch value {
        case .outOfRange: path()
        case .array(let elements):
            firstMisfit(elements.indices) { index in
                outOfRange(in: elements[index], Self.join(path(), String(index)))
            }
        case .object(let object):
            firstMisfit(object) { key, value in outOfRange(in: value, Self.join(path(), key)) }
        default: nil
        }
    }

    private func firstMisfit<Items: Sequence>(
        _ items: Items,
        _ check: (Items.Element) -> String?
    ) -> String? {
        for item in items {
            if let path = check(item) { return path }
        }
        return nil
    }

    private static func join(_ path: String, _ name: String) -> String {
        path.isEmpty ? name : "\(path).\(name)"
    }
}
