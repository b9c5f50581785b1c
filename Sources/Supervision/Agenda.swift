public import CivilTime

/// One future due date.
public struct AgendaEntry: Sendable {
    /// The schedule.
    public let schedule: String
    /// The programme.
    public let programme: String
    /// The item.
    public let item: Item
    /// The role within the item.
    public let role: String
    /// The kind of duty that falls due.
    public let kind: DutyKind
    /// The unit that owes it.
    public let unit: OrgUnit
    /// The period it accounts for, if any.
    public let period: String?
    /// The slot's identity within the schedule.
    public let key: String
    /// The slot's nominal instant.
    public let nominal: Instant
    /// When its duty opens.
    public let openAt: Instant
    /// When it is due, exclusive.
    public let dueAt: Instant
    /// The last day on which it can be done in time, for due dates at the end of a day.
    public let dueDay: CivilDate?
    /// Whether the due date rests on a part of the calendar that may still change.
    public let isProvisional: Bool
}

/// What falls due, from the plan alone.
public enum Agenda {
    /// Returns the next due dates after an instant and before another over all schedules, by due
    /// date, then schedule.
    ///
    /// Cost: one search a schedule and one more for each entry.
    public static func occurrences(
        of plan: Plan,
        from: Instant,
        until: Instant = .distantFuture,
        count: Int,
        unit: String? = nil
    ) -> [AgendaEntry] {
        var heads: [(Schedule, Occurrence)] = []
        for schedule in Schedule.all(of: plan) where unit == nil || unit == schedule.item.lead {
            let cursor = lookBack(schedule, from)
            if let first = schedule.next(after: cursor, activation: from, in: plan) {
                heads.append((schedule, first))
            }
        }
        heads.sort { precedes($0, $1) }
        var entries: [AgendaEntry] = []
        while entries.count < count, let (schedule, occurrence) = heads.first,
            occurrence.dueAt < until
        {
            if let entry = entry(schedule, occurrence, plan, from) { entries.append(entry) }
            heads.removeFirst()
            let next = schedule.next(after: occurrence.nominal, activation: from, in: plan)
            guard let next else { continue }
            let place = heads.firstIndex { precedes((schedule, next), $0) } ?? heads.count
            heads.insert((schedule, next), at: place)
        }
        return entries
    }

    /// A slot that opened before `from` may be due after it: begins the search that much earlier.
    private static func lookBack(_ schedule: Schedule, _ from: Instant) -> Instant {
        guard case .every(_, let within) = schedule.rule else { return from - Span.days(62) }
        switch within {
        case .elapsed(let span): return from - span
        case .days(let days): return from - Span.days(Int64(days + 1))
        // No calendar known keeps more than half of the days of a month off.
        case .workdays(let days): return from - Span.days(Int64(3 * days + 31))
        // Nor is any open for less than an hour a day on average.
        case .workTime(let span): return from - Span.days(span.microseconds / 3_600_000_000 + 31)
        }
    }

    private static func precedes(
        _ left: (Schedule, Occurrence),
        _ right: (Schedule, Occurrence)
    ) -> Bool {
        (left.1.dueAt, left.0.id) < (right.1.dueAt, right.0.id)
    }

    private static func entry(
        _ schedule: Schedule,
        _ occurrence: Occurrence,
        _ plan: Plan,
        _ from: Instant
    ) -> AgendaEntry? {
        guard let unit = plan.units[schedule.item.lead] else { return nil }
        // What is owed from adoption on is open by then.
        let isOpen = schedule.role == "final" && plan.programme.from == nil
        return AgendaEntry(
            schedule: schedule.id,
            programme: plan.programme.id,
            item: schedule.item,
            role: schedule.role,
            kind: schedule.kind,
            unit: unit,
            period: occurrence.period,
            key: occurrence.key,
            nominal: occurrence.nominal,
            openAt: isOpen ? from : occurrence.openAt,
            dueAt: occurrence.dueAt,
            dueDay: occurrence.dueDay,
            isProvisional: occurrence.isProvisional
        )
    }
}
