/// Says what a YAML parser complains about in the words of somebody who writes a plan.
struct YAMLAdvice {
    /// A parser's complaint.
    struct Complaint {
        /// What the parser found.
        let problem: String
        /// Where it found it.
        let spot: Spot
        /// What it was reading.
        let context: String?
        /// Where that began.
        let begin: Spot?
    }

    private let complaint: Complaint
    /// What stands at the place, nil at the end of the text.
    private let found: Unicode.Scalar?

    init(_ complaint: Complaint, in text: String) {
        self.complaint = complaint
        found = YAMLAdvice.scalar(at: complaint.spot, in: text)
    }

    /// Returns what stands at a place, nil if nothing but blank lines follow.
    private static func scalar(at spot: Spot, in text: String) -> Unicode.Scalar? {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.dropFirst(spot.line - 1).contains(where: { !$0.isEmpty }) else { return nil }
        return lines[spot.line - 1].dropFirst(spot.column - 1).first ?? "\n"
    }

    /// Where to look: what is never closed is found at the end of the text, but begins elsewhere.
    var spot: Spot { found == nil ? complaint.begin ?? complaint.spot : complaint.spot }

    /// What is wrong and what would be right.
    var message: String { "not YAML: \(advice ?? original)" }

    private var original: String {
        let line = complaint.begin.map { ", begun in line \($0.line)" } ?? ""
        return complaint.context.map { "\($0)\(line): \(complaint.problem)" } ?? complaint.problem
    }

    private var advice: String? {
        let line = complaint.begin.map { "line \($0.line)" } ?? "a line above"
        switch complaint.problem {
        case _ where found == "\t":
            return "a tab; indent with spaces"
        case "found character that cannot start any token":
            guard let found else { return nil }
            return "`\(found)` begins no text; put the text in quotes"
        case "mapping values are not allowed in this context":
            return "a `:` that belongs to no key; put a text that holds `: ` in quotes, "
                + "or write a space behind each key's `:`, or align the keys"
        case "block sequence entries are not allowed in this context":
            return "a list cannot begin here; begin each `- ` on a line of its own"
        case "did not find expected ',' or '}'":
            return "the `{` of \(line) is not closed, or a `,` is missing before this place"
        case "did not find expected ',' or ']'":
            return "the `[` of \(line) is not closed, or a `,` is missing before this place"
        case "did not find expected '-' indicator":
            return "this line does not fit in the list that begins in \(line); align it"
        case "did not find expected key":
            return "this line does not fit in the table that begins in \(line); align its keys"
        case "could not find expected ':'":
            return "the key in \(line) has no `:` behind it"
        case "found unexpected end of stream":
            return "the quote that begins here is never closed"
        case "but found another document":
            return "a second document begins here; a file holds one: remove the `---`"
        default:
            return nil
        }
    }
}
