/// Reads one calendar expression.
struct CalendarParser {
    var cursor: TextCursor
    var clauses = CalendarClauses()
    /// Where the clauses begin that a check may blame.
    var strideStart = 0
    var exceptStart = 0

    init(_ text: String) {
        cursor = TextCursor(text)
    }

    static let space: UInt8 = 0x20

    mutating func parse() throws(CalendarExpressionError) -> CalendarRule {
        try rule(drafts())
    }

    /// Reads everything, and leaves the clauses in `clauses`.
    mutating func drafts() throws(CalendarExpressionError) -> [CalendarDraft] {
        guard !cursor.isAtEnd else {
            throw error("the expression is empty; write for example Mon..Fri 09:00")
        }
        var drafts = [try alternative()]
        while takeBar() {
            drafts.append(try alternative())
        }
        try takeDefaults(of: drafts)
        try readClauses()
        try settleZone()
        if drafts.contains(where: \.isTimestamp) {
            clauses.zoneName = "UTC"
        }
        return drafts
    }

    /// An error at a position in bytes; the column counts characters.
    func error(_ message: String, at position: Int? = nil) -> CalendarExpressionError {
        let before = cursor.bytes.prefix(position ?? cursor.position)
        let column = before.count { $0 & 0xC0 != 0x80 } + 1
        return CalendarExpressionError(message: message, column: column)
    }

    mutating func skipSpaces() {
        while cursor.take(" ") {}
    }

    /// Steps over the space in front of a clause, which a date may have taken already.
    mutating func separator() -> Bool {
        let isTaken =
            cursor.position > 0 && cursor.bytes[cursor.position - 1] == CalendarParser.space
        return isTaken || cursor.take(" ")
    }

    private mutating func takeBar() -> Bool {
        let start = cursor.position
        if separator(), cursor.take("|"), cursor.take(" ") { return true }
        cursor.position = start
        return false
    }

    /// The text up to the next space, without stepping over it.
    var word: String {
        let rest = cursor.bytes[min(cursor.position, cursor.bytes.count)...]
        return String(decoding: rest.prefix { $0 != CalendarParser.space }, as: UTF8.self)
    }

    /// Steps over a word if it comes next as a whole.
    mutating func take(word wanted: String) -> Bool {
        guard word == wanted else { return false }
        cursor.position += wanted.utf8.count
        return true
    }

    /// Steps over a word and the space behind it, which must be there.
    mutating func require(word wanted: String, _ example: String) throws(CalendarExpressionError) {
        guard take(word: wanted), cursor.take(" ") else {
            throw error("“\(wanted)” is expected, as in “\(example)”")
        }
    }

    // MARK: - Alternatives

    /// Reads one alternative.
    mutating func alternative() throws(CalendarExpressionError) -> CalendarDraft {
        let start = cursor.position
        if cursor.next == 0x2B || cursor.next == 0x2D { return try offset() }
        if word == "every" { return try interval() }
        if let kind = CalendarPeriod.Kind(rawValue: word) { return try period(kind) }
        if RecurrenceRule.isProperty(word) { return try recurrence() }
        var draft = CalendarDraft(start: start)
        if try !shorthand(&draft.pattern) {
            try weekdays(&draft.pattern)
            if try !timestamp(&draft) {
                try date(&draft)
                try time(&draft)
            }
            guard cursor.position > start else {
                throw error(
                    "“\(word)” is neither a weekday, a date nor a time; write for example "
                        + "Mon..Fri 09:00"
                )
            }
        }
        draft.pattern.normalize()
        try check(draft)
        return draft
    }

    private mutating func shorthand(
        _ rule: inout CalendarPattern
    ) throws(CalendarExpressionError) -> Bool {
        switch word.lowercased() {
        case "minutely":
            rule.hour = .any
            rule.minute = .any
        case "hourly": rule.hour = .any
        case "daily": break
        case "weekly": rule.weekdays = [.monday]
        case "monthly": rule.day = CalendarField(1)
        case "quarterly":
            rule.month = CalendarField(1, 4, 7, 10)
            rule.day = CalendarField(1)
        case "biannually", "bi-annually", "semiannually", "semi-annually":
            rule.month = CalendarField(1, 7)
            rule.day = CalendarField(1)
        case "annually", "yearly", "anually":
            rule.month = CalendarField(1)
            rule.day = CalendarField(1)
        default: return false
        }
        rule.hasTime = word.lowercased() == "minutely" || word.lowercased() == "hourly"
        cursor.position += word.utf8.count
        return true
    }

    /// Reads `@SECONDS`, one instant.
    private mutating func timestamp(
        _ draft: inout CalendarDraft
    ) throws(CalendarExpressionError) -> Bool {
        guard cursor.take("@") else { return false }
        // systemd reads the number as C does: spaces, a sign and zeros before it count for nothing.
        skipSpaces()
        let isNegative = cursor.take("-")
        if !isNegative { _ = cursor.take("+") }
        let start = cursor.position
        while cursor.take("0") {}
        let isZero = cursor.position > start && !(cursor.next.map(isDigit) ?? false)
        if isZero { cursor.position -= 1 }
        guard let seconds = cursor.number(digits: 1...12), !isNegative || seconds == 0 else {
            throw error("seconds since 1970 are expected after @", at: start)
        }
        guard cursor.isAtEnd || cursor.next == CalendarParser.space else {
            throw error("nothing may follow the seconds after @")
        }
        let local = CivilDateTime(reading: Int64(seconds) * 1_000_000)
        draft.pattern.year = CalendarField(local.date.year)
        draft.pattern.month = CalendarField(local.date.month)
        draft.pattern.day = CalendarField(local.date.day)
        draft.pattern.hour = CalendarField(local.time.hour)
        draft.pattern.minute = CalendarField(local.time.minute)
        draft.pattern.second = CalendarField(local.time.second, unit: 1_000_000)
        draft.pattern.hasTime = true
        draft.isTimestamp = true
        return true
    }
}
