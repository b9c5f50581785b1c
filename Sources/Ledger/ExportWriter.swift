/// The text of an export: header, then one line a leaf, then the trailer, joined as they are.
public enum ExportWriter {
    static let format = "duban-ledger-export v1"

    /// Returns the first line, with its newline.
    ///
    /// - Parameters:
    ///   - origin: The ledger's origin.
    ///   - key: The key that signed the checkpoint of the trailer.
    ///   - size: The number of leaves that follow.
    /// - Returns: The line.
    public static func header(origin: String, key: VerifierKey, size: UInt64) -> String {
        "\(format) \(origin) \(size) \(key)\n"
    }

    /// Returns the line of one leaf, with its newline.
    ///
    /// A leaf that is not canonical (a damaged store) is written too; the verifier names it.
    ///
    /// - Parameters:
    ///   - seq: The number of the leaf, from 0.
    ///   - leaf: Its canonical bytes.
    /// - Returns: The line.
    public static func line(seq: UInt64, leaf: [UInt8]) -> String {
        "\(seq) \(Tree.leafHash(leaf)) \(String(decoding: leaf, as: UTF8.self))\n"
    }

    /// Returns the empty line and the signed note, to the end of the export.
    ///
    /// - Parameter note: The checkpoint of exactly the leaves written, from `SigningKey.sign`.
    /// - Returns: The rest of the export.
    public static func trailer(note: String) -> String {
        "\n\(note)"
    }
}
