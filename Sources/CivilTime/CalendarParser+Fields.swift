extension CalendarParser {
    /// Reads the last part of a date, in which elements may count from the month's end, `~01`, or
    /// in working days, `wd3`; those go into `pattern`.
    mutating func dayList(
        _ pattern: inout CalendarPattern
    ) throws(CalendarExpressionError) -> CalendarField {
        guard !cursor.take("*") else { return .any }
        var field = CalendarField(components: [], unit: 1)
        let start = cursor.position
        repeat {
            guard field.components.count <= 240 else { throw error("the list is too long") }
            if let (count, fromEnd) = try workday(through: 31) {
                if fromEnd {
                    pattern.lastWorkdays.append(count)
                } else {
                    pattern.workdays.append(count)
                }
            } else if cursor.take("~") {
                let place = cursor.position
                guard let day = cursor.number(digits: 1...2), (1...31).contains(day) else {
                    throw error("a day from the month's end is ~1 to ~31", at: place)
                }
                pattern.lastDays.append(day)
            } else {
                field.components.append(try component(unit: 1))
            }
            guard cursor.next.map({ Array(" ,-~:".utf8).contains($0) }) ?? true else {
                throw error("unexpected character")
            }
        } while cursor.take(",")
        let hasWorkdays = !(pattern.workdays.isEmpty && pattern.lastWorkdays.isEmpty)
        if hasWorkdays, !(field.components.isEmpty && pattern.lastDays.isEmpty) {
            throw error("a list names either days or working days", at: start)
        }
        if pattern.isFromMonthEnd, pattern.hasDayList {
            throw error("after “~” all days count from the month's end already", at: start)
        }
        return field
    }

    /// Reads a list of values, ranges and repetitions, or `*`.
    mutating func field(
        isSeconds: Bool = false
    ) throws(CalendarExpressionError) -> CalendarField {
        if cursor.take("*") {
            return isSeconds ? .everySecond : .any
        }
        var field = CalendarField(components: [], unit: isSeconds ? 1_000_000 : 1)
        repeat {
            guard field.components.count <= 240 else { throw error("the list is too long") }
            field.components.append(try component(unit: field.unit))
        } while cursor.take(",")
        return field
    }

    mutating func component(
        unit: Int
    ) throws(CalendarExpressionError) -> CalendarField.Component {
        let start = try value(unit: unit)
        var component = CalendarField.Component(start: start, stop: nil, step: 0)
        let position = cursor.position
        if cursor.peek(0) == 0x2E, cursor.peek(1) == 0x2E {
            cursor.position += 2
            component.stop = try value(unit: unit)
            component.step = unit
        }
        if cursor.take("/") {
            component.step = try value(unit: unit)
            guard component.step > 0 else { throw error("a repetition of 0 is none", at: position) }
        } else if let stop = component.stop, unit > 1, start + component.step > stop {
            throw error("a range of seconds spans at least one second", at: position)
        }
        guard cursor.next.map({ Array(" ,-~:".utf8).contains($0) }) ?? true else {
            throw error("unexpected character")
        }
        return component
    }

    private mutating func value(unit: Int) throws(CalendarExpressionError) -> Int {
        guard let whole = cursor.number(digits: 1...9) else { throw error("a number is expected") }
        guard whole <= 999_999, cursor.next.map({ !isDigit($0) }) ?? true else {
            throw error("the number is too large")
        }
        var value = whole * unit
        if unit > 1, cursor.peek(0) == 0x2E, cursor.peek(1) != 0x2E {
            cursor.position += 1
            value += try roundedFraction()
        }
        return value
    }

    /// Reads the digits of a fraction and rounds them to microseconds, as systemd does.
    private mutating func roundedFraction() throws(CalendarExpressionError) -> Int {
        guard var fraction = cursor.fraction() else { throw error("digits are expected after “.”") }
        if let digit = cursor.next, isDigit(digit), digit >= 0x35 {
            fraction += 1
        }
        while let digit = cursor.next, isDigit(digit) {
            cursor.position += 1
        }
        return fraction
    }
}
