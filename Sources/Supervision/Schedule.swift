public import CivilTime

/// What makes duties of an item fall due: derived from the plan, worked off row by row.
public struct Schedule: Sendable {
    /// How its slots follow each other.
    public enum Rule: Hashable, Sendable {
        /// One a period, due at the cut-off.
        case period(PeriodKind, roll: Roll)
        /// One at each elapse, due after a term.
        case every(CalendarExpression, within: Term)
        /// One, over the days of a stage.
        case stage(StageWindow)
    }

    /// The id, `programme/item/role`.
    public let id: String
    /// The item it belongs to.
    public let item: Item
    /// The role within the item.
    public let role: String
    /// The kind of duty that it opens.
    public let kind: DutyKind
    /// How its slots follow.
    public let rule: Rule
    /// The check that its duties run, if they do.
    public let inspection: Inspection?

    private init(
        _ plan: Plan,
        _ item: Item,
        role: String,
        kind: DutyKind,
        rule: Rule,
        inspection: Inspection? = nil
    ) {
        self.id = "\(plan.programme.id)/\(item.id)/\(role)"
        self.item = item
        self.role = role
        self.kind = kind
        self.rule = rule
        self.inspection = inspection
    }

    /// Returns the schedules of a plan, in the order of its items.
    public static func all(of plan: Plan) -> [Schedule] {
        plan.items.flatMap { all(of: $0, in: plan) }
    }

    /// Returns the schedules of one item.
    public static func all(of item: Item, in plan: Plan) -> [Schedule] {
        var schedules: [Schedule] = []
        switch item.account {
        case .period(let kind, let roll):
            let rule = Rule.period(kind, roll: roll)
            schedules.append(Schedule(plan, item, role: "account", kind: .account, rule: rule))
        case .every(let expression, let within):
            let rule = Rule.every(expression, within: within)
            schedules.append(Schedule(plan, item, role: "account", kind: .account, rule: rule))
        case nil: break
        }
        for stage in item.stages {
            let role = "stage.\(stage.name)"
            schedules.append(
                Schedule(plan, item, role: role, kind: .account, rule: .stage(stage))
            )
        }
        if let due = item.due, item.stages.isEmpty {
            // Without a first day it is owed from adoption on, whenever that is.
            let start = min(plan.programme.from ?? CivilDate(dayNumber: 0), due)
            let rule = Rule.stage(StageWindow(name: "final", start: start, end: due))
            schedules.append(Schedule(plan, item, role: "final", kind: .account, rule: rule))
        }
        for inspection in item.inspections {
            schedules.append(
                Schedule(
                    plan,
                    item,
                    role: "inspect.\(inspection.name)",
                    kind: .inspect,
                    rule: .every(inspection.every, within: inspection.within),
                    inspection: inspection
                )
            )
        }
        return schedules
    }
}

/// One slot of a schedule with the dates that follow from it.
public struct Occurrence: Hashable, Sendable {
    /// The identity within the schedule: nominal local time, and the fold where it is ambiguous.
    public let key: String
    /// The nominal instant; slots of a schedule are ordered by it.
    public let nominal: Instant
    /// When its duty opens.
    public let openAt: Instant
    /// When its duty is due, exclusive.
    public let dueAt: Instant
    /// How long its obligor has.
    public let term: Term
    /// The period it accounts for, if any.
    public let period: String?
    /// The last day on which it can be done in time, for due dates at the end of a day.
    public let dueDay: CivilDate?
    /// Whether the due date rests on a part of the calendar that may still change.
    public let isProvisional: Bool
}

