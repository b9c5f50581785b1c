/// Why a key, a checkpoint or a signed note is refused.
public enum CheckpointError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The seed of a signing key has another length than 32 bytes.
    case badSeed(count: Int)
    /// A key name is empty, or holds a space, a plus sign or a control character.
    case badName(String)
    /// The body is not that of a C2SP checkpoint.
    case badBody(String)
    /// The text is not a signed note with exactly one signature.
    case badNote(String)
    /// The signature line names another key.
    case unknownKey(expected: String)
    /// The signature does not belong to this text and key.
    case badSignature
    /// The checkpoint's origin is not the name of the key.
    case wrongOrigin(origin: String, key: String)

    /// One line that says what is wrong and what would be right.
    public var description: String {
        switch self {
        case .badSeed(let count):
            "the seed of a signing key has \(count) bytes, it must have 32"
        case .badName(let name):
            "\"\(name)\" is no key name: it must not be empty and hold no space, + or control"
        case .badBody(let what):
            "the checkpoint is malformed: \(what)"
        case .badNote(let what):
            "the signed note is malformed: \(what)"
        case .unknownKey(let expected):
            "the signature line is not by the key \(expected)"
        case .badSignature:
            "the signature does not verify: the text was changed or signed by another key"
        case .wrongOrigin(let origin, let key):
            "the origin \"\(origin)\" must be the name of the key, \"\(key)\""
        }
    }
}
