/// The header of an export, parsed.
struct ExportHeader: Hashable, Sendable {
    let origin: String
    let size: UInt64
    let key: VerifierKey

    /// Parses the first line without its newline; accepts only what `ExportWriter` prints.
    init?(line: [UInt8]) {
        guard let text = String(validating: line, as: UTF8.self) else { return nil }
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 5, let size = UInt64(words[3]), let key = VerifierKey(words[4]) else {
            return nil
        }
        origin = words[2]
        self.size = size
        self.key = key
        let printed = ExportWriter.header(origin: origin, key: key, size: size)
        guard printed.utf8.dropLast().elementsEqual(line) else { return nil }
    }
}

/// The three words of a leaf's line, split but not yet checked against each other.
struct ExportLeafLine: Hashable, Sendable {
    let seq: UInt64
    let hash: Digest
    let leaf: [UInt8]

    init?(line: [UInt8]) {
        let words = line.split(
            separator: UInt8(ascii: " "),
            maxSplits: 2,
            omittingEmptySubsequences: false
        )
        guard words.count == 3 else { return nil }
        let number = String(decoding: words[0], as: UTF8.self)
        guard let seq = UInt64(number), String(seq).utf8.elementsEqual(words[0]) else { return nil }
        guard let bytes = Hexadecimal.decode(words[1]), let hash = Digest(bytes: bytes) else {
            return nil
        }
        self.seq = seq
        self.hash = hash
        leaf = Array(words[2])
    }
}
