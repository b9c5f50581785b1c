/// Swift source without what the compiler does not read as code.
enum SwiftCode {
    /// Returns the lines of a source with comments and the contents of string literals blanked out.
    ///
    /// Literals keep their quotes; code inside an interpolation is blanked too, which is fair for
    /// rules about words.
    static func lines(of text: String) -> [String] {
        var scanner = Scanner(Array(text))
        return scanner.scan().split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    private struct Scanner {
        let source: [Character]
        var place = 0
        var code = ""

        init(_ source: [Character]) {
            self.source = source
        }

        func starts(with word: String) -> Bool {
            let end = place + word.count
            return end <= source.count && String(source[place..<end]) == word
        }

        mutating func scan() -> String {
            while place < source.count {
                if starts(with: "//") {
                    while place < source.count, !source[place].isNewline { place += 1 }
                } else if starts(with: "/*") {
                    comment()
                } else if let hashes = hashesBeforeQuote() {
                    literal(hashes: hashes)
                } else {
                    code.append(source[place])
                    place += 1
                }
            }
            return code
        }

        /// Passes over a comment, which may hold others; its line ends stay.
        private mutating func comment() {
            var depth = 0
            repeat {
                if starts(with: "/*") {
                    depth += 1
                    place += 2
                } else if starts(with: "*/") {
                    depth -= 1
                    place += 2
                } else {
                    if source[place].isNewline { code.append("\n") }
                    place += 1
                }
            } while depth > 0 && place < source.count
        }

        private func hashesBeforeQuote() -> Int? {
            var end = place
            while end < source.count, source[end] == "#" { end += 1 }
            return end < source.count && source[end] == "\"" ? end - place : nil
        }

        /// Passes over a string literal; its line ends stay.
        private mutating func literal(hashes: Int) {
            place += hashes
            let quotes = starts(with: "\"\"\"") ? "\"\"\"" : "\""
            place += quotes.count
            let end = quotes + String(repeating: "#", count: hashes)
            let escape = "\\" + String(repeating: "#", count: hashes)
            while place < source.count, !starts(with: end) {
                if starts(with: escape) {
                    place += escape.count
                }
                if place < source.count {
                    if source[place].isNewline { code.append("\n") }
                    place += 1
                }
            }
            place += end.count
            code += "\"\""
        }
    }
}
