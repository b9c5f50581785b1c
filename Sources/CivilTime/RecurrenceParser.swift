extension RecurrenceRule {
    /// Reads a recurrence.
    ///
    /// - Parameter text: Properties DTSTART, RRULE, RDATE and EXDATE of RFC 5545, with spaces or line
    ///   breaks between them.
    /// - Throws: ``CalendarExpressionError`` with message and column, also for a rule without any
    ///   instance before 2200.
    public init(_ text: String) throws(CalendarExpressionError) {
        var parser = RecurrenceParser(text)
        self = try parser.parse()
    }

    /// Whether a word is a property of a recurrence; with it one finds where a recurrence ends in a
    /// longer text.
    static func isProperty(_ word: some StringProtocol) -> Bool {
        let name = word.prefix { $0 != ":" && $0 != ";" }
        guard name.utf8.count < word.utf8.count else { return false }
        return name.utf8.allSatisfy { isLetter($0) || $0 == 0x2D }
    }
}

/// Reads the properties of a recurrence, see ``RecurrenceRule``.
struct RecurrenceParser {
    var cursor: TextCursor
    var start: CivilDateTime?
    var zoneName: String?
    /// Whether DTSTART is a date without a time; all times are then dates too.
    var isDate = false
    var pattern: RecurrencePattern?
    var added: [CivilDateTime] = []
    var excluded: [CivilDateTime] = []
    /// Where each part begins, for what is found only when all is read.
    var places: [String: Int] = [:]

    /// Dates that RDATE and EXDATE may list.
    static let listLimit = 1_000

    init(_ text: String) {
        cursor = TextCursor(text)
    }

    mutating func parse() throws(CalendarExpressionError) -> RecurrenceRule {
        skipSpaces()
        while !cursor.isAtEnd {
            try property()
            skipSpaces()
        }
        guard let start else { throw error("a recurrence begins with DTSTART") }
        let rule = RecurrenceRule(
            start: start,
            zoneName: zoneName,
            pattern: pattern,
            added: Set(added).sorted(),
            excluded: Set(excluded).sorted()
        )
        try check(rule)
        return rule
    }

    /// An error at a byte; columns count characters, so bytes inside of one are left out.
    func error(_ message: String, at position: Int? = nil) -> CalendarExpressionError {
        let before = cursor.bytes.prefix(position ?? cursor.position)
        return CalendarExpressionError(
            message: message,
            column: before.count { $0 & 0xC0 != 0x80 } + 1
        )
    }

    private mutating func skipSpaces() {
        while let next = cursor.next, RecurrenceParser.isSpace(next) {
            cursor.position += 1
        }
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// Reads letters, digits and hyphens, in capitals.
    mutating func word() -> String {
        let begin = cursor.position
        while let next = cursor.next, isLetter(next) || isDigit(next) || next == 0x2D {
            cursor.position += 1
        }
        return String(decoding: cursor.bytes[begin..<cursor.position], as: UTF8.self).uppercased()
    }

    private mutating func property() throws(CalendarExpressionError) {
        let begin = cursor.position
        let name = word()
        guard ["DTSTART", "RRULE", "RDATE", "EXDATE"].contains(name) else {
            let found = name.isEmpty ? "" : "“\(name)” is none: "
            throw error("\(found)a recurrence has DTSTART, RRULE, RDATE and EXDATE", at: begin)
        }
        let isList = name == "RDATE" || name == "EXDATE"
        guard isList || places[name] == nil else { throw error("\(name) comes once", at: begin) }
        guard name == "DTSTART" || start != nil else {
            throw error("DTSTART comes before \(name)", at: begin)
        }
        places[name] = places[name] ?? begin
        let isDateValue = try parameters(of: name)
        guard cursor.take(":") else { throw error("“:” and a value are expected after \(name)") }
        switch name {
        case "DTSTART": try readStart(isDate: isDateValue)
        case "RRULE": try readPattern()
        case "RDATE": added += try list()
        default: excluded += try list()
        }
        guard cursor.next.map(RecurrenceParser.isSpace) ?? true else {
            throw error("a space or a line break is expected between properties")
        }
    }

    /// Reads `;TZID=…` and `;VALUE=…`; returns whether the value is a date.
    private mutating func parameters(of name: String) throws(CalendarExpressionError) -> Bool {
        var isDateValue = false
        while cursor.take(";") {
            let begin = cursor.position
            let parameter = word()
            guard cursor.take("=") else { throw error("“=” is expected after \(parameter)") }
            let place = cursor.position
            let value = parameterValue()
            if parameter == "VALUE", name != "RRULE", ["DATE", "DATE-TIME"].contains(value) {
                isDateValue = value == "DATE"
            } else if parameter == "TZID", name != "RRULE" {
                try takeZone(value, name, at: place)
            } else {
                throw error("\(name) has the parameters TZID=ZONE and VALUE=DATE here", at: begin)
            }
        }
        return isDateValue
    }

    private mutating func parameterValue() -> String {
        let begin = cursor.position
        while let next = cursor.next, next != 0x3A, next != 0x3B, !RecurrenceParser.isSpace(next) {
            cursor.position += 1
        }
        return String(decoding: cursor.bytes[begin..<cursor.position], as: UTF8.self)
    }

    private mutating func takeZone(
        _ zone: String,
        _ name: String,
        at place: Int
    ) throws(CalendarExpressionError) {
        guard Zone.isValidName(zone), zone.lowercased() != "z" else {
            throw error("“\(zone)” is no zone of the tz database, as Europe/Berlin is", at: place)
        }
        let isUTC = zone.lowercased() == "utc"
        guard name == "DTSTART" || zone == zoneName || isUTC && zoneName == "UTC" else {
            throw error("\(name) is in another zone than DTSTART; write it in that zone", at: place)
        }
        zoneName = isUTC ? "UTC" : zone
    }
}
