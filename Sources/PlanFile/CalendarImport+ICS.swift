import CivilTime

extension CalendarImport {
    /// Longer events are no holidays.
    private static let longestEvent = 366

    /// Reads the all-day events of an iCalendar text (RFC 5545).
    ///
    /// An event is work if its summary has 班, `working day`, `work day` or `make-up`, in any case;
    /// else it is off. Events that have a time, or that repeat, are left out with a note.
    ///
    /// - Parameters:
    ///   - bytes: The file; a fold may split a character, so that it is no text yet.
    ///   - name: The name of the file, for messages.
    /// - Returns: The days.
    /// - Throws: `PlanProblems` with the lines that cannot be read.
    public static func ics(_ bytes: [UInt8], name: String) throws(PlanProblems) -> CalendarImport {
        let problems = Problems(file: name)
        guard bytes.count <= SourceText.sizeLimit else {
            problems.add(.start, "larger than 4 MiB; a calendar of holidays is small")
            throw problems.thrown
        }
        var reader = ICSReader(problems: problems)
        for line in ICSReader.unfolded(bytes) {
            guard let text = String(validating: line.bytes, as: UTF8.self) else {
                problems.add(Spot(line: line.number, column: 1), "not UTF-8; save it as UTF-8")
                continue
            }
            reader.take((line.number, text))
        }
        if !reader.hasCalendar {
            problems.add(.start, "no `BEGIN:VCALENDAR`; this is no iCalendar file")
        }
        if let error = problems.error { throw error }
        return CalendarImport(reader.days, notes: reader.notes)
    }

    /// Returns whether an event of this summary is a day of work.
    static func isWork(_ summary: String) -> Bool {
        let text = summary.lowercased()
        let words = ["working day", "work day", "workday", "make-up", "makeup", "班"]
        return words.contains { text.contains($0) }
    }

    /// Reads lines that were put together again.
    private struct ICSReader {
        let problems: Problems
        var hasCalendar = false
        var days: [CivilDate: (isWork: Bool, name: String)] = [:]
        var notes: [String] = []
        private var event: Event?

        init(problems: Problems) {
            self.problems = problems
        }

        /// A line, put together, with the number of its first piece.
        typealias Line = (number: Int, text: String)

        private struct Event {
            let line: Int
            var start: CivilDate?
            var end: CivilDate?
            var summary = ""
            var hasTime = false
            var isRepeated = false
            /// Events within events, such as alarms, whose lines say nothing of the event.
            var depth = 0
        }

        /// Puts lines together that were folded: the next piece begins with a space or a tab.
        static func unfolded(_ bytes: [UInt8]) -> [(number: Int, bytes: [UInt8])] {
            var lines: [(number: Int, bytes: [UInt8])] = []
            let feed = UInt8(ascii: "\n")
            let pieces = bytes.split(separator: feed, omittingEmptySubsequences: false)
            for (index, piece) in pieces.enumerated() {
                let isReturned = piece.last == UInt8(ascii: "\r")
                let bytes = isReturned ? piece.dropLast() : piece
                let isFolded = bytes.first == UInt8(ascii: " ") || bytes.first == UInt8(ascii: "\t")
                if isFolded, !lines.isEmpty {
                    lines[lines.count - 1].bytes += bytes.dropFirst()
                } else if !bytes.isEmpty {
                    lines.append((index + 1, Array(bytes)))
                }
            }
            return lines
        }

        mutating func take(_ line: Line) {
            let head = line.text.prefix { $0 != ":" && $0 != ";" }.uppercased()
            let value = value(of: line.text)
            switch (head, value.uppercased()) {
            case ("BEGIN", "VCALENDAR"): hasCalendar = true
            case ("BEGIN", "VEVENT"): event = Event(line: line.number)
            case ("END", "VEVENT"): finish()
            case ("BEGIN", _): event?.depth += 1
            case ("END", _): event?.depth -= 1
            default: read(head, value, line)
            }
        }

        /// What stands behind the first colon that is not in quotes.
        private func value(of text: String) -> String {
            var isQuoted = false
            let head = text.prefix { character in
                if character == "\"" { isQuoted.toggle() }
                return character != ":" || isQuoted
            }
            return String(text.dropFirst(head.count + 1))
        }

        private mutating func read(_ head: String, _ value: String, _ line: Line) {
            guard var event, event.depth == 0 else { return }
            switch head {
            case "SUMMARY": event.summary = unescaped(value)
            case "RRULE", "RDATE": event.isRepeated = true
            case "DTSTART": event.start = day(value, line, &event)
            case "DTEND": event.end = day(value, line, &event)
            default: return
            }
            self.event = event
        }

        private func unescaped(_ value: String) -> String {
            var result = ""
            var isEscaped = false
            for character in value {
                if isEscaped {
                    result.append(character == "n" || character == "N" ? " " : character)
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else {
                    result.append(character)
                }
            }
            return result
        }

        /// Returns the day of `20190202`; nil of a time, which makes the event one with a time.
        private func day(_ value: String, _ line: Line, _ event: inout Event) -> CivilDate? {
            let digits = value.prefix(8)
            let dashed = "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))"
            guard digits.count == 8, let date = CivilDate(dashed) else {
                let spot = Spot(line: line.number, column: 1)
                problems.add(spot, "no date such as 20190202 in this line")
                return nil
            }
            if value.count > 8 { event.hasTime = true }
            return date
        }

        private mutating func finish() {
            guard let event else { return }
            self.event = nil
            let spot = Spot(line: event.line, column: 1)
            let label = "line \(event.line): \(event.summary.isEmpty ? "an event" : event.summary)"
            if event.hasTime || event.isRepeated {
                let reason = event.hasTime ? "has a time" : "repeats"
                notes.append("\(label) \(reason) and is left out")
                return
            }
            guard let start = event.start else {
                if problems.isEmpty { problems.add(spot, "an event without DTSTART") }
                return
            }
            // The end of an all-day event is the day after its last one.
            let last = event.end.map { $0.adding(days: -1) } ?? start
            let length = last.dayNumber - start.dayNumber + 1
            guard (0...longestEvent).contains(length) else {
                problems.add(spot, "an event of \(length) days; holidays have 1 to \(longestEvent)")
                return
            }
            add(start, max(start, last), event.summary, spot)
        }

        private mutating func add(
            _ first: CivilDate,
            _ last: CivilDate,
            _ summary: String,
            _ spot: Spot
        ) {
            let isWork = CalendarImport.isWork(summary)
            for number in first.dayNumber...last.dayNumber {
                let date = CivilDate(dayNumber: number)
                if let known = days[date], known.isWork != isWork {
                    problems.add(spot, "\(date) is off by one event and work by another; keep one")
                }
                days[date] = (isWork, summary)
            }
        }
    }
}

extension Problems {
    /// The error, where a problem was added just before.
    var thrown: PlanProblems {
        guard let error else { preconditionFailure("a problem that was added is there") }
        return error
    }
}
