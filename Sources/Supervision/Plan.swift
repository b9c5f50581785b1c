public import CivilTime

/// An organisation and what it has undertaken: who owes what to whom, by when.
///
/// A plan is a checked value: `PlanFile` refuses every text from which none of the lookups below
/// could be answered, so the core need not doubt it.
public struct Plan: Sendable {
    /// The programme that the plan carries out.
    public let programme: Programme
    /// The zone and the work calendar in which its days are counted.
    public let timekeeper: Timekeeper
    /// The persons by id.
    public let persons: [String: Person]
    /// The organisational units by id.
    public let units: [String: OrgUnit]
    /// The projects in the order of the file.
    public let projects: [Project]
    /// The items in the order of the file.
    public let items: [Item]
    /// Terms and reminders of the chain.
    public let ladder: Ladder
    /// Who is told when nobody above is left.
    public let fallback: Fallback
    /// How fast a backlog of machines' work is worked off.
    public let pacing: Pacing
    /// The items by id.
    public let itemsByID: [String: Item]

    /// Makes a plan from checked parts; every reference among them resolves.
    public init(
        programme: Programme,
        timekeeper: Timekeeper,
        persons: [Person],
        units: [OrgUnit],
        projects: [Project],
        items: [Item],
        ladder: Ladder,
        fallback: Fallback,
        pacing: Pacing = .standard
    ) {
        self.programme = programme
        self.timekeeper = timekeeper
        self.persons = Dictionary(persons.map { ($0.id, $0) }) { first, _ in first }
        self.units = Dictionary(units.map { ($0.id, $0) }) { first, _ in first }
        self.projects = projects
        self.items = items
        self.ladder = ladder
        self.fallback = fallback
        self.pacing = pacing
        self.itemsByID = Dictionary(items.map { ($0.id, $0) }) { first, _ in first }
    }
}

/// A programme: the time within which a plan's duties fall due.
public struct Programme: Hashable, Sendable {
    /// The id, `[a-z0-9._-]{1,64}`.
    public let id: String
    /// What it is called.
    public let names: Names
    /// The first day, if the plan names one; nothing falls due before adoption either.
    public let from: CivilDate?
    /// The last day, if the plan names one; nothing falls due after it.
    public let until: CivilDate?

    /// Makes a programme.
    public init(id: String, names: Names, from: CivilDate?, until: CivilDate?) {
        self.id = id
        self.names = names
        self.from = from
        self.until = until
    }
}

/// Who is told when an overdue act at the top stays undone, or the top signs alone.
public struct Fallback: Hashable, Sendable {
    /// The name to show.
    public let name: String
    /// The mail address.
    public let mail: String

    /// Makes a fallback addressee.
    public init(name: String, mail: String) {
        self.name = name
        self.mail = mail
    }
}
