extension RecurrenceParser {
    /// The largest COUNT: the last instance is found by counting when the rule is read.
    static let countLimit = 100_000

    /// Reads the value of RRULE.
    mutating func readPattern() throws(CalendarExpressionError) {
        var result = RecurrencePattern()
        repeat {
            let begin = cursor.position
            let name = word()
            guard cursor.take("=") else {
                throw error("a part such as FREQ=WEEKLY is expected", at: begin)
            }
            guard places[name] == nil else { throw error("\(name) comes once", at: begin) }
            places[name] = begin
            try part(name, at: begin, &result)
        } while cursor.take(";")
        guard places["FREQ"] != nil else {
            throw error("RRULE needs a FREQ, such as FREQ=WEEKLY", at: places["RRULE"])
        }
        pattern = result
        try checkParts(result)
    }

    private mutating func part(
        _ name: String,
        at begin: Int,
        _ result: inout RecurrencePattern
    ) throws(CalendarExpressionError) {
        switch name {
        case "FREQ": result.frequency = try frequency()
        case "INTERVAL": result.interval = try number(in: 1...9_999_999, name)
        case "COUNT": result.bound = .count(try number(in: 1...RecurrenceParser.countLimit, name))
        case "UNTIL": result.bound = try until()
        case "BYSECOND": result.seconds = try numbers(in: 0...59, name)
        case "BYMINUTE": result.minutes = try numbers(in: 0...59, name)
        case "BYHOUR": result.hours = try numbers(in: 0...23, name)
        case "BYDAY": result.days = try weekdays()
        case "BYMONTHDAY": result.monthDays = try numbers(in: 1...31, name, isSigned: true)
        case "BYYEARDAY": result.yearDays = try numbers(in: 1...366, name, isSigned: true)
        case "BYWEEKNO": result.weekNumbers = try numbers(in: 1...53, name, isSigned: true)
        case "BYMONTH": result.months = try numbers(in: 1...12, name)
        case "BYSETPOS": result.positions = try numbers(in: 1...366, name, isSigned: true)
        case "WKST": result.weekStart = try weekday()
        default: throw error("“\(name)” is no part of an RRULE of RFC 5545", at: begin)
        }
    }

    private mutating func frequency() throws(CalendarExpressionError) -> RecurrenceFrequency {
        let place = cursor.position
        guard let frequency = RecurrenceFrequency(rawValue: word()) else {
            let names = RecurrenceFrequency.allCases.reversed().map(\.rawValue)
            throw error("FREQ is one of \(names.joined(separator: ", "))", at: place)
        }
        return frequency
    }

    private mutating func number(
        in bounds: ClosedRange<Int>,
        _ name: String
    ) throws(CalendarExpressionError) -> Int {
        let place = cursor.position
        guard let value = cursor.number(digits: 1...9), bounds.contains(value),
            cursor.next.map({ !isDigit($0) }) ?? true
        else {
            throw error("\(name) is \(bounds.lowerBound) to \(bounds.upperBound)", at: place)
        }
        return value
    }

    private mutating func numbers(
        in bounds: ClosedRange<Int>,
        _ name: String,
        isSigned: Bool = false
    ) throws(CalendarExpressionError) -> [Int] {
        var values: Set<Int> = []
        repeat {
            let isNegative = isSigned && cursor.take("-")
            if isSigned, !isNegative {
                _ = cursor.take("+")
            }
            let value = try number(in: bounds, name)
            values.insert(isNegative ? -value : value)
        } while cursor.take(",")
        // First what counts from the start, then what counts from the end, in order of time.
        return values.filter { $0 >= 0 }.sorted() + values.filter { $0 < 0 }.sorted()
    }

    private mutating func weekday() throws(CalendarExpressionError) -> Weekday {
        let place = cursor.position
        guard let index = RecurrenceDay.names.firstIndex(of: word()) else {
            throw error("a weekday of two letters is expected, such as MO", at: place)
        }
        return Weekday.allCases[index]
    }

    private mutating func weekdays() throws(CalendarExpressionError) -> [RecurrenceDay] {
        var days: Set<RecurrenceDay> = []
        repeat {
            let isNegative = cursor.take("-")
            if !isNegative {
                _ = cursor.take("+")
            }
            var ordinal = 0
            if isNegative || cursor.next.map(isDigit) ?? false {
                ordinal = try number(in: 1...53, "the number before a weekday")
            }
            let weekday = try weekday()
            days.insert(RecurrenceDay(ordinal: isNegative ? -ordinal : ordinal, weekday: weekday))
        } while cursor.take(",")
        return days.sorted { ($0.ordinal, $0.weekday) < ($1.ordinal, $1.weekday) }
    }
}
