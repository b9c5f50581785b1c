/// A salted commitment to text about a private person.
///
/// The leaf holds the digest; salt and clear text lie in a table that can be erased. Without the
/// salt the text cannot be guessed from the digest.
public enum Commitment {
    /// Returns the commitment to `text`: SHA-256 over a label, the salt and the UTF-8 bytes.
    ///
    /// - Parameters:
    ///   - salt: 16 secret bytes, fresh for each text.
    ///   - text: The clear text.
    /// - Returns: The digest that stands in the leaf.
    public static func digest(salt: [UInt8], text: String) -> Digest {
        precondition(salt.count == 16, "the salt of a commitment has 16 bytes")
        return .sha256(Array("duban-commitment-v1\n".utf8) + salt + Array(text.utf8))
    }
}
