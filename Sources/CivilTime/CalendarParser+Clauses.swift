extension CalendarParser {
    /// Reads the clauses behind the source, in any order, each at most once but exceptions.
    mutating func readClauses() throws(CalendarExpressionError) {
        var seen: Set<String> = []
        while !cursor.isAtEnd {
            let end = cursor.position
            guard separator(), !cursor.isAtEnd else {
                throw error("nothing may follow here", at: end)
            }
            let start = cursor.position
            let name = try clause()
            guard name == "except" || seen.insert(name).inserted else {
                throw error("there is one \(name) in an expression", at: start)
            }
        }
    }

    /// Reads one clause and returns its name.
    private mutating func clause() throws(CalendarExpressionError) -> String {
        let start = cursor.position
        let text = word
        if text == "|" {
            throw error("alternatives come first; zone and clauses behind them hold for all")
        }
        if text == "every" {
            strideStart = start
            clauses.stride = try stride()
            return "every"
        }
        if text == "except" {
            exceptStart = start
            try require(word: "except", "except off")
            clauses.exceptions.append(try exception())
            return "except"
        }
        guard let sign = text.firstIndex(of: "=") else {
            clauses.zoneName = try zone()
            return "zone"
        }
        let (name, value) = (String(text[..<sign]), String(text[text.index(after: sign)...]))
        cursor.position += name.utf8.count + 1
        switch name {
        case "roll": clauses.roll = try choice(value)
        case "gap": clauses.gap = try choice(value)
        case "fold": clauses.fold = try choice(value)
        case "clock": clauses.clock = try choice(value)
        default:
            throw error("“\(name)” is no clause; there are roll, gap, fold and clock", at: start)
        }
        cursor.position += value.utf8.count
        return name
    }

    private func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ text: String
    ) throws(CalendarExpressionError) -> Choice {
        guard let choice = Choice(rawValue: text) else {
            let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("“\(text)” is none of \(all)")
        }
        return choice
    }

    /// Reads a zone; `UTC` in any case, others as the tz database writes them.
    private mutating func zone() throws(CalendarExpressionError) -> String {
        let name = word
        if name.lowercased() == "utc" {
            cursor.position += 3
            return "UTC"
        }
        guard Zone.isValidName(name), name.contains("/") || CalendarParser.zones.contains(name)
        else {
            throw error(
                "“\(name)” is neither a time, a clause nor a zone of the tz database such as "
                    + "Europe/Berlin"
            )
        }
        cursor.position += name.utf8.count
        return name
    }

    /// The names of the tz database without a slash; abbreviations are not among them.
    private static let zones: Set<String> = [
        "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "Factory", "GB",
        "GB-Eire", "GMT", "GMT+0", "GMT-0", "GMT0", "Greenwich", "HST", "Hongkong", "Iceland",
        "Iran", "Israel", "Jamaica", "Japan", "Kwajalein", "Libya", "MET", "MST", "MST7MDT", "NZ",
        "NZ-CHAT", "Navajo", "PRC", "PST8PDT", "Poland", "Portugal", "ROC", "ROK", "Singapore",
        "Turkey", "UCT", "Universal", "W-SU", "WET", "Zulu",
    ]

    /// Reads `every N(w|d) from DATE`.
    private mutating func stride() throws(CalendarExpressionError) -> CalendarStride {
        let example = "every 2w from 2026-01-05"
        try require(word: "every", example)
        let place = cursor.position
        guard let count = cursor.number(digits: 1...4), count > 0,
            cursor.next.map({ !isDigit($0) }) ?? true
        else {
            throw error("1 to 9999 weeks or days are expected, as in “\(example)”", at: place)
        }
        let isWeeks = cursor.take("w")
        guard isWeeks || cursor.take("d"), cursor.take(" ") else {
            throw error("“w” for weeks or “d” for days is expected, as in “\(example)”")
        }
        try require(word: "from", example)
        guard let anchor = CivilDate(word), CalendarDates.years.contains(anchor.year) else {
            throw error("“\(word)” is no date YYYY-MM-DD of 1970 to 2199")
        }
        cursor.position += word.utf8.count
        return CalendarStride(count: count, isWeeks: isWeeks, anchor: anchor)
    }

    /// Reads what follows `except`: `off`, a calendar, or a rule.
    private mutating func exception() throws(CalendarExpressionError) -> CalendarException {
        if take(word: "off") { return .off }
        let start = cursor.position
        do throws(CalendarExpressionError) {
            let draft = try alternative()
            if draft.isTimestamp {
                throw error("write the date and the time instead of seconds since 1970", at: start)
            }
            let part = draft.part(clock: nil, isInUnion: false)
            let text = draft.text(asException: true)
            return .rule(part, isWholeDate: draft.isWholeDate, text: text)
        } catch {
            cursor.position = start
            let id = word
            guard CalendarParser.isCalendarName(id) else { throw error }
            cursor.position += id.utf8.count
            return .calendar(id)
        }
    }

    private static func isCalendarName(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first) else { return false }
        let keywords = CalendarPeriod.Kind.allCases.map(\.rawValue) + ["every"]
        return !keywords.contains(name)
            && name.utf8.allSatisfy { isLetter($0) || isDigit($0) || "-_.".utf8.contains($0) }
    }
}
