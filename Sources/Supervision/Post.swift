/// A post that a duty binds to; persons come and go, the post stays.
public enum Post: Hashable, Sendable, CustomStringConvertible, LosslessStringConvertible {
    /// The head of an organisational unit.
    case head(unit: String)
    /// The responsible person of an item.
    case owner(item: String)

    /// The text of records and screens: `housing/head`, `env.lighting/owner`.
    public var description: String {
        switch self {
        case .head(let unit): "\(unit)/head"
        case .owner(let item): "\(item)/owner"
        }
    }

    /// Reads the text form; nil if it is none.
    public init?(_ description: String) {
        let parts = description.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        switch parts[1] {
        case "head": self = .head(unit: String(parts[0]))
        case "owner": self = .owner(item: String(parts[0]))
        default: return nil
        }
    }
}

extension Post: Codable {
    /// Reads the text form.
    ///
    /// - Throws: `DecodingError` if the text names no post.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let post = Post(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no post: \(text)")
            )
        }
        self = post
    }

    /// Writes the text form.
    ///
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