extension Schedule {
    /// Returns the first slot whose nominal instant is after `cursor` and whose due date is after
    /// `activation`; nil if the programme has no further one.
    ///
    /// Cost: one search, and one more for each slot that was due before the activation.
    public func next(after cursor: Instant, activation: Instant, in plan: Plan) -> Occurrence? {
        var cursor = max(cursor, start(of: plan))
        let end = plan.programme.until.map(plan.timekeeper.zone.endOfDay) ?? .distantFuture
        while let occurrence = first(after: cursor, in: plan) {
            if max(occurrence.nominal, occurrence.dueAt) > end { return nil }
            if occurrence.dueAt > activation { return occurrence }
            cursor = passOver(occurrence, activation, plan.timekeeper)
        }
        return nil
    }

    /// Where to look on after a slot that was due before the activation: right behind it for
    /// periods, where rolling decides; for fast rules a jump to one slot's length before.
    private func passOver(
        _ occurrence: Occurrence,
        _ activation: Instant,
        _ keeper: Timekeeper
    ) -> Instant {
        guard case .every(_, let within) = rule, case .elapsed(let span) = within else {
            return occurrence.nominal
        }
        return max(occurrence.nominal, activation - span)
    }

    /// Where the search for the first slot begins: one may elapse with the programme's first
    /// instant, while a period or stage that ends with it was over before.
    private func start(of plan: Plan) -> Instant {
        guard let from = plan.programme.from else { return .distantPast }
        let start = plan.timekeeper.zone.startOfDay(from)
        guard case .every = rule else { return start }
        return start - Span(microseconds: 1)
    }

    private func first(after cursor: Instant, in plan: Plan) -> Occurrence? {
        switch rule {
        case .period(let kind, let roll): nextPeriod(kind, roll, after: cursor, plan.timekeeper)
        case .every(let expression, let within):
            nextElapse(expression, within, after: cursor, plan.timekeeper)
        case .stage(let window): stage(window, after: cursor, plan.timekeeper)
        }
    }

    private func nextPeriod(
        _ kind: PeriodKind,
        _ roll: Roll,
        after cursor: Instant,
        _ keeper: Timekeeper
    ) -> Occurrence? {
        let period = Period(kind: kind, containing: keeper.zone.local(cursor).date)
        let due = keeper.endOfDay(period.lastDay, roll: roll)
        let days = period.lastDay.dayNumber - period.firstDay.dayNumber + 1
        return Occurrence(
            key: period.id,
            nominal: keeper.zone.endOfDay(period.lastDay),
            openAt: keeper.zone.startOfDay(period.firstDay),
            dueAt: due.instant,
            term: .days(days),
            period: period.id,
            dueDay: keeper.referenceDay(due.instant),
            isProvisional: due.isProvisional
        )
    }

    private func nextElapse(
        _ expression: CalendarExpression,
        _ within: Term,
        after cursor: Instant,
        _ keeper: Timekeeper
    ) -> Occurrence? {
        guard let slot = expression.next(after: cursor, zone: keeper.zone) else { return nil }
        let due = keeper.deadline(from: slot.instant, term: within)
        var day: CivilDate?
        if case .elapsed = within {} else { day = keeper.referenceDay(due.instant) }
        return Occurrence(
            key: slot.fold == 0 ? "\(slot.nominal)" : "\(slot.nominal) fold \(slot.fold)",
            nominal: slot.instant,
            openAt: slot.instant,
            dueAt: due.instant,
            term: within,
            period: nil,
            dueDay: day,
            isProvisional: due.isProvisional
        )
    }

    private func stage(
        _ window: StageWindow,
        after cursor: Instant,
        _ keeper: Timekeeper
    ) -> Occurrence? {
        let end = keeper.zone.endOfDay(window.end)
        guard end > cursor else { return nil }
        let days = window.end.dayNumber - window.start.dayNumber + 1
        return Occurrence(
            key: "\(window.end)",
            nominal: end,
            openAt: keeper.zone.startOfDay(window.start),
            dueAt: end,
            term: .days(max(1, days)),
            period: nil,
            dueDay: window.end,
            isProvisional: keeper.calendar.isProvisional(window.end)
        )
    }
}
