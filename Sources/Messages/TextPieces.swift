/// A long text in pieces that each fit into one message.
public enum TextPieces {
    /// Returns the pieces in their order; none splits a character of the text.
    public static func split(_ text: String, limit: Int) -> [String] {
        precondition(limit >= 4, "a piece holds at least one character of UTF-8")
        let bytes = Array(text.utf8)
        var pieces: [String] = []
        var start = 0
        while start < bytes.count {
            var end = min(start + limit, bytes.count)
            while end < bytes.count, bytes[end] & 0xC0 == 0x80 {
                end -= 1
            }
            pieces.append(String(decoding: bytes[start..<end], as: UTF8.self))
            start = end
        }
        return pieces
    }
}
