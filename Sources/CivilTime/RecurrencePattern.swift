/// The value of an RRULE property (RFC 5545, section 3.3.10), lists sorted and without repeats.
struct RecurrencePattern: Hashable, Sendable {
    var frequency = RecurrenceFrequency.daily
    var interval = 1
    var bound = RecurrenceBound.none
    var seconds: [Int] = []
    var minutes: [Int] = []
    var hours: [Int] = []
    var days: [RecurrenceDay] = []
    var monthDays: [Int] = []
    var yearDays: [Int] = []
    var weekNumbers: [Int] = []
    var months: [Int] = []
    var positions: [Int] = []
    var weekStart = Weekday.monday

    /// Whether a part other than BYMONTH chooses days.
    var choosesDays: Bool {
        !days.isEmpty || !monthDays.isEmpty || !yearDays.isEmpty || !weekNumbers.isEmpty
    }

    /// The same pattern with what it leaves to DTSTART filled in.
    func filled(from start: CivilDateTime) -> RecurrencePattern {
        var full = self
        if frequency != .secondly, seconds.isEmpty {
            full.seconds = [start.time.second]
        }
        if frequency != .secondly, frequency != .minutely, minutes.isEmpty {
            full.minutes = [start.time.minute]
        }
        if !frequency.isWithinDay, hours.isEmpty {
            full.hours = [start.time.hour]
        }
        full.fillDays(from: start.date)
        return full
    }

    private mutating func fillDays(from date: CivilDate) {
        let isWholeWeek = !weekNumbers.isEmpty && days.isEmpty
        if isWholeWeek, monthDays.isEmpty, yearDays.isEmpty {
            days = [RecurrenceDay(ordinal: 0, weekday: date.weekday)]
        }
        guard !choosesDays else { return }
        switch frequency {
        case .yearly:
            if months.isEmpty {
                months = [date.month]
            }
            monthDays = [date.day]
        case .monthly: monthDays = [date.day]
        case .weekly: days = [RecurrenceDay(ordinal: 0, weekday: date.weekday)]
        default: break
        }
    }
}

extension RecurrencePattern {
    /// The value in normal form; parts in the order of the RFC, defaults left out.
    ///
    /// - Parameter suffix: What stands behind a local UNTIL, `Z` for a rule in UTC.
    /// - Returns: The value alone, without `RRULE:`.
    func text(suffix: String) -> String {
        var parts = ["FREQ=\(frequency.rawValue)"]
        switch bound {
        case .none: break
        case .count(let count): parts.append("COUNT=\(count)")
        case .local(let last): parts.append("UNTIL=\(last.basicText)\(suffix)")
        case .instant(let last):
            parts.append("UNTIL=\(CivilDateTime(reading: last.microseconds).basicText)Z")
        }
        if interval != 1 {
            parts.append("INTERVAL=\(interval)")
        }
        let lists = [
            ("BYSECOND", seconds), ("BYMINUTE", minutes), ("BYHOUR", hours), ("BYDAY", []),
            ("BYMONTHDAY", monthDays), ("BYYEARDAY", yearDays), ("BYWEEKNO", weekNumbers),
            ("BYMONTH", months), ("BYSETPOS", positions),
        ]
        for (name, values) in lists {
            let texts = name == "BYDAY" ? days.map(\.text) : values.map { String($0) }
            if !texts.isEmpty {
                parts.append("\(name)=\(texts.joined(separator: ","))")
            }
        }
        if weekStart != .monday {
            parts.append("WKST=\(weekStart.recurrenceName)")
        }
        return parts.joined(separator: ";")
    }
}

extension CivilDateTime {
    /// The reading in the basic format of ISO 8601, `20260105T090000`.
    var basicText: String {
        let day = "\(date.year.padded(to: 4))\(date.month.padded(to: 2))\(date.day.padded(to: 2))"
        let clock = [time.hour, time.minute, time.second].map { $0.padded(to: 2) }
        return day + "T" + clock.joined()
    }
}
