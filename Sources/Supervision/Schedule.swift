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

    /// How its slots are treated; duties of the chain are all caught up and never overlap.
    public var policies: Policies {
        inspection?.policies ?? Policies(catchUp: .all, overlap: .allow, jitter: .zero)
    }

    /// The rule as text: an expression in its normal form, `dekad cut-off roll=after`, or the days
    /// of a stage.
    public var ruleText: String {
        switch rule {
        case .period(let kind, let roll):
            "\(kind.rawValue) cut-off" + (roll == Roll.none ? "" : " roll=\(roll.rawValue)")
        case .every(let expression, _): expression.description
        case .stage(let window): "\(window.start)..\(window.end)"
        }
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
