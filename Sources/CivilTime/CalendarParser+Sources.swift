extension CalendarParser {
    /// Reads `every DURATION from INSTANT`.
    mutating func interval() throws(CalendarExpressionError) -> CalendarDraft {
        let example = "every PT90M from 2026-01-01T00:00:00Z"
        var draft = CalendarDraft(start: cursor.position)
        try require(word: "every", example)
        let place = cursor.position
        guard let term = Term(word) else {
            throw error("“\(word)” is no duration; write one such as PT90M or 90min")
        }
        guard case .elapsed(let span) = term else {
            throw error(
                "an interval is exact time, in hours, minutes or seconds; for days or weeks write a "
                    + "time and then every 2w from 2026-01-05",
                at: place
            )
        }
        cursor.position += word.utf8.count
        guard cursor.take(" ") else { throw error("“from” is expected, as in “\(example)”") }
        try require(word: "from", example)
        guard word.hasSuffix("Z"), let local = CivilDateTime(String(word.dropLast())) else {
            throw error("“\(word)” is no instant; write one in UTC such as 2026-01-01T00:00:00Z")
        }
        guard CalendarDates.years.contains(local.date.year) else {
            throw error("the year does not fit into 1970..2199")
        }
        cursor.position += word.utf8.count
        let interval = CalendarInterval(microseconds: span.microseconds, start: local.reading)
        let start = Instant(microseconds: local.reading).rfc3339
        draft.kind = .interval(interval, text: "every \(term) from \(start)")
        return draft
    }

    /// Reads `KIND open|cut-off|wdN|wd~N [TIME]`.
    mutating func period(
        _ kind: CalendarPeriod.Kind
    ) throws(CalendarExpressionError) -> CalendarDraft {
        var draft = CalendarDraft(start: cursor.position)
        cursor.position += kind.rawValue.utf8.count
        guard cursor.take(" ") else {
            throw error("“open”, “cut-off” or a working day such as wd3 is expected")
        }
        let edge: CalendarPeriod.Edge
        if take(word: "open") {
            edge = .open
        } else if take(word: "cut-off") {
            edge = .cutOff
        } else if let (count, fromEnd) = try workday(through: kind.longest) {
            edge = .workday(count, fromEnd: fromEnd)
        } else {
            throw error("“open”, “cut-off” or a working day such as wd3 is expected")
        }
        draft.kind = .period(CalendarPeriod(kind: kind, edge: edge))
        let end = cursor.position
        if cursor.take(" "), cursor.next.map({ isDigit($0) || $0 == 0x2A }) ?? false {
            try time(&draft)
        } else {
            cursor.position = end
        }
        draft.pattern.normalize()
        if edge != .cutOff, draft.pattern.times == .midnight {
            draft.pattern.hasTime = false
        }
        try check(draft)
        return draft
    }

    /// Reads `wdN` or `wd~N`, nil if there is none.
    mutating func workday(
        through last: Int
    ) throws(CalendarExpressionError) -> (count: Int, fromEnd: Bool)? {
        guard cursor.peek(0) == 0x77, cursor.peek(1) == 0x64 else { return nil }
        let start = cursor.position
        cursor.position += 2
        let fromEnd = cursor.take("~")
        guard let count = cursor.number(digits: 1...3), (1...last).contains(count),
            cursor.next.map({ !isDigit($0) }) ?? true
        else {
            throw error(
                "a working day is counted from 1 to \(last): wd3, or wd~1 for the last",
                at: start
            )
        }
        return (count, fromEnd)
    }

    /// Reads `+TERM of ALTERNATIVE` or `-TERM of ALTERNATIVE`.
    mutating func offset() throws(CalendarExpressionError) -> CalendarDraft {
        let start = cursor.position
        let isNegative = cursor.next == 0x2D
        cursor.position += 1
        guard let term = Term(word) else {
            throw error("“\(word)” is no term; write one such as 3wd, 2d or 4h")
        }
        cursor.position += word.utf8.count
        guard cursor.take(" ") else {
            throw error("“of” is expected, as in “-3wd of month cut-off”")
        }
        try require(word: "of", "-3wd of month cut-off")
        var draft = try alternative()
        guard draft.offsets.count < 8 else {
            throw error("at most 8 offsets of offsets", at: start)
        }
        if case .elapsed = term {
        } else {
            if draft.isInterval {
                throw error("an interval has no date; shift it by hours or minutes", at: start)
            }
            let isShifted = draft.offsets.contains { offset in
                if case .elapsed = offset.term { return true }
                return false
            }
            guard !isShifted else {
                throw error("shift the date first: write the days after the hours", at: start)
            }
        }
        draft.offsets.insert((isNegative, term), at: 0)
        draft.start = start
        return draft
    }
}
