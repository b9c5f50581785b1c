extension SlotDays {
    /// The first date that is at least `day` and that the rule names, once for each name it has.
    func nextAnchors(from day: Int) -> (day: Int, anchors: [SlotPlan.Anchor])? {
        var day = max(day, CalendarDates.days.lowerBound)
        while day <= CalendarDates.days.upperBound {
            if let stride = rule.stride, !part.isInterval {
                day = stride.first(from: day)
            }
            guard let (found, anchors) = unstrided(from: day),
                found <= CalendarDates.days.upperBound
            else { return nil }
            if rule.stride?.takes(found) ?? true || part.isInterval {
                return (found, anchors.map(judged))
            }
            day = found
        }
        return nil
    }

    private func unstrided(from day: Int) -> (day: Int, anchors: [SlotPlan.Anchor])? {
        let found: Int?
        switch part.source {
        case .pattern where part.dates.countsWorkdays: return monthlyWorkdays(from: day)
        case .period(let period): return periodDays(period, from: day)
        case .pattern: found = part.dates.first(from: day)
        case .interval(let interval):
            let next = interval.first(from: Int64(day) * 86_400_000_000)
            found = Int(next / 86_400_000_000)
        case .recurrence(let recurrence):
            let start = CivilDateTime(date: CivilDate(dayNumber: day), time: .midnight)
            found = recurrence.firstNominal(from: start, in: keeper.zone)?.date.dayNumber
        }
        return found.map { day in
            (day, [SlotPlan.Anchor(nominalDay: day + part.dayBias, sourceDay: day)])
        }
    }

    /// Adds what excludes a date, and whether its place may still change.
    private func judged(_ anchor: SlotPlan.Anchor) -> SlotPlan.Anchor {
        var anchor = anchor
        anchor.isProvisional = anchor.isProvisional || isProvisional(anchor.sourceDay)
        guard !part.isInterval else { return anchor }
        for exception in rule.exceptions {
            let (cause, isUnsure) = keeper.cause(exception, on: anchor.sourceDay)
            anchor.cause = anchor.cause ?? cause
            anchor.isProvisional = anchor.isProvisional || isUnsure
        }
        return anchor
    }

    private func monthlyWorkdays(from day: Int) -> (day: Int, anchors: [SlotPlan.Anchor])? {
        var date = CivilDate(dayNumber: day)
        if !part.dates.hasMonth(date.year, date.month) {
            guard let next = part.dates.nextMonth(afterYear: date.year, date.month) else {
                return nil
            }
            date = CivilDate(valid: next.year, next.month, 1)
        }
        let named =
            (1...31).filter { part.dates.workdays >> UInt32($0) & 1 == 1 }.map { ($0, false) }
            + (1...31).filter { part.dates.lastWorkdays >> UInt32($0) & 1 == 1 }.map { ($0, true) }
        while true {
            let span = CalendarPeriodSpan(.month, containing: date.dayNumber)
            let days = named.map { keeper.workday($0.0, fromEnd: $0.1, in: span) }
                .filter { $0.sourceDay >= day && part.dates.hasWeekday(of: $0.sourceDay) }
            if let first = days.map(\.sourceDay).min() {
                return (first, days.filter { $0.sourceDay == first })
            }
            guard let next = part.dates.nextMonth(afterYear: date.year, date.month) else {
                return nil
            }
            date = CivilDate(valid: next.year, next.month, 1)
        }
    }

    private func periodDays(
        _ period: CalendarPeriod,
        from day: Int
    ) -> (day: Int, anchors: [SlotPlan.Anchor])? {
        var span = CalendarPeriodSpan(period.kind, containing: day)
        while true {
            let anchor: SlotPlan.Anchor
            switch period.edge {
            case .open: anchor = SlotPlan.Anchor(nominalDay: span.first, sourceDay: span.first)
            case .cutOff:
                anchor = SlotPlan.Anchor(nominalDay: span.last + part.dayBias, sourceDay: span.last)
            case .workday(let count, let fromEnd):
                anchor = keeper.workday(count, fromEnd: fromEnd, in: span)
            }
            if anchor.sourceDay > CalendarDates.days.upperBound { return nil }
            if anchor.sourceDay >= day { return (anchor.sourceDay, [anchor]) }
            span = CalendarPeriodSpan(period.kind, containing: span.last + 1)
        }
    }
}

extension Timekeeper {
    /// The nth working day of a period; where the period has fewer, its last day, or its first if
    /// counted from the end, as a slot that the calendar leaves no day.
    fileprivate func workday(
        _ count: Int,
        fromEnd: Bool,
        in span: CalendarPeriodSpan
    ) -> SlotPlan.Anchor {
        let edge = CivilDate(dayNumber: fromEnd ? span.last + 1 : span.first - 1)
        let found = calendar.adding(workdays: fromEnd ? -count : count, to: edge).dayNumber
        let isMissing = found < span.first || found > span.last
        let day = isMissing ? (fromEnd ? span.first : span.last) : found
        let from = CivilDate(dayNumber: fromEnd ? span.last : span.first)
        return SlotPlan.Anchor(
            nominalDay: day,
            sourceDay: day,
            name: "\(span.id) wd\(fromEnd ? "~" : "")\(count)",
            cause: isMissing ? .calendar : nil,
            isProvisional: calendar.isProvisional(from)
                || calendar.isProvisional(CivilDate(dayNumber: day))
        )
    }
}
