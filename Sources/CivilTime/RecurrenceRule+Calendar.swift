// A recurrence as an alternative of a calendar expression.

extension CalendarParser {
    /// Reads a recurrence of iCalendar: all words up to the first that is no property.
    mutating func recurrence() throws(CalendarExpressionError) -> CalendarDraft {
        let start = cursor.position
        var end = start
        while cursor.position < cursor.bytes.count {
            let begin = cursor.position
            while let next = cursor.next, !RecurrenceParser.isSpace(next) {
                cursor.position += 1
            }
            let word = String(decoding: cursor.bytes[begin..<cursor.position], as: UTF8.self)
            guard RecurrenceRule.isProperty(word) else { break }
            end = cursor.position
            while let next = cursor.next, RecurrenceParser.isSpace(next) {
                cursor.position += 1
            }
        }
        cursor.position = end
        var draft = CalendarDraft(start: start)
        do throws(CalendarExpressionError) {
            let text = String(decoding: cursor.bytes[start..<end], as: UTF8.self)
            draft.kind = .recurrence(try RecurrenceRule(text))
        } catch {
            let before = self.error("", at: start).column - 1
            throw CalendarExpressionError(message: error.message, column: before + error.column)
        }
        return draft
    }

    /// Takes over what recurrences bring along instead of clauses: their zone, and by RFC 5545,
    /// 3.3.10, that an instance in a gap is left out.
    mutating func takeDefaults(of drafts: [CalendarDraft]) throws(CalendarExpressionError) {
        for draft in drafts {
            guard let zone = draft.recurrence?.zoneName else { continue }
            guard clauses.impliedZone == nil || clauses.impliedZone == zone else {
                throw error("all alternatives are read in one zone", at: draft.start)
            }
            clauses.impliedZone = zone
        }
        if let zone = clauses.impliedZone, zone != "UTC",
            let other = drafts.first(where: \.isTimestamp)
        {
            throw error("an instant after @ is in UTC, the recurrence in \(zone)", at: other.start)
        }
        if drafts.allSatisfy({ $0.recurrence != nil }) {
            clauses.defaultGap = .skip
            clauses.gap = .skip
        }
    }

    /// Refuses a zone clause beside a recurrence that names another.
    mutating func settleZone() throws(CalendarExpressionError) {
        guard let implied = clauses.impliedZone else { return }
        if let zone = clauses.zoneName, zone != implied {
            throw error("DTSTART names \(implied); leave \(zone) away", at: 0)
        }
        clauses.zoneName = implied
    }
}

extension CalendarPart {
    /// Whether it is a recurrence of iCalendar.
    var isRecurrence: Bool {
        if case .recurrence = source { return true }
        return false
    }

    /// Whether a recurrence has an instance at a local reading that its EXDATE takes away.
    func excludes(_ reading: Int64) -> Bool {
        guard case .recurrence(let rule) = source, !rule.excluded.isEmpty else { return false }
        return rule.isExcluded(CivilDateTime(reading: reading))
    }
}

extension RecurrenceRule {
    /// Whether an instance that is not excluded lies at a local time.
    func names(_ local: CivilDateTime, in zone: Zone) -> Bool {
        first(from: local, in: zone) == local
    }
}
