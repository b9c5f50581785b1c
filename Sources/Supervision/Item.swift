public import CivilTime

/// A project: items under one sponsor.
public struct Project: Hashable, Sendable {
    /// The id, `[a-z0-9._-]{1,64}`.
    public let id: String
    /// What it is called.
    public let names: Names
    /// The unit whose head sponsors it; nil where each lead unit's own superior does.
    public let sponsor: String?

    /// Makes a project.
    public init(id: String, names: Names, sponsor: String?) {
        self.id = id
        self.names = names
        self.sponsor = sponsor
    }
}

/// Something that a lead unit has undertaken.
public struct Item: Hashable, Sendable {
    /// How an item is worked off.
    public enum Class: String, CaseIterable, Sendable {
        /// Dated phases, each accounted for when it falls due.
        case routine
        /// Stages scheduled backwards from the end date.
        case key
    }

    /// The id, `[a-z0-9._-]{1,64}`.
    public let id: String
    /// What it is called.
    public let names: Names
    /// The project it belongs to.
    public let project: String
    /// Routine or key.
    public let itemClass: Class
    /// The unit that answers for it.
    public let lead: String
    /// The responsible person beside the unit's head, if any.
    public let owner: String?
    /// What it asks for.
    public let requirements: String
    /// What must be true for its acceptance.
    public let criteria: [String]
    /// The last day of the item, if it has one.
    public let due: CivilDate?
    /// The stages of a key item, with their windows computed backwards from the due day.
    public let stages: [StageWindow]
    /// How it accounts, if it does.
    public let account: Account?
    /// The checks that machines run for it.
    public let inspections: [Inspection]

    /// Makes an item.
    public init(
        id: String,
        names: Names,
        project: String,
        itemClass: Class,
        lead: String,
        owner: String?,
        requirements: String,
        criteria: [String],
        due: CivilDate?,
        stages: [StageWindow],
        account: Account?,
        inspections: [Inspection]
    ) {
        self.id = id
        self.names = names
        self.project = project
        self.itemClass = itemClass
        self.lead = lead
        self.owner = owner
        self.requirements = requirements
        self.criteria = criteria
        self.due = due
        self.stages = stages
        self.account = account
        self.inspections = inspections
    }
}

/// How an item accounts.
public enum Account: Hashable, Sendable {
    /// Once a period, due at the period's cut-off, rolled off non-working days.
    case period(PeriodKind, roll: Roll)
    /// Opened by a calendar expression, due after a term.
    case every(CalendarExpression, within: Term)
}

/// A check that a machine runs on a schedule.
public struct Inspection: Hashable, Sendable {
    /// The name within the item, `[a-z0-9._-]{1,64}`.
    public let name: String
    /// When it is due to be run.
    public let every: CalendarExpression
    /// How long it may take until the inspection is late.
    public let within: Term
    /// The program and its arguments.
    public let run: [String]
    /// The label that a worker must have, if any.
    public let on: String?
    /// How long the unit has to put a finding right.
    public let rectify: Term
    /// How often a failed run is tried in all, from 1 to 10 times.
    public let attempts: Int
    /// How long one run may take, in seconds.
    public let timeLimitSeconds: Int
    /// How its slots are treated after a downtime and while a run goes on.
    public let policies: Policies

    /// Makes an inspection.
    public init(
        name: String,
        every: CalendarExpression,
        within: Term,
        run: [String],
        on: String?,
        rectify: Term,
        attempts: Int,
        timeLimitSeconds: Int,
        policies: Policies = .standard
    ) {
        self.name = name
        self.every = every
        self.within = within
        self.run = run
        self.on = on
        self.rectify = rectify
        self.attempts = attempts
        self.timeLimitSeconds = timeLimitSeconds
        self.policies = policies
    }
}
