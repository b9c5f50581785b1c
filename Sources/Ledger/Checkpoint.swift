/// The head of a ledger at one size: a C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint).
public struct Checkpoint: Hashable, Sendable {
    /// The extension line that names hash and tree of this format.
    public static let algorithm = "alg sha256-rfc6962"

    /// The ledger's identity, which is the name of its key too.
    public let origin: String
    /// The number of leaves.
    public let size: UInt64
    /// The root of the tree of that size.
    public let root: Digest
    /// Further lines, none of them empty.
    public let extensions: [String]

    /// Creates a checkpoint; `SigningKey.sign` checks that its lines can be written.
    ///
    /// - Parameters:
    ///   - origin: The ledger's identity.
    ///   - size: The number of leaves.
    ///   - root: The root of the tree of that size.
    ///   - extensions: Further lines; the algorithm's line by default.
    public init(
        origin: String,
        size: UInt64,
        root: Digest,
        extensions: [String] = [Checkpoint.algorithm]
    ) {
        self.origin = origin
        self.size = size
        self.root = root
        self.extensions = extensions
    }

    /// The body of the note: one line each, with a newline after the last.
    public var text: String {
        let lines = [origin, String(size), Base64.encode(root.bytes)] + extensions
        return lines.map { "\($0)\n" }.joined()
    }

    /// Parses a body and accepts only what `text` prints.
    ///
    /// - Parameter body: The text before the empty line of a signed note.
    /// - Throws: `CheckpointError.badBody`.
    public init(body: String) throws(CheckpointError) {
        let bytes = Array(body.utf8)
        guard bytes.last == UInt8(ascii: "\n") else { throw .badBody("no newline at its end") }
        var lines: [String] = []
        for line in bytes.dropLast().split(
            separator: UInt8(ascii: "\n"),
            omittingEmptySubsequences: false
        ) {
            lines.append(String(decoding: line, as: UTF8.self))
        }
        guard lines.count >= 3 else { throw .badBody("origin, size and root take three lines") }
        guard let size = UInt64(lines[1]) else { throw .badBody("the size is no number") }
        guard let decoded = Base64.decode(lines[2].utf8), let root = Digest(bytes: decoded) else {
            throw .badBody("the root is not the base64 text of 32 bytes")
        }
        self.init(origin: lines[0], size: size, root: root, extensions: Array(lines[3...]))
        try validate()
        guard Array(text.utf8) == bytes else {
            throw .badBody("the size must have no zeros before")
        }
    }

    func validate() throws(CheckpointError) {
        for line in [origin] + extensions {
            guard !line.isEmpty else { throw .badBody("a line is empty") }
            guard line.utf8.allSatisfy({ $0 >= 0x20 }) else {
                throw .badBody("a line holds a control character")
            }
        }
    }
}
