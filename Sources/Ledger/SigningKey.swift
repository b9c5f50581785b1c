import Crypto

/// The Ed25519 key that signs a ledger's checkpoints.
public struct SigningKey: Sendable, CustomStringConvertible {
    /// The public half, for everyone who verifies.
    public let verifier: VerifierKey
    private let key: Curve25519.Signing.PrivateKey

    /// Creates the key of a ledger from its stored seed.
    ///
    /// - Parameters:
    ///   - name: The ledger's origin.
    ///   - seed: The 32 secret bytes.
    /// - Throws: `CheckpointError.badName` or `CheckpointError.badSeed`.
    public init(name: String, seed: [UInt8]) throws {
        guard SignedNote.isName(name) else { throw CheckpointError.badName(name) }
        guard seed.count == 32 else { throw CheckpointError.badSeed(count: seed.count) }
        key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        verifier = VerifierKey(name: name, publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// The name alone, so that no log ever shows the secret.
    public var description: String { "signing key \(verifier.name)" }

    /// Returns a fresh seed from the system's source of secrets.
    public static func newSeed() -> [UInt8] {
        Array(Curve25519.Signing.PrivateKey().rawRepresentation)
    }

    /// Returns the signed note: the checkpoint's text, an empty line and the signature line.
    ///
    /// - Parameter checkpoint: A checkpoint whose origin is the name of this key.
    /// - Returns: The whole note, with its last newline.
    /// - Throws: `CheckpointError.wrongOrigin` or `CheckpointError.badBody`.
    public func sign(_ checkpoint: Checkpoint) throws -> String {
        guard checkpoint.origin.utf8.elementsEqual(verifier.name.utf8) else {
            throw CheckpointError.wrongOrigin(origin: checkpoint.origin, key: verifier.name)
        }
        try checkpoint.validate()
        return try sign(text: checkpoint.text)
    }

    func sign(text: String) throws -> String {
        let signature = try Array(key.signature(for: Array(text.utf8)))
        return SignedNote.compose(text: text, key: verifier, signature: signature)
    }
}
