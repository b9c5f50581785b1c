import Crypto

/// A SHA-256 digest; its text is lower-case hexadecimal.
public struct Digest: Hashable, Sendable {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// Creates a digest of 32 bytes, or nil for any other count.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    private init(checked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Returns the SHA-256 digest of `bytes`.
    public static func sha256(_ bytes: [UInt8]) -> Digest {
        Digest(checked: Array(SHA256.hash(data: bytes)))
    }
}

extension Digest: Comparable {
    /// Returns whether `left` comes first in byte order.
    public static func < (left: Digest, right: Digest) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension Digest: LosslessStringConvertible {
    /// The 64 hexadecimal digits, in lower case.
    public var description: String { Hexadecimal.encode(bytes) }

    /// Creates a digest from 64 lower-case hexadecimal digits.
    public init?(_ description: String) {
        guard let bytes = Hexadecimal.decode(description.utf8) else { return nil }
        self.init(bytes: bytes)
    }
}

extension Digest: Codable {
    /// Decodes a digest from its hexadecimal text.
    ///
    /// - Throws: `DecodingError` when the text is not 64 lower-case hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let digest = Digest(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "expected 64 lower-case hexadecimal digits"
            )
        }
        self = digest
    }

    /// Encodes the digest as its hexadecimal text.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
