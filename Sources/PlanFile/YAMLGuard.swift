/// Looks for what plans do not use, before a YAML parser sees the text: anchors, aliases and tags,
/// with which few bytes grow to gigabytes, and deep nesting.
///
/// It knows of YAML just where a value can begin: at the start of a line, behind `- `, `? `, `: `,
/// and in brackets behind `[`, `{` and `,`. Within quotes, comments and block texts nothing counts.
struct YAMLGuard {
    /// Deeper files are no plans.
    static let depthLimit = 32

    private let bytes: [UInt8]
    private let problems: Problems
    private var position = 0
    private var line = 1
    private var lineStart = 0
    /// How many brackets are open.
    private var brackets = 0
    /// Whether a value can begin here.
    private var canBegin = true
    /// The column, from 0, of this line's first key, or of its last dash before that.
    private var indent = 0
    /// Whether no key or text has begun on this line.
    private var isIndent = true
    private var isSound = true

    /// Checks a text and returns whether it is safe to parse.
    static func check(_ text: String, problems: Problems) -> Bool {
        var checker = YAMLGuard(bytes: Array(text.utf8), problems: problems)
        while checker.position < checker.bytes.count {
            checker.step()
        }
        return checker.isSound
    }

    private init(bytes: [UInt8], problems: Problems) {
        self.bytes = bytes
        self.problems = problems
    }

    private func byte(at index: Int) -> UInt8 {
        index < bytes.count ? bytes[index] : UInt8(ascii: "\n")
    }

    private func isBlank(at index: Int) -> Bool {
        switch byte(at: index) {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"): true
        default: false
        }
    }

    private mutating func step() {
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "\n"):
            newLine()
        case UInt8(ascii: " "), UInt8(ascii: "\t"):
            position += 1
        case UInt8(ascii: "#") where position == lineStart || isBlank(at: position - 1):
            skipToLineEnd()
        case UInt8(ascii: ":") where isBlank(at: position + 1) || isBehindQuote:
            begin(after: 1)
        case UInt8(ascii: "-") where canBegin && isBlank(at: position + 1),
            UInt8(ascii: "?") where canBegin && isBlank(at: position + 1):
            indent = position - lineStart
            begin(after: 1)
        case UInt8(ascii: "-") where position == lineStart && isDocumentMark:
            begin(after: 3)
        case UInt8(ascii: ",") where brackets > 0:
            begin(after: 1)
        case _ where canBegin || brackets > 0:
            beginValue(byte)
        default:
            position += 1
        }
    }

    /// In brackets a value can follow a quoted key without a blank: `{"a":b}`.
    private var isBehindQuote: Bool {
        guard brackets > 0, position > lineStart else { return false }
        let before = bytes[position - 1]
        return before == UInt8(ascii: "\"") || before == UInt8(ascii: "'")
    }

    private var isDocumentMark: Bool {
        byte(at: position + 1) == UInt8(ascii: "-") && byte(at: position + 2) == UInt8(ascii: "-")
            && isBlank(at: position + 3)
    }

    private mutating func newLine() {
        position += 1
        line += 1
        lineStart = position
        canBegin = true
        isIndent = true
        indent = 0
    }

    private mutating func skipToLineEnd() {
        while byte(at: position) != UInt8(ascii: "\n") {
            position += 1
        }
    }

    /// Steps over an indicator behind which a value can begin.
    private mutating func begin(after count: Int) {
        position += count
        canBegin = true
    }

    private mutating func noteIndent() {
        if isIndent {
            indent = position - lineStart
            isIndent = false
        }
    }

    private mutating func beginValue(_ byte: UInt8) {
        if byte != UInt8(ascii: "|"), byte != UInt8(ascii: ">") {
            noteIndent()
        }
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            brackets += 1
            if brackets > YAMLGuard.depthLimit {
                refuse("nested deeper than \(YAMLGuard.depthLimit) levels; a plan needs about 6")
                position = bytes.count
            }
            begin(after: 1)
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
            brackets = max(0, brackets - 1)
            position += 1
            canBegin = false
        case UInt8(ascii: "'") where canBegin, UInt8(ascii: "\"") where canBegin:
            skipQuoted(byte)
        case UInt8(ascii: "|") where canBegin && brackets == 0,
            UInt8(ascii: ">") where canBegin && brackets == 0:
            skipBlockText()
        case UInt8(ascii: "&") where canBegin, UInt8(ascii: "*") where canBegin,
            UInt8(ascii: "!") where canBegin:
            refuseIndicator(byte)
        default:
            canBegin = false
            position += 1
        }
    }

    private mutating func refuseIndicator(_ byte: UInt8) {
        let character = Character(Unicode.Scalar(byte))
        let noun =
            switch byte {
            case UInt8(ascii: "&"): "an anchor"
            case UInt8(ascii: "*"): "an alias"
            default: "a tag"
            }
        let advice = "put a text that begins with `\(character)` in quotes"
        refuse("`\(character)` begins \(noun), which plans do not use; \(advice)")
        // Behind the name a value can still begin.
        while !isBlank(at: position) {
            position += 1
        }
    }

    private mutating func refuse(_ message: String) {
        let column = bytes[lineStart..<position].count { $0 & 0xC0 != 0x80 } + 1
        problems.add(Spot(line: line, column: column), message)
        isSound = false
    }

    /// Steps over a quoted text; a quote that is never closed is the parser's to name.
    private mutating func skipQuoted(_ quote: UInt8) {
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\n") {
                line += 1
                lineStart = position + 1
            } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                position += self.byte(at: position + 1) == UInt8(ascii: "\n") ? 0 : 1
            } else if byte == quote {
                position += 1
                guard quote == UInt8(ascii: "'"), self.byte(at: position) == quote else { break }
            }
            position += 1
        }
        canBegin = false
    }

    /// Steps over the lines of a block text: those indented more than the line of its `|` or `>`.
    private mutating func skipBlockText() {
        let parent = indent
        skipToLineEnd()
        while position < bytes.count {
            let start = position + 1
            var end = start
            while byte(at: end) == UInt8(ascii: " "), end < bytes.count {
                end += 1
            }
            let isInside = byte(at: end) == UInt8(ascii: "\n") || end - start > parent
            guard isInside, end < bytes.count else { break }
            line += 1
            lineStart = start
            position = end
            skipToLineEnd()
        }
    }
}
