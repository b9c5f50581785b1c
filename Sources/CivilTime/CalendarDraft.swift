/// One alternative as it was read, with the places that errors point to.
struct CalendarDraft {
    /// Where its days come from.
    enum Kind {
        case pattern
        case period(CalendarPeriod)
        case interval(CalendarInterval, text: String)
        case recurrence(any RecurrenceSource)
    }

    var kind = Kind.pattern
    /// Dates and times of a pattern, or the time of a period.
    var pattern = CalendarPattern()
    var isTimestamp = false
    /// Offsets, outermost first.
    var offsets: [(isNegative: Bool, term: Term)] = []
    /// Where it begins, and the fields of its date and of its time.
    var start: Int
    var dateStarts: [Int] = []
    var timeStarts: [Int] = []

    /// Whether it runs straight through clock changes by itself.
    var isElapsed: Bool {
        switch kind {
        case .pattern, .period: pattern.isElapsed
        case .interval: true
        case .recurrence(let source): source.isElapsed
        }
    }

    /// Whether it has no date that could be rolled or read on a clock.
    var isInterval: Bool {
        if case .interval = kind { return true }
        return false
    }

    /// Whether an exception of this rule is for whole dates.
    var isWholeDate: Bool {
        switch kind {
        case .pattern, .period: !pattern.hasTime
        case .interval, .recurrence: false
        }
    }

    /// The exclusive end of a day stands for its last instant, unless a time is given.
    var dayBias: Int {
        guard case .period(let period) = kind, period.edge == .cutOff else { return 0 }
        return pattern.hasTime ? 0 : 1
    }

    /// The normal form.
    func text(asException: Bool = false) -> String {
        var text = offsets.map { "\($0.isNegative ? "-" : "+")\($0.term) of " }.joined()
        switch kind {
        case .pattern: text += pattern.text(isWholeDate: asException && isWholeDate)
        case .interval(_, let own): text += own
        case .recurrence(let source): text += source.text
        case .period(let period):
            text += period.text
            if pattern.hasTime { text += " \(pattern.timeText)" }
        }
        return text
    }

    /// The offsets as a mark of identity, ` -3wd`.
    var mark: String {
        let texts = offsets.map { " \($0.isNegative ? "-" : "+")\($0.term)" }
        return texts.joined() + (dayBias == 1 ? " cut-off" : "")
    }

    /// Compiles it.
    func part(clock: ClockPolicy?, isInUnion: Bool) -> CalendarPart {
        let source: CalendarPart.Source =
            switch kind {
            case .pattern: .pattern
            case .period(let period): .period(period)
            case .interval(let interval, _): .interval(interval)
            case .recurrence(let source): .recurrence(CalendarRecurrence(source: source))
            }
        var shifts: [CalendarShift] = []
        var instantShift: Int64 = 0
        for (isNegative, term) in offsets.reversed() {
            switch term {
            case .elapsed(let span):
                instantShift += isNegative ? -span.microseconds : span.microseconds
            case .days(let count):
                shifts.append(CalendarShift(count: isNegative ? -count : count, isWorkdays: false))
            case .workdays(let count):
                shifts.append(CalendarShift(count: isNegative ? -count : count, isWorkdays: true))
            }
        }
        return CalendarPart(
            source: source,
            dates: CalendarDates(pattern),
            times: pattern.times,
            dayBias: dayBias,
            shifts: shifts,
            instantShift: instantShift,
            isElapsed: clock.map { $0 == .elapsed } ?? isElapsed,
            suffix: isInUnion ? mark : ""
        )
    }
}
