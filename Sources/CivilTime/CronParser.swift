/// Reads the schedule of a crontab line, see ``CronLine``.
struct CronParser {
    private var cursor: TextCursor

    init(_ text: String) {
        cursor = TextCursor(text)
    }

    static func error(_ message: String, _ position: Int) -> CalendarExpressionError {
        CalendarExpressionError(message: message, column: position + 1)
    }

    mutating func parse() throws(CalendarExpressionError) -> CronLine {
        skipBlanks()
        if cursor.next == 0x40 {
            cursor = TextCursor(try shorthand())
        }
        var fields: [CronField] = []
        for kind in CronFieldKind.allCases {
            let place = cursor.position
            let word = word()
            guard !word.isEmpty else {
                throw CronParser.error(
                    "the \(kind.rawValue) is missing; a line has minute, hour, day of the month, "
                        + "month and weekday",
                    place
                )
            }
            var reader = CronFieldReader(word, kind: kind, place: place)
            fields.append(try reader.read())
            skipBlanks()
        }
        guard cursor.isAtEnd else {
            throw CronParser.error("nothing may follow the weekday", cursor.position)
        }
        return try CronLine(
            CronFields(
                minute: fields[0],
                hour: fields[1],
                day: fields[2],
                month: fields[3],
                weekday: fields[4]
            )
        )
    }

    private mutating func shorthand() throws(CalendarExpressionError) -> String {
        let place = cursor.position
        let word = word().lowercased()
        skipBlanks()
        guard cursor.isAtEnd else {
            throw CronParser.error("nothing may follow \(word)", cursor.position)
        }
        if word == "@reboot" {
            throw CronParser.error(
                "@reboot is no calendar rule: it runs when the machine starts; make it a service",
                place
            )
        }
        guard let fields = CronLine.shorthands[word] else {
            let known = CronLine.shorthands.keys.sorted().joined(separator: ", ")
            throw CronParser.error("“\(word)” is unknown; write one of \(known)", place)
        }
        return fields
    }

    private mutating func skipBlanks() {
        while cursor.take(" ") || cursor.take("\t") {}
    }

    private mutating func word() -> String {
        let begin = cursor.position
        while let next = cursor.next, next != 0x20, next != 0x09 {
            cursor.position += 1
        }
        return String(decoding: cursor.bytes[begin..<cursor.position], as: UTF8.self)
    }
}

/// Reads one field.
struct CronFieldReader {
    private var cursor: TextCursor
    private var field: CronField

    init(_ word: String, kind: CronFieldKind, place: Int) {
        cursor = TextCursor(word)
        field = CronField(kind: kind, place: place, beginsWithStar: word.hasPrefix("*"))
    }

    private func error(_ message: String, at position: Int? = nil) -> CalendarExpressionError {
        CronParser.error(message, field.place + (position ?? cursor.position))
    }

    mutating func read() throws(CalendarExpressionError) -> CronField {
        repeat {
            try element()
        } while cursor.take(",")
        guard cursor.isAtEnd else {
            throw error("the \(field.kind.rawValue) is no list of values, ranges and steps")
        }
        if field.kind == .weekday, field.values.contains(0) || field.values.contains(7) {
            field.values.formUnion([0, 7])
        }
        return field
    }

    private mutating func element() throws(CalendarExpressionError) {
        let bounds = field.kind.bounds
        if field.kind == .day, cursor.take("L") || cursor.take("l") {
            if cursor.take("W") || cursor.take("w") {
                field.hasLastWorkday = true
            } else {
                field.hasLastDay = true
            }
            return
        }
        if cursor.take("*") {
            insert(bounds, step: try step() ?? 1)
            return
        }
        let place = cursor.position
        let first = try value()
        if field.kind == .weekday, try takeNumbered(first) { return }
        var last = first
        let isRange = cursor.take("-")
        if isRange {
            last = try value()
            guard last >= first else {
                throw error("a range runs upwards; write it as two, such as 22-23,0-2", at: place)
            }
        }
        if let step = try step() {
            // A step without a range runs to the field's end.
            insert(first...(isRange ? last : bounds.upperBound), step: step)
        } else {
            insert(first...last, step: 1)
        }
    }

    private mutating func insert(_ range: ClosedRange<Int>, step: Int) {
        field.values.formUnion(stride(from: range.lowerBound, through: range.upperBound, by: step))
    }

    private mutating func step() throws(CalendarExpressionError) -> Int? {
        guard cursor.take("/") else { return nil }
        let place = cursor.position
        guard let step = cursor.number(digits: 1...4), step > 0 else {
            throw error("a step of 1 or more is expected after “/”", at: place)
        }
        return step
    }

    /// Reads what stands behind a weekday in `5#3` and `5L`.
    private mutating func takeNumbered(_ weekday: Int) throws(CalendarExpressionError) -> Bool {
        if cursor.take("L") || cursor.take("l") {
            field.numbered.insert(CronField.Numbered(weekday: weekday % 7, ordinal: 0))
            return true
        }
        guard cursor.take("#") else { return false }
        let place = cursor.position
        guard let ordinal = cursor.number(digits: 1...1), (1...5).contains(ordinal) else {
            throw error("“#” is followed by 1 to 5", at: place)
        }
        field.numbered.insert(CronField.Numbered(weekday: weekday % 7, ordinal: ordinal))
        return true
    }

    private mutating func value() throws(CalendarExpressionError) -> Int {
        let (place, bounds) = (cursor.position, field.kind.bounds)
        let names = field.kind.names
        if let first = cursor.next, isLetter(first), !names.isEmpty {
            let end = place + 3
            let name = String(
                decoding: cursor.bytes[place..<min(end, cursor.bytes.count)],
                as: UTF8.self
            )
            guard let index = names.firstIndex(of: name.lowercased()) else {
                let known = names.joined(separator: ", ")
                throw error("“\(name)” is no \(field.kind.rawValue); write a number or \(known)")
            }
            cursor.position = end
            return bounds.lowerBound + index
        }
        guard let value = cursor.number(digits: 1...4) else {
            throw error("the \(field.kind.rawValue) is no list of values, ranges and steps")
        }
        guard bounds.contains(value) else {
            throw error(
                "the \(field.kind.rawValue) is \(bounds.lowerBound) to \(bounds.upperBound)",
                at: place
            )
        }
        return value
    }
}
