/// Who or what made a record.
public enum Actor: Hashable, Sendable {
    /// A process of this uid, by the kernel's word.
    case kernel(uid: UInt32)
    /// A rule of the chain, or a check's result.
    case rule
    /// A clock.
    case timer
}

extension Actor: Codable {
    private enum Keys: String, CodingKey {
        case kind
        case uid
    }

    /// Reads the leaf form.
    ///
    /// - Throws: `DecodingError` if the kind is unknown or a uid is missing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        switch try container.decode(String.self, forKey: .kind) {
        case "kernel": self = .kernel(uid: try container.decode(UInt32.self, forKey: .uid))
        case "rule": self = .rule
        case "timer": self = .timer
        case let other:
            throw DecodingError.dataCorruptedError(
                forKey: .kind,
                in: container,
                debugDescription: "unknown actor \(other)"
            )
        }
    }

    /// Writes the leaf form.
    ///
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(kind, forKey: .kind)
        if case .kernel(let uid) = self { try container.encode(uid, forKey: .uid) }
    }

    /// The word of the leaf: `kernel`, `rule` or `timer`.
    public var kind: String {
        switch self {
        case .kernel: "kernel"
        case .rule: "rule"
        case .timer: "timer"
        }
    }
}
