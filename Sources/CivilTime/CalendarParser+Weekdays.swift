extension CalendarParser {
    /// Reads the list of weekdays in front, if there is one.
    mutating func weekdays(_ result: inout CalendarPattern) throws(CalendarExpressionError) {
        guard var weekday = try weekday() else { return }
        var rangeStart: Weekday?
        while true {
            if let start = rangeStart {
                guard start <= weekday else {
                    throw error("a range of weekdays runs forward within Mon..Sun")
                }
                result.weekdays.formUnion(Weekday.allCases.filter { $0 >= start && $0 <= weekday })
            }
            result.weekdays.insert(weekday)
            guard let next = cursor.next, next != CalendarParser.space else { break }
            if cursor.take(",") {
                rangeStart = nil
                // systemd allows a comma at the end of the list.
                if cursor.isAtEnd || cursor.next == CalendarParser.space { break }
            } else {
                guard rangeStart == nil else { throw error("a range has one start and one end") }
                guard rangeSign() else { throw error("expected “..”, “,” or a space") }
                rangeStart = weekday
            }
            guard let following = try self.weekday() else {
                throw error("a weekday is expected, such as Mon")
            }
            weekday = following
        }
        if result.weekdays.count == Weekday.allCases.count {
            result.weekdays = []
        }
        skipSpaces()
    }

    /// Steps over `..`, or over the `-` of old.
    private mutating func rangeSign() -> Bool {
        if cursor.take("-") { return true }
        guard cursor.peek(0) == 0x2E, cursor.peek(1) == 0x2E else { return false }
        cursor.position += 2
        return true
    }

    private mutating func weekday() throws(CalendarExpressionError) -> Weekday? {
        for (weekday, name, abbreviation) in CalendarParser.names
        where cursor.take(ignoringCase: name) || cursor.take(ignoringCase: abbreviation) {
            if let next = cursor.next, !Array("-., ".utf8).contains(next) {
                throw error("a weekday is written in three letters or in full")
            }
            return weekday
        }
        return nil
    }

    private static let names: [(Weekday, StaticString, StaticString)] = [
        (.monday, "Monday", "Mon"), (.tuesday, "Tuesday", "Tue"),
        (.wednesday, "Wednesday", "Wed"), (.thursday, "Thursday", "Thu"),
        (.friday, "Friday", "Fri"), (.saturday, "Saturday", "Sat"), (.sunday, "Sunday", "Sun"),
    ]
}
