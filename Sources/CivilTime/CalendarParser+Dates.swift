extension CalendarParser {
    /// Whether a field may begin here.
    private var isAtField: Bool {
        guard let next = cursor.next else { return false }
        return next != 0x7C && !isLetter(next)
    }

    /// Reads `[YYYY-]MM-DD`, or leaves the cursor in front of a time.
    mutating func date(_ draft: inout CalendarDraft) throws(CalendarExpressionError) {
        let start = cursor.position
        guard isAtField else { return }
        var fields = [try field()]
        if cursor.isAtEnd || cursor.next == 0x3A {
            cursor.position = start
            return
        }
        draft.dateStarts = [start]
        while let next = cursor.next, next != CalendarParser.space {
            guard fields.count < 3 else { throw error("a date has at most year, month and day") }
            guard !draft.pattern.isFromMonthEnd else {
                throw error("nothing follows the day after “~”")
            }
            guard !draft.pattern.hasDayList else {
                throw error("days from the month's end and working days stand last in a date")
            }
            if cursor.take("~") {
                draft.pattern.isFromMonthEnd = true
            } else if !cursor.take("-") {
                throw error("expected “-” or “~” between the parts of a date")
            }
            draft.dateStarts.append(cursor.position)
            fields.append(try dayList(&draft.pattern))
        }
        guard fields.count >= 2 else { throw error("a date needs a month and a day: MM-DD") }
        draft.pattern.day = fields.removeLast()
        draft.pattern.month = fields.removeLast()
        draft.pattern.year = fields.last ?? .any
        skipSpaces()
    }

    /// Reads `HH:MM[:SS]`; without any time it is midnight.
    mutating func time(_ draft: inout CalendarDraft) throws(CalendarExpressionError) {
        guard isAtField else { return }
        draft.pattern.hasTime = true
        draft.timeStarts = [cursor.position]
        draft.pattern.hour = try field()
        guard cursor.take(":") else { throw error("a time is written HH:MM or HH:MM:SS") }
        draft.timeStarts.append(cursor.position)
        draft.pattern.minute = try field()
        guard !cursor.isAtEnd, cursor.next != CalendarParser.space else { return }
        guard cursor.take(":") else { throw error("expected “:” and seconds, or the end") }
        draft.timeStarts.append(cursor.position)
        draft.pattern.second = try field(isSeconds: true)
        guard cursor.isAtEnd || cursor.next == CalendarParser.space else {
            throw error("nothing may follow the seconds")
        }
    }
}

extension CalendarPattern {
    /// Whether its day list has elements that systemd does not know.
    var hasDayList: Bool { !(lastDays.isEmpty && workdays.isEmpty && lastWorkdays.isEmpty) }
}
