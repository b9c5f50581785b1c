/// Walks over the bytes of an interface description and keeps the comments before a token.
struct InterfaceScanner {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var atEnd: Bool { position == bytes.count }

    private var byte: UInt8? { atEnd ? nil : bytes[position] }

    func failure(_ message: String, at place: Int? = nil) -> InterfaceError {
        let before = bytes[..<(place ?? position)]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let line = before.count { $0 == 0x0A } + 1
        let column = (place ?? position) - lineStart + 1
        return InterfaceError(line: line, column: column, message: message)
    }

    /// Skips whitespace and comments and returns the comment lines directly before the token.
    ///
    /// An empty line detaches a comment from what follows.
    mutating func skipToToken() throws(InterfaceError) -> [String] {
        var comment: [String] = []
        var emptyLine = false
        while let byte {
            switch byte {
            case 0x20, 0x09, 0x0D: position += 1
            case 0x0A:
                if emptyLine { comment = [] }
                emptyLine = true
                position += 1
            case UInt8(ascii: "#"):
                comment.append(takeComment())
                emptyLine = false
            default: return comment
            }
        }
        return comment
    }

    /// The text of a comment without `#` and one space; the line break stays.
    private mutating func takeComment() -> String {
        position += 1
        if byte == 0x20 { position += 1 }
        return takeWhile { $0 != 0x0A && $0 != 0x0D }
    }

    mutating func takeWhile(_ matches: (UInt8) -> Bool) -> String {
        let start = position
        while let byte, matches(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    func peek(_ expected: Unicode.Scalar) -> Bool { byte == UInt8(ascii: expected) }

    mutating func take(_ expected: Unicode.Scalar) -> Bool {
        guard peek(expected) else { return false }
        position += 1
        return true
    }

    mutating func expectByte(
        _ expected: Unicode.Scalar,
        _ message: String
    ) throws(InterfaceError) {
        guard take(expected) else { throw failure(message) }
    }

    mutating func expectWord(_ word: String, _ message: String) throws(InterfaceError) {
        guard bytes[position...].starts(with: word.utf8) else { throw failure(message) }
        position += word.utf8.count
    }

    mutating func expectSpace() throws(InterfaceError) {
        let start = position
        while let byte, byte == 0x20 || byte == 0x09 { position += 1 }
        guard position > start else { throw failure("a space is expected here") }
    }

    /// A declaration ends with its line; a comment may stand behind it.
    mutating func expectLineBreak() throws(InterfaceError) {
        while let byte, byte == 0x20 || byte == 0x09 || byte == 0x0D { position += 1 }
        if byte == UInt8(ascii: "#") { _ = takeComment() }
        while byte == 0x0D { position += 1 }
        guard atEnd || take("\n") else { throw failure("a line break is expected here") }
    }
}
