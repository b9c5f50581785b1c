import Crypto

/// The public key of a ledger: the 32 bytes, name and id that a third party needs to check it.
///
/// Its text is `name+id+base64` with the id in hexadecimal (https://c2sp.org/signed-note).
public struct VerifierKey: Hashable, Sendable {
    /// The name, which is the ledger's origin.
    public let name: String
    let id: [UInt8]
    private let publicKey: [UInt8]

    /// The byte for Ed25519 in keys and key ids.
    private static let ed25519: UInt8 = 0x01

    init(name: String, publicKey: [UInt8]) {
        self.name = name
        self.publicKey = publicKey
        let hashed = Array(name.utf8) + [UInt8(ascii: "\n"), Self.ed25519] + publicKey
        id = Array(Digest.sha256(hashed).bytes.prefix(4))
    }

    /// Opens a signed note and returns its checkpoint.
    ///
    /// - Parameter note: The whole note; any changed byte of it is refused.
    /// - Returns: The checkpoint, whose origin is the name of this key.
    /// - Throws: `CheckpointError`.
    public func open(_ note: String) throws(CheckpointError) -> Checkpoint {
        let checkpoint = try Checkpoint(body: try SignedNote.open(note, with: self))
        guard checkpoint.origin.utf8.elementsEqual(name.utf8) else {
            throw .wrongOrigin(origin: checkpoint.origin, key: name)
        }
        return checkpoint
    }

    func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
        do {
            let key = try Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
            return key.isValidSignature(signature, for: bytes)
        } catch {
            return false
        }
    }
}

extension VerifierKey: LosslessStringConvertible {
    /// The text `name+id+base64`.
    public var description: String {
        "\(name)+\(Hexadecimal.encode(id))+\(Base64.encode([Self.ed25519] + publicKey))"
    }

    /// Creates a key from its text, or nil when the text is malformed or the id does not fit.
    public init?(_ text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let blob = Base64.decode(parts[2].utf8) else { return nil }
        let name = String(parts[0])
        guard SignedNote.isName(name), blob.count == 33, blob.first == Self.ed25519 else {
            return nil
        }
        self.init(name: name, publicKey: Array(blob.dropFirst()))
        guard description.utf8.elementsEqual(text.utf8) else { return nil }
    }
}
