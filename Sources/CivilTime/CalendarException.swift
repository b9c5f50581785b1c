/// A rule whose slots do not elapse.
enum CalendarException: Hashable, Sendable {
    /// The days off of the schedule's calendar.
    case off
    /// The days off of another calendar.
    case calendar(String)
    /// The dates, or with a time the local times, of a rule.
    case rule(CalendarPart, isWholeDate: Bool, text: String)

    var text: String {
        switch self {
        case .off: "except off"
        case .calendar(let id): "except \(id)"
        case .rule(_, _, let text): "except \(text)"
        }
    }
}

extension Timekeeper {
    /// Why an exception excludes a whole date, nil if it does not, and whether its calendar is not
    /// sure about the date.
    func cause(_ exception: CalendarException, on day: Int) -> (SkipCause?, Bool) {
        let date = CivilDate(dayNumber: day)
        switch exception {
        case .off:
            return (calendar.isWorkday(date) ? nil : .calendar, calendar.isProvisional(date))
        case .calendar(let id):
            guard let other = calendar(named: id) else { return (nil, true) }
            return (other.isWorkday(date) ? nil : .excluded, other.isProvisional(date))
        case .rule(let part, let isWholeDate, _):
            guard isWholeDate else { return (nil, false) }
            return (part.names(day, in: self) ? .excluded : nil, false)
        }
    }

    /// A calendar that an exception names.
    func calendar(named id: String) -> WorkCalendar? {
        calendars[id] ?? (calendar.id == id ? calendar : nil)
    }
}

extension CalendarPart {
    /// Whether the rule of an exception has a date.
    func names(_ day: Int, in keeper: Timekeeper) -> Bool {
        if isPlain { return dates.first(from: day) == day }
        let days = SlotDays(rule: CalendarRule(exception: self), part: self, keeper: keeper)
        guard let plan = days.firstPlan(from: day + dayBias, onlyLive: true) else { return false }
        return plan.day == day + dayBias
    }

    /// Whether the rule of an exception has a local time; shifts of the instant shift the reading.
    func names(reading: Int64, in keeper: Timekeeper) -> Bool {
        if case .interval = source { return false }
        let shifted = reading - instantShift
        let day = Int(floorDivide(shifted, by: 86_400_000_000))
        guard names(day - dayBias, in: keeper) else { return false }
        if case .recurrence(let recurrence) = source {
            return recurrence.names(CivilDateTime(reading: shifted), in: keeper.zone)
        }
        let time = shifted - Int64(day) * 86_400_000_000
        return times.first(from: time) == time
    }
}

extension CalendarRule {
    /// The rule of an exception, without clauses.
    fileprivate convenience init(exception part: CalendarPart) {
        self.init(text: "", parts: (part, []), clauses: CalendarClauses())
    }
}

extension SlotDays {
    /// Why an exception excludes one slot by its time, or an interval's slot by its local date.
    func timedCause(nominal: Int64, instant: Int64) -> SkipCause? {
        for exception in rule.exceptions {
            if part.isInterval {
                let local = keeper.zone.local(Instant(microseconds: instant))
                let cause = keeper.cause(exception, on: local.date.dayNumber).0
                if let cause { return cause }
            }
            guard case .rule(let excluded, false, _) = exception else { continue }
            if case .interval(let interval) = excluded.source {
                let shifted = instant - excluded.instantShift
                if interval.first(from: shifted) == shifted { return .excluded }
            }
            var reading = nominal
            if part.isInterval {
                reading = keeper.zone.local(Instant(microseconds: instant)).reading
            }
            if excluded.names(reading: reading, in: keeper) { return .excluded }
        }
        return nil
    }
}
