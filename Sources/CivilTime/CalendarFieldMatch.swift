/// One field of a rule held against an instant.
public struct FieldMatch: Hashable, Sendable {
    /// Which: `weekday`, `date`, `time`, `period`, `interval`, `recurrence`, `zone`,
    /// `every`, `roll`, `clock` or `except`.
    public let name: String
    /// What the rule asks for.
    public let asked: String
    /// What there is at the instant, `-` if nothing is.
    ///
    /// Both are figures and words of the rule, so that they read alike in every language.
    public let shown: String
    /// Whether the two agree.
    public let matches: Bool
}

extension CalendarExpression {
    /// Returns the fields of the rule held against an instant, alternative by alternative, to say
    /// why it elapses then or does not.
    ///
    /// Where a slot elapses at the instant under another nominal time, the fields are held against
    /// that time, and `roll` or `clock` says how it came here.
    public func fields(at instant: Instant, in keeper: Timekeeper) -> [FieldMatch] {
        guard let keeper = keeper.keeper(for: self) else {
            let name = zoneName ?? ""
            return [FieldMatch(name: "zone", asked: name, shown: "-", matches: false)]
        }
        let (drafts, clauses) = parsed
        let before = instant - Span(microseconds: 1)
        let step = step(after: before, through: instant, in: keeper)
        let local = keeper.zone.local(instant)
        let found = step.slot ?? step.skipped.first?.first
        var fields: [FieldMatch] = []
        for (draft, part) in zip(drafts, rule.parts) {
            let days = SlotDays(rule: rule, part: part, keeper: keeper)
            // A slot of another alternative does not explain this one.
            let reading = found.map(\.nominal).flatMap { days.names($0) ? $0 : nil }
            fields += draft.fields(at: instant, reading ?? local, days)
            if let reading, !part.isInterval, reading != local {
                fields.append(moved(reading, local, part))
            }
        }
        fields += clauseFields(found?.nominal ?? local, local, clauses, keeper)
        if found == nil, fields.allSatisfy(\.matches), let other = otherCopy(instant, local, keeper)
        {
            fields.append(other)
        }
        return fields
    }

    /// Clocks show the time twice, and the fold policy takes the other copy.
    private func otherCopy(
        _ instant: Instant,
        _ local: CivilDateTime,
        _ keeper: Timekeeper
    ) -> FieldMatch? {
        guard case .fold(let first, _) = keeper.zone.resolve(local) else { return nil }
        return FieldMatch(
            name: "fold",
            asked: "fold=\(rule.fold.rawValue)",
            shown: instant == first ? "1" : "2",
            matches: false
        )
    }

    private func moved(
        _ nominal: CivilDateTime,
        _ local: CivilDateTime,
        _ part: CalendarPart
    ) -> FieldMatch {
        let isClock = nominal.date == local.date && part.instantShift == 0
        return FieldMatch(
            name: isClock ? "clock" : "roll",
            asked: isClock ? "gap=\(rule.gap.rawValue)" : "\(nominal)",
            shown: "\(local)",
            matches: true
        )
    }

    private func clauseFields(
        _ nominal: CivilDateTime,
        _ local: CivilDateTime,
        _ clauses: CalendarClauses,
        _ keeper: Timekeeper
    ) -> [FieldMatch] {
        var fields: [FieldMatch] = []
        if let zone = clauses.zoneName {
            fields.append(FieldMatch(name: "zone", asked: zone, shown: "\(local)", matches: true))
        }
        let day = nominal.date.dayNumber
        if let stride = clauses.stride {
            fields.append(
                FieldMatch(
                    name: "every",
                    asked: stride.text,
                    shown: "\(nominal.date)",
                    matches: stride.takes(day)
                )
            )
        }
        for exception in clauses.exceptions {
            let isDate = keeper.cause(exception, on: day).0 != nil
            var isTime = false
            if case .rule(let part, false, _) = exception {
                isTime = part.names(reading: nominal.reading, in: keeper)
            }
            fields.append(
                FieldMatch(
                    name: "except",
                    asked: exception.text,
                    shown: "\(nominal)",
                    matches: !isDate && !isTime
                )
            )
        }
        return fields
    }
}

extension SlotDays {
    /// Whether the alternative has a nominal time.
    fileprivate func names(_ nominal: CivilDateTime) -> Bool {
        guard !part.isInterval else { return false }
        let day = nominal.date.dayNumber - part.dayBias
        return has(day)
            && part.times.first(from: nominal.time.microsecondOfDay)
                == nominal.time.microsecondOfDay
    }

    /// Whether the rule names a day.
    fileprivate func has(_ day: Int) -> Bool {
        nextAnchors(from: day)?.day == day
    }
}

extension CalendarDraft {
    fileprivate func fields(
        at instant: Instant,
        _ nominal: CivilDateTime,
        _ days: SlotDays
    ) -> [FieldMatch] {
        let date = CivilDate(dayNumber: nominal.date.dayNumber - dayBias)
        var fields: [FieldMatch] = []
        switch kind {
        case .interval(let interval, let text):
            let shifted = instant.microseconds - days.part.instantShift
            let isDue = interval.first(from: shifted) == shifted
            return [FieldMatch(name: "interval", asked: text, shown: "\(instant)", matches: isDue)]
        case .recurrence(let rule):
            let isDue = rule.names(nominal, in: days.keeper.zone)
            return [
                FieldMatch(
                    name: "recurrence",
                    asked: rule.description,
                    shown: "\(nominal)",
                    matches: isDue
                )
            ]
        case .period(let period):
            fields = [
                FieldMatch(
                    name: "period",
                    asked: period.text,
                    shown: "\(date)",
                    matches: days.has(date.dayNumber)
                )
            ]
        case .pattern:
            if !pattern.weekdays.isEmpty {
                let isMet = pattern.weekdays.contains(date.weekday)
                let shown = date.weekday.abbreviation
                fields.append(
                    FieldMatch(
                        name: "weekday",
                        asked: pattern.weekdayText,
                        shown: shown,
                        matches: isMet
                    )
                )
            }
            fields.append(
                FieldMatch(
                    name: "date",
                    asked: pattern.dateText,
                    shown: "\(date)",
                    matches: hasDate(date.dayNumber, days)
                )
            )
        }
        let time = nominal.time.microsecondOfDay
        let isMet = days.part.times.first(from: time) == time
        let isEnd = dayBias == 1
        fields.append(
            FieldMatch(
                name: "time",
                asked: isEnd ? "24:00" : pattern.timeText,
                shown: isEnd && time == 0 ? "24:00" : "\(nominal.time)",
                matches: isMet
            )
        )
        return fields
    }

    /// Whether the date fields match a day, weekdays and clauses left aside.
    private func hasDate(_ day: Int, _ days: SlotDays) -> Bool {
        guard !pattern.hasWorkdays else { return days.has(day) }
        var anyWeekday = pattern
        anyWeekday.weekdays = []
        return CalendarDates(anyWeekday).first(from: day) == day
    }
}

extension CalendarExpression {
    /// The alternatives and clauses as they were read.
    private var parsed: (drafts: [CalendarDraft], clauses: CalendarClauses) {
        var parser = CalendarParser(description)
        do {
            return (try parser.drafts(), parser.clauses)
        } catch {
            preconditionFailure("the normal form of an expression is one: \(error)")
        }
    }
}
