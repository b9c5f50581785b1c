import Ledger

/// An export made by the writer, as bytes and as lines.
struct ExportFixture {
    static let origin = "duban.example/测试"

    let key: VerifierKey
    let bytes: [UInt8]
    let leaves: [CanonicalValue]

    init(leaves values: [CanonicalValue], origin: String = Self.origin) throws {
        let signer = try SigningKey(name: origin, seed: Array(UInt8(0)..<32))
        var tree = Tree()
        var text = ExportWriter.header(
            origin: origin,
            key: signer.verifier,
            size: UInt64(values.count)
        )
        for (seq, value) in values.enumerated() {
            tree.append(leaf: value.bytes)
            text += ExportWriter.line(seq: UInt64(seq), leaf: value.bytes)
        }
        let head = Checkpoint(origin: origin, size: tree.size, root: tree.root)
        text += ExportWriter.trailer(note: try signer.sign(head))
        key = signer.verifier
        bytes = Array(text.utf8)
        leaves = values
    }

    /// Makes an export of `count` leaves that look like the real ones.
    init(count: Int) throws {
        try self.init(leaves: (0..<count).map(Self.leaf))
    }

    static func leaf(_ seq: Int) -> CanonicalValue {
        .object([
            "v": .string("duban-leaf/1 sha256"), "seq": .int(Int64(seq)),
            "at": .int(1_602_460_800_000_000 + Int64(seq)), "action": .string("accept"),
            "actor": .object(["kind": .string("kernel"), "uid": .int(1000)]),
            "payload": .object(["note": .string("第\(seq)条 \"完成\"\n"), "done": .bool(true)]),
        ])
    }

    /// The number of each byte's line, counted from 1; a newline belongs to the line it ends.
    var lineOfByte: [Int] {
        var line = 1
        return bytes.map { byte in
            defer { if byte == UInt8(ascii: "\n") { line += 1 } }
            return line
        }
    }

    /// Verifies `bytes` in one piece.
    static func problems(_ bytes: [UInt8], key: VerifierKey?) -> [Problem] {
        var verifier = ExportVerifier(key: key)
        verifier.feed(bytes)
        return verifier.finish()
    }
}
