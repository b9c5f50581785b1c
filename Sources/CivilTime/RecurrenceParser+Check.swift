extension RecurrenceParser {
    /// Refuses the combinations that RFC 5545 rules out.
    func checkParts(_ pattern: RecurrencePattern) throws(CalendarExpressionError) {
        let frequency = pattern.frequency
        let longPeriods: [RecurrenceFrequency] = [.daily, .weekly, .monthly]
        if places["COUNT"] != nil, let place = places["UNTIL"] {
            throw error("COUNT and UNTIL exclude each other", at: place)
        }
        if frequency != .yearly, let place = places["BYWEEKNO"] {
            throw error("BYWEEKNO goes with FREQ=YEARLY only", at: place)
        }
        if longPeriods.contains(frequency), let place = places["BYYEARDAY"] {
            throw error("BYYEARDAY does not go with FREQ=\(frequency.rawValue)", at: place)
        }
        if frequency == .weekly, let place = places["BYMONTHDAY"] {
            throw error("BYMONTHDAY does not go with FREQ=WEEKLY", at: place)
        }
        let isNumbered = pattern.days.contains { $0.ordinal != 0 }
        if isNumbered, ![.monthly, .yearly].contains(frequency) || !pattern.weekNumbers.isEmpty {
            throw error(
                "a number before a weekday goes with FREQ=MONTHLY, or YEARLY without BYWEEKNO",
                at: places["BYDAY"]
            )
        }
        if let place = places["BYSETPOS"], !places.keys.contains(where: chooses) {
            throw error("BYSETPOS needs another part that begins with BY", at: place)
        }
        if isDate {
            for name in ["BYHOUR", "BYMINUTE", "BYSECOND"] {
                guard let place = places[name] else { continue }
                throw error("\(name) does not go with a DTSTART without a time", at: place)
            }
        }
    }

    private func chooses(_ name: String) -> Bool {
        name.hasPrefix("BY") && name != "BYSETPOS"
    }

    /// Refuses a rule without instances, with the part that is to blame.
    func check(_ rule: RecurrenceRule) throws(CalendarExpressionError) {
        if let full = rule.pattern?.filled(from: rule.start),
            !full.hasInstances(from: rule.start)
        {
            let name = blocking(full, rule.start)
            throw error(
                "the rule never elapses: with this \(name) no time is left",
                at: places[name] ?? places["RRULE"]
            )
        }
        let remains = rule.remains
        if !remains.any {
            throw error("the rule never elapses: UNTIL lies before it", at: places["UNTIL"])
        }
        if !remains.left {
            throw error("the rule never elapses: EXDATE names all of it", at: places["EXDATE"])
        }
    }

    /// The first part without which the rule would have instances.
    private func blocking(_ pattern: RecurrencePattern, _ start: CivilDateTime) -> String {
        let without: [(String, (inout RecurrencePattern) -> Void)] = [
            ("BYSETPOS", { $0.positions = [] }), ("BYMONTHDAY", { $0.monthDays = [] }),
            ("BYYEARDAY", { $0.yearDays = [] }), ("BYWEEKNO", { $0.weekNumbers = [] }),
            ("BYDAY", { $0.days = [] }), ("BYMONTH", { $0.months = [] }),
            ("BYSECOND", { $0.seconds = [] }), ("BYMINUTE", { $0.minutes = [] }),
            ("BYHOUR", { $0.hours = [] }), ("INTERVAL", { $0.interval = 1 }),
        ]
        for (name, remove) in without where places[name] != nil {
            var eased = pattern
            remove(&eased)
            if eased.filledTimes(from: start).hasInstances(from: start) { return name }
        }
        return "RRULE"
    }
}

extension RecurrencePattern {
    fileprivate func hasInstances(from start: CivilDateTime) -> Bool {
        isInStep(with: start) && instance(from: start, start: start) != nil
    }

    /// The same with times of the day from DTSTART where none are named; days are left as they are.
    fileprivate func filledTimes(from start: CivilDateTime) -> RecurrencePattern {
        var full = self
        let other = filled(from: start)
        (full.hours, full.minutes, full.seconds) = (other.hours, other.minutes, other.seconds)
        return full
    }
}
