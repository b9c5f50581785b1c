extension CalendarParser {
    /// Refuses values out of bounds and dates that no month has.
    func check(_ draft: CalendarDraft) throws(CalendarExpressionError) {
        let pattern = draft.pattern
        let dayStart = draft.dateStarts.last
        let monthStart = draft.dateStarts.dropLast().last
        let yearStart = draft.dateStarts.dropLast(2).last
        let (hourStart, minuteStart) = (draft.timeStarts.first, draft.timeStarts.dropFirst().first)
        try require(pattern.year, in: CalendarDates.years, "year", at: yearStart)
        try require(pattern.month, in: 1...12, "month", at: monthStart)
        try requireDay(pattern, at: dayStart)
        try require(pattern.hour, in: 0...23, "hour", at: hourStart)
        try require(pattern.minute, in: 0...59, "minute", at: minuteStart)
        try require(pattern.second, in: 0...59_999_999, "second", at: draft.timeStarts.last)

        guard case .pattern = draft.kind, !pattern.hasWorkdays else { return }
        guard CalendarDates(pattern).first(from: 0) == nil else { return }
        var anyWeekday = pattern
        anyWeekday.weekdays = []
        if CalendarDates(anyWeekday).first(from: 0) == nil {
            throw error("the rule never elapses: no month named has that day", at: dayStart)
        }
        throw error("the rule never elapses: the date never falls on that weekday", at: draft.start)
    }

    private func require(
        _ field: CalendarField,
        in bounds: ClosedRange<Int>,
        _ name: String,
        at position: Int?
    ) throws(CalendarExpressionError) {
        guard !field.isValid(in: bounds) else { return }
        let limits = "\(bounds.lowerBound / field.unit)..\(bounds.upperBound / field.unit)"
        throw error("the \(name) does not fit into \(limits)", at: position ?? 0)
    }

    private func requireDay(
        _ pattern: CalendarPattern,
        at position: Int?
    ) throws(CalendarExpressionError) {
        guard !pattern.day.isValid(in: 1...31, fromMonthEnd: pattern.isFromMonthEnd) else { return }
        throw error("the day does not fit into 1..31", at: position ?? 0)
    }

    // MARK: - The whole

    /// Puts alternatives and clauses together, and refuses clauses that could mean nothing and
    /// rules that never elapse.
    mutating func rule(_ drafts: [CalendarDraft]) throws(CalendarExpressionError) -> CalendarRule {
        try checkMeaning(drafts)
        if let clock = clauses.clock, drafts.allSatisfy({ $0.isElapsed == (clock == .elapsed) }) {
            clauses.clock = nil
        }
        let isUnion = drafts.count > 1
        let parts = drafts.map { $0.part(clock: clauses.clock, isInUnion: isUnion) }
        let source = drafts.map { $0.text() }.joined(separator: " | ")
        let text = ([source] + clauses.texts).joined(separator: " ")
        guard let first = parts.first else { throw error("the expression is empty") }
        let rule = CalendarRule(
            text: text,
            parts: (first, Array(parts.dropFirst())),
            clauses: clauses
        )
        try checkElapses(rule)
        return rule
    }

    /// Refuses clauses about dates and clocks where the rule has none.
    private func checkMeaning(_ drafts: [CalendarDraft]) throws(CalendarExpressionError) {
        guard drafts.allSatisfy(\.isInterval) else { return }
        let name: String? =
            clauses.stride != nil
            ? "every"
            : clauses.roll != .none
                ? "roll"
                : clauses.gap != .after
                    ? "gap" : clauses.fold != .first ? "fold" : clauses.clock != nil ? "clock" : nil
        if let name {
            throw error(
                "an interval runs on the UTC line, so “\(name)” means nothing for it",
                at: 0
            )
        }
        if clauses.zoneName != nil, clauses.exceptions.isEmpty {
            throw error("an interval runs on the UTC line; leave the zone away", at: 0)
        }
    }
}

extension CalendarPattern {
    /// Whether its days are working days.
    var hasWorkdays: Bool { !(workdays.isEmpty && lastWorkdays.isEmpty) }
}

extension CalendarParser {
    /// Refuses a rule that has no slot before 2200, as far as no calendar is needed to tell.
    private func checkElapses(_ rule: CalendarRule) throws(CalendarExpressionError) {
        guard !rule.parts.contains(where: \.countsWorkdays) else { return }
        let isKnown = rule.exceptions.allSatisfy { exception in
            guard case .rule(let part, _, _) = exception else { return false }
            return !part.countsWorkdays && !part.shifts.contains(where: \.isWorkdays)
        }
        guard rule.stride != nil || (isKnown && !rule.exceptions.isEmpty) else { return }
        let keeper = Timekeeper(zone: .utc, calendar: .mondayToFriday)
        let dates = rule.parts.map { part in
            SlotDays(rule: rule, part: part, keeper: keeper)
        }
        if dates.allSatisfy({ $0.firstPlan(from: 0, onlyLive: false) == nil }) {
            throw error(
                "the rule never elapses: the stride never meets such a date before 2200",
                at: strideStart
            )
        }
        guard isKnown, !rule.exceptions.isEmpty, !dates.contains(where: \.hasTimeLeft) else {
            return
        }
        throw error("the rule never elapses: all of its slots are excepted", at: exceptStart)
    }
}

extension SlotDays {
    /// Whether some date keeps a time that no exception takes.
    fileprivate var hasTimeLeft: Bool {
        guard case .pattern = part.source else { return firstPlan(from: 0, onlyLive: true) != nil }
        var day = 0
        var known: Set<[CalendarTimes]> = []
        while let plan = firstPlan(from: day, onlyLive: true) {
            let taken = takenTimes(on: plan.anchors.first?.sourceDay ?? plan.day)
            // Dates on which the same times are taken need one look.
            if known.insert(taken).inserted, part.times.hasTime(besides: taken) { return true }
            day = plan.day + 1
        }
        return false
    }

    private func takenTimes(on day: Int) -> [CalendarTimes] {
        rule.exceptions.compactMap { exception in
            guard case .rule(let excluded, false, _) = exception, excluded.isPlain,
                excluded.names(day, in: keeper)
            else { return nil }
            return excluded.times
        }
    }
}

extension CalendarTimes {
    /// Whether one of the times is in none of `others`; also if there are too many to tell.
    fileprivate func hasTime(besides others: [CalendarTimes]) -> Bool {
        if others.contains(where: { $0.contains(all: self) }) { return false }
        var time = first(from: 0)
        for _ in 0..<90_000 {
            guard let found = time else { return false }
            if others.allSatisfy({ $0.first(from: found) != found }) { return true }
            time = first(from: found + 1)
        }
        return true
    }
}
