/// The text of a file after the checks that come before any parsing.
struct SourceText {
    /// A larger file is no plan that a person wrote.
    static let sizeLimit = 4 * 1024 * 1024

    /// The text with every refused character replaced, so that parsing can go on behind it.
    let text: String

    /// Checks size and characters; nil if the text is too large to look at.
    init?(_ original: String, problems: Problems) {
        guard original.utf8.count <= SourceText.sizeLimit else {
            problems.add(.start, "larger than 4 MiB; a plan is a file that people read: split it")
            return nil
        }
        var cleaner = Cleaner(problems: problems)
        for scalar in original.unicodeScalars {
            cleaner.take(scalar)
        }
        cleaner.finish()
        // Yams keeps a pointer into the text, which strings of up to 15 bytes do not have.
        text = String(cleaner.clean) + String(repeating: "\n", count: 16)
    }
}

/// Walks through a text once, counting lines and columns.
private struct Cleaner {
    let problems: Problems
    var clean = String.UnicodeScalarView()
    private var line = 1
    private var column = 1
    /// Whether a carriage return waits for its line feed.
    private var isAfterReturn = false

    init(problems: Problems) {
        self.problems = problems
    }

    mutating func take(_ scalar: Unicode.Scalar) {
        if isAfterReturn, scalar != "\n" {
            refuseReturn()
        }
        isAfterReturn = false
        switch scalar {
        case "\r":
            isAfterReturn = true
            return
        case "\n":
            clean.append(scalar)
            line += 1
            column = 1
            return
        case "\u{FEFF}" where line == 1 && column == 1 && clean.isEmpty:
            return  // the byte order mark that some editors write
        case "\t":
            clean.append(scalar)
        case _ where CharacterRules.isAllowed(scalar):
            clean.append(scalar)
        default:
            let name = CharacterRules.name(scalar)
            problems.add(
                Spot(line: line, column: column),
                "character \(name) is invisible or changes the direction of the text; remove it"
            )
            clean.append("\u{FFFD}")
        }
        column += 1
    }

    mutating func finish() {
        if isAfterReturn {
            refuseReturn()
        }
    }

    private mutating func refuseReturn() {
        problems.add(
            Spot(line: line, column: column),
            "a carriage return without a line feed; end lines with a line feed"
        )
        clean.append("\u{FFFD}")
        column += 1
    }
}
