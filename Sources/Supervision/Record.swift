public import CivilTime
import Ledger

/// Something that happened, for ever: one leaf of the ledger.
///
/// The payload carries results (numbers, due dates, versions), so that the accountability tables
/// follow from the leaves alone: see `Fold`. The byte form stands in `docs/ledger-format.md`.
public struct Record: Hashable, Sendable {
    /// The format and the algorithms of the tree that the leaf goes into.
    public static let format = "duban-leaf/1 sha256"

    /// The sequence number, from 0.
    public var seq: Int64
    /// When it was recorded.
    public var at: Instant
    /// When it took effect: the nominal instant of a clock's or rule's act.
    public var effective: Instant
    /// Who or what made it.
    public var actor: Actor
    /// The person who acted, if one did.
    public var person: String?
    /// The post in which they acted, where it is one of the chain.
    public var post: Post?
    /// The way it came in: `control`, `worker`, `startup` or `engine`.
    public var via: String
    /// Why.
    public var reason: Reason
    /// The duty that it is about.
    public var number: Int64?
    /// What happened.
    public var payload: Payload

    /// Returns the leaf.
    ///
    /// - Throws: `CanonicalError` if a number is out of range, which is a programmer's error.
    public func leaf(root: Int64?) throws -> Leaf {
        Leaf(seq: seq, bytes: try CanonicalEncoder.encode(self).bytes, root: root)
    }

    /// Reads a leaf's bytes.
    ///
    /// - Throws: `CanonicalError` or `DecodingError` if they are no record of this format.
    public init(leaf bytes: [UInt8]) throws {
        self = try CanonicalDecoder.decode(Record.self, from: CanonicalValue(canonical: bytes))
    }

    /// Makes a record.
    public init(
        seq: Int64,
        at: Instant,
        effective: Instant,
        actor: Actor,
        person: String?,
        post: Post?,
        via: String,
        reason: Reason,
        number: Int64?,
        payload: Payload
    ) {
        self.seq = seq
        self.at = at
        self.effective = effective
        self.actor = actor
        self.person = person
        self.post = post
        self.via = via
        self.reason = reason
        self.number = number
        self.payload = payload
    }
}

extension Record: Codable {
    private enum Keys: String, CodingKey {
        case format = "v"
        case seq
        case at
        case effective
        case actor
        case person
        case post
        case via
        case action
        case reason
        case number
        case payload
    }

    /// Reads the leaf form.
    ///
    /// - Throws: `DecodingError` if a member is missing or of another format.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        let format = try container.decode(String.self, forKey: .format)
        guard format == Record.format else {
            throw DecodingError.dataCorruptedError(
                forKey: .format,
                in: container,
                debugDescription: "format \(format) is not \(Record.format)"
            )
        }
        seq = try container.decode(Int64.self, forKey: .seq)
        at = try container.decode(Instant.self, forKey: .at)
        effective = try container.decode(Instant.self, forKey: .effective)
        actor = try container.decode(Actor.self, forKey: .actor)
        person = try container.decodeIfPresent(String.self, forKey: .person)
        post = try container.decodeIfPresent(Post.self, forKey: .post)
        via = try container.decode(String.self, forKey: .via)
        reason = try container.decode(Reason.self, forKey: .reason)
        number = try container.decodeIfPresent(Int64.self, forKey: .number)
        let action = try container.decode(Action.self, forKey: .action)
        payload = try Payload(
            action,
            from: try container.superDecoder(forKey: .payload)
        )
    }

    /// Writes the leaf form.
    ///
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(Record.format, forKey: .format)
        try container.encode(seq, forKey: .seq)
        try container.encode(at, forKey: .at)
        try container.encode(effective, forKey: .effective)
        try container.encode(actor, forKey: .actor)
        try container.encodeIfPresent(person, forKey: .person)
        try container.encodeIfPresent(post, forKey: .post)
        try container.encode(via, forKey: .via)
        try container.encode(payload.action, forKey: .action)
        try container.encode(reason, forKey: .reason)
        try container.encodeIfPresent(number, forKey: .number)
        try payload.encode(to: container.superEncoder(forKey: .payload))
    }
}
