extension CalendarExpression {
    /// Reads an expression.
    ///
    /// - Parameter text: What systemd 252 accepts after `OnCalendar=`, with no zone but `UTC`.
    /// - Throws: ``CalendarExpressionError`` with message and column, also for a rule that could
    ///   never elapse.
    public init(_ text: String) throws(CalendarExpressionError) {
        var parser = CalendarParser(text)
        self = try parser.parse()
    }
}

/// Reads one calendar expression.
struct CalendarParser {
    var cursor: TextCursor
    var result = CalendarExpression()
    /// Where the fields of the date and of the time begin, for errors found after reading.
    var dateStarts: [Int] = []
    var timeStarts: [Int] = []

    init(_ text: String) {
        cursor = TextCursor(text)
    }

    static let space: UInt8 = 0x20

    mutating func parse() throws(CalendarExpressionError) -> CalendarExpression {
        try zoneSuffix()
        guard !cursor.isAtEnd else {
            throw error("the expression is empty; write for example Mon..Fri 09:00")
        }
        if try !shorthand() {
            try weekdays()
            if try !timestamp() {
                try date()
                try time()
            }
            guard cursor.isAtEnd else { throw error("nothing may follow here") }
        }
        try check()
        return result
    }

    func error(_ message: String, at position: Int? = nil) -> CalendarExpressionError {
        CalendarExpressionError(message: message, column: (position ?? cursor.position) + 1)
    }

    // MARK: - Zone

    /// Takes `UTC` off the end; other zones belong to the schedule, not into its expression.
    private mutating func zoneSuffix() throws(CalendarExpressionError) {
        let bytes = cursor.bytes
        guard let space = bytes.lastIndex(of: CalendarParser.space), space + 1 < bytes.count else {
            return
        }
        let word = String(decoding: bytes[(space + 1)...], as: UTF8.self)
        if word.lowercased() == "utc" {
            cursor = TextCursor(String(decoding: bytes[..<space], as: UTF8.self))
            result.isUTC = true
            return
        }
        if Zone.isValidName(word) {
            throw error(
                "“\(word)” is neither a date nor a time; a zone other than UTC is set beside the "
                    + "expression, not in it",
                at: space + 1
            )
        }
    }

    // MARK: - Shorthands

    private mutating func shorthand() throws(CalendarExpressionError) -> Bool {
        let word = String(decoding: cursor.bytes, as: UTF8.self).lowercased()
        var rule = result
        switch word {
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
        result = rule
        cursor.position = cursor.bytes.count
        return true
    }

    /// Reads `@SECONDS`, one instant.
    private mutating func timestamp() throws(CalendarExpressionError) -> Bool {
        guard cursor.take("@") else { return false }
        guard let seconds = cursor.number(digits: 1...12) else {
            throw error("seconds since 1970 are expected after @")
        }
        let local = CivilDateTime(reading: Int64(seconds) * 1_000_000)
        result.year = CalendarField(local.date.year)
        result.month = CalendarField(local.date.month)
        result.day = CalendarField(local.date.day)
        result.hour = CalendarField(local.time.hour)
        result.minute = CalendarField(local.time.minute)
        result.second = CalendarField(local.time.second, unit: 1_000_000)
        result.isUTC = true
        return true
    }

    mutating func skipSpaces() {
        while cursor.take(" ") {}
    }

    // MARK: - Date and time

    /// Reads `[YYYY-]MM-DD`, or leaves the cursor in front of a time.
    private mutating func date() throws(CalendarExpressionError) {
        let start = cursor.position
        guard !cursor.isAtEnd else { return }
        var fields = [try field()]
        if cursor.isAtEnd || cursor.next == 0x3A {
            cursor.position = start
            return
        }
        dateStarts = [start]
        while let next = cursor.next, next != CalendarParser.space {
            guard fields.count < 3 else { throw error("a date has at most year, month and day") }
            guard !result.isFromMonthEnd else { throw error("nothing follows the day after “~”") }
            if cursor.take("~") {
                result.isFromMonthEnd = true
            } else if !cursor.take("-") {
                throw error("expected “-” or “~” between the parts of a date")
            }
            dateStarts.append(cursor.position)
            fields.append(try field())
        }
        guard fields.count >= 2 else { throw error("a date needs a month and a day: MM-DD") }
        result.day = fields.removeLast()
        result.month = fields.removeLast()
        result.year = fields.last ?? .any
        skipSpaces()
    }

    /// Reads `HH:MM[:SS]`; without any time it is midnight.
    private mutating func time() throws(CalendarExpressionError) {
        guard !cursor.isAtEnd else { return }
        timeStarts = [cursor.position]
        result.hour = try field()
        guard cursor.take(":") else { throw error("a time is written HH:MM or HH:MM:SS") }
        timeStarts.append(cursor.position)
        result.minute = try field()
        guard !cursor.isAtEnd else { return }
        guard cursor.take(":") else { throw error("expected “:” and seconds, or the end") }
        timeStarts.append(cursor.position)
        result.second = try field(isSeconds: true)
    }
}
