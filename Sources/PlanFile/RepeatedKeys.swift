/// Keeps reading beyond a key that a table gives twice.
///
/// Yams refuses the whole file at the first repeated key. To name further mistakes in the same go,
/// the first character of the key's first place is replaced by one of a private plane, which no
/// checked text holds: the key is then unique for Yams, and no column moves. The tree gets the
/// original key back, and `Fields` names the repetition.
struct RepeatedKeys {
    /// How many repeated keys are named before we stop, too.
    static let limit = 32

    private static let base: UInt32 = 0xF_0000

    /// The text with the marks set so far.
    private(set) var text: String
    private var originals: [Unicode.Scalar: Unicode.Scalar] = [:]

    init(_ text: String) {
        self.text = text
    }

    /// Marks the key at a place.
    mutating func mark(line: Int, column: Int) {
        var scalars = Array(text.unicodeScalars)
        var index = 0
        for _ in 1..<max(1, line) {
            index = (scalars[index...].firstIndex(of: "\n") ?? scalars.count - 1) + 1
        }
        index += max(0, column - 1)
        // A quoted key is marked behind its quote.
        if index < scalars.count, scalars[index] == "\"" || scalars[index] == "'" {
            index += 1
        }
        let next = Unicode.Scalar(RepeatedKeys.base + UInt32(originals.count))
        guard let next, index < scalars.count else { return }
        originals[next] = scalars[index]
        scalars[index] = next
        var marked = String.UnicodeScalarView()
        marked.append(contentsOf: scalars)
        text = String(marked)
    }

    /// Returns the key as it was written.
    func original(of key: String) -> String {
        guard let first = key.unicodeScalars.first, let original = originals[first] else {
            return key
        }
        var scalars = String.UnicodeScalarView([original])
        scalars.append(contentsOf: key.unicodeScalars.dropFirst())
        return String(scalars)
    }
}
