/// Finds the word that somebody probably meant.
enum Suggestion {
    /// Returns `; did you mean …?` if a known word is close, else nothing.
    static func text(for word: String, among known: some Sequence<String>) -> String {
        self.word(for: word, among: known).map { "; did you mean `\($0)`?" } ?? ""
    }

    /// Returns the known word that is close to a word, if there is one.
    static func word(for word: String, among known: some Sequence<String>) -> String? {
        var best: (word: String, distance: Int)?
        for candidate in known {
            let distance = distance(Array(word.unicodeScalars), Array(candidate.unicodeScalars))
            let limit = max(1, candidate.unicodeScalars.count / 3)
            // Of two that are equally close, `uid` means the one with the same first letter.
            let isSooner = distance == best?.distance && candidate.first == word.first
            if distance <= limit, isSooner || distance < best?.distance ?? .max {
                best = (candidate, distance)
            }
        }
        return best?.word ?? known.first { isStem($0, of: word) || isStem(word, of: $0) }
    }

    /// Whether a word is a longer one without its end, as `inspect` is of `inspections`.
    private static func isStem(_ stem: String, of word: String) -> Bool {
        stem.unicodeScalars.count >= 4 && word.hasPrefix(stem)
    }

    /// Returns how many insertions, deletions and replacements lead from one word to the other.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        // Ids have at most 64 characters; longer words are never close to one.
        guard left.count <= 64, right.count <= 64 else { return .max }
        var row = Array(0...right.count)
        for (i, scalar) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let replaced = diagonal + (scalar == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
