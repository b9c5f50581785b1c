/// The rule at the end of a zone file, such as `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX TZ, RFC 9636).
struct PosixRule: Hashable, Sendable {
    let standard: Offset
    /// Daylight saving time with the days on which it begins and ends each year.
    let daylight: Daylight?

    struct Daylight: Hashable, Sendable {
        let offset: Offset
        let start: YearlyMoment
        let end: YearlyMoment
    }

    /// A change of the offset at an instant in seconds.
    struct Change {
        let at: Int64
        let offset: Offset
    }

    /// Reads the rule, nil if the text is none.
    init?(_ text: String) {
        var cursor = TextCursor(text)
        guard let name = cursor.zoneName(), let west = cursor.clock(limit: 24) else { return nil }
        standard = Offset(seconds: -west, isDaylight: false, abbreviation: name)
        if cursor.isAtEnd {
            daylight = nil
            return
        }
        guard let daylightName = cursor.zoneName() else { return nil }
        var seconds = 3_600 - west
        if cursor.next != 0x2C {
            guard let read = cursor.clock(limit: 24) else { return nil }
            seconds = -read
        }
        guard cursor.take(","), let start = YearlyMoment(&cursor), cursor.take(","),
            let end = YearlyMoment(&cursor), cursor.isAtEnd
        else { return nil }
        let offset = Offset(seconds: seconds, isDaylight: true, abbreviation: daylightName)
        daylight = Daylight(offset: offset, start: start, end: end)
    }

    /// What the rule says of the time after an instant in seconds, to the end of the time line: the
    /// offset that holds right after it, and every change from there on, in order.
    ///
    /// The instant has to lie on the time line.
    func changes(after start: Int64) -> [Change] {
        var known = Change(at: start + 1, offset: standard)
        var following: [Change] = []
        // A moment lies up to a week outside of its year, and the year before has the last change.
        let years = (Self.year(of: start) - 1)...(Self.year(of: Self.horizon) + 1)
        for change in changes(in: years) where change.at <= Self.horizon {
            if change.at <= known.at {
                known = Change(at: known.at, offset: change.offset)
            } else {
                following.append(change)
            }
        }
        return [known] + following
    }

    /// The offset at an instant in seconds.
    func offset(at second: Int64) -> Offset {
        let year = Self.year(of: second)
        return changes(in: (year - 1)...(year + 1)).last { $0.at <= second }?.offset ?? standard
    }

    /// The two changes of each year, all in order.
    private func changes(in years: ClosedRange<Int>) -> [Change] {
        guard let daylight else { return [] }
        var changes: [Change] = []
        changes.reserveCapacity(2 * years.count)
        for year in years {
            let start = daylight.start.seconds(in: year) - Int64(standard.seconds)
            let end = daylight.end.seconds(in: year) - Int64(daylight.offset.seconds)
            let begins = Change(at: start, offset: daylight.offset)
            let ends = Change(at: end, offset: standard)
            changes += start <= end ? [begins, ends] : [ends, begins]
        }
        // Daylight time all year round is written as an end that meets the next start: there the
        // start has to come last.
        changes.sort { left, right in
            left.at != right.at
                ? left.at < right.at : !left.offset.isDaylight && right.offset.isDaylight
        }
        return changes
    }

    /// The last second of the time line.
    private static let horizon = Instant.distantFuture.wholeSeconds

    private static func year(of seconds: Int64) -> Int {
        CivilDate(dayNumber: Int(floorDivide(seconds, by: 86_400))).year
    }
}

/// A day of each year with a time, the wall clock's before the change.
struct YearlyMoment: Hashable, Sendable {
    private enum Day: Hashable {
        /// `Jn`: 1 to 365, February 29 is never counted.
        case withoutLeapDay(Int)
        /// `n`: 0 to 365, February 29 is counted.
        case withLeapDay(Int)
        /// `Mm.w.d`: week 5 means the last one; day 0 is Sunday.
        case weekday(month: Int, week: Int, day: Int)
    }

    private let day: Day
    private let time: Int

    init?(_ cursor: inout TextCursor) {
        if cursor.take("M") {
            guard let month = cursor.number(digits: 1...2), (1...12).contains(month),
                cursor.take("."), let week = cursor.number(digits: 1...1), (1...5).contains(week),
                cursor.take("."), let day = cursor.number(digits: 1...1), day <= 6
            else { return nil }
            self.day = .weekday(month: month, week: week, day: day)
        } else if cursor.take("J") {
            guard let number = cursor.number(digits: 1...3), (1...365).contains(number) else {
                return nil
            }
            day = .withoutLeapDay(number)
        } else {
            guard let number = cursor.number(digits: 1...3), number <= 365 else { return nil }
            day = .withLeapDay(number)
        }
        if cursor.take("/") {
            guard let time = cursor.clock(limit: 167) else { return nil }
            self.time = time
        } else {
            time = 2 * 3_600
        }
    }

    /// Seconds from 1970-01-01 00:00 of the same clock to the moment in a year.
    func seconds(in year: Int) -> Int64 {
        Int64(dayNumber(in: year)) * 86_400 + Int64(time)
    }

    private func dayNumber(in year: Int) -> Int {
        let newYear = CivilDate(valid: year, 1, 1).dayNumber
        switch day {
        case .withLeapDay(let number):
            return newYear + number
        case .withoutLeapDay(let number):
            let leap = CivilDate.daysInMonth(year: year, month: 2) == 29
            return newYear + number - 1 + (leap && number >= 60 ? 1 : 0)
        case .weekday(let month, let week, let day):
            let first = CivilDate(valid: year, month, 1)
            let distance = (day - first.weekday.rawValue % 7 + 7) % 7
            var dayOfMonth = 1 + distance + (week - 1) * 7
            if dayOfMonth > CivilDate.daysInMonth(year: year, month: month) {
                dayOfMonth -= 7
            }
            return first.dayNumber + dayOfMonth - 1
        }
    }
}

extension TextCursor {
    /// Reads an abbreviation: three or more letters, or `<+1245>`.
    fileprivate mutating func zoneName() -> String? {
        let quoted = take("<")
        let start = position
        while let byte = next, isLetter(byte) || (quoted && (isDigit(byte) || isSign(byte))) {
            position += 1
        }
        let name = String(decoding: bytes[start..<position], as: UTF8.self)
        guard name.count >= 3, !quoted || take(">") else { return nil }
        return name
    }

    /// Reads `[+-]h[:mm[:ss]]` as seconds, with at most `limit` hours.
    fileprivate mutating func clock(limit: Int) -> Int? {
        let isNegative = take("-")
        if !isNegative {
            _ = take("+")
        }
        guard let hours = number(digits: 1...3), hours <= limit else { return nil }
        var seconds = hours * 3_600
        for unit in [60, 1] where take(":") {
            guard let part = number(digits: 2...2), part < 60 else { return nil }
            seconds += part * unit
        }
        return isNegative ? -seconds : seconds
    }

    private func isSign(_ byte: UInt8) -> Bool {
        byte == 0x2B || byte == 0x2D
    }
}
