import CivilTime
import Supervision
import Testing

/// A unit in one line of a test: id, unit above, head.
typealias UnitLine = (id: String, superior: String?, head: String)

/// The organisation that most tests use: three levels, and an owner below them.
let threeLevels: [UnitLine] = [
    ("leadership", nil, "boss"), ("sponsor", "leadership", "sponsor"),
    ("bureau", "sponsor", "head"),
]

extension Ladder {
    /// Terms of seconds, shorter than those of the items that tests use.
    static let quick = Ladder(
        review: .elapsed(.seconds(60)),
        supervise: .elapsed(.seconds(60)),
        returned: .elapsed(.seconds(30)),
        before: [.elapsed(.seconds(20))],
        after: [.elapsed(.seconds(10))]
    )
}

extension Timekeeper {
    /// UTC, Monday to Friday.
    static let plain = Timekeeper(zone: .utc, calendar: .mondayToFriday)
}

extension Item {
    /// An item of the project "project"; without an account it needs something else to owe.
    static func sample(
        _ id: String = "lamp",
        lead: String = "bureau",
        owner: String? = "owner",
        due: CivilDate? = nil,
        stages: [StageWindow] = [],
        account: Account? = nil,
        inspections: [Inspection] = []
    ) -> Item {
        Item(
            id: id,
            names: Names(en: id),
            project: "project",
            itemClass: stages.isEmpty ? .routine : .key,
            lead: lead,
            owner: owner,
            requirements: "it works",
            criteria: ["done"],
            due: due,
            stages: stages,
            account: account,
            inspections: inspections
        )
    }

    /// An item that accounts at each elapse.
    static func accounting(
        _ every: String = "*:00",
        within: Term = .elapsed(.seconds(100)),
        lead: String = "bureau",
        owner: String? = "owner"
    ) throws -> Item {
        let every = try CalendarExpression(every)
        return .sample(lead: lead, owner: owner, account: .every(every, within: within))
    }

    /// An item with one check.
    static func inspected(
        _ every: String = "*:00",
        within: Term = .elapsed(.seconds(100)),
        attempts: Int = 2,
        on label: String? = nil,
        catchUp: CatchUp = .latest,
        overlap: Overlap = .skip,
        jitter: Span = .zero,
        id: String = "lamp",
        lead: String = "bureau",
        owner: String? = "owner"
    ) throws -> Item {
        let check = Inspection(
            name: "check",
            every: try CalendarExpression(every),
            within: within,
            run: ["check_lamp", "-w", "1"],
            on: label,
            rectify: .elapsed(.seconds(200)),
            attempts: attempts,
            timeLimitSeconds: 10,
            policies: Policies(catchUp: catchUp, overlap: overlap, jitter: jitter)
        )
        return .sample(id, lead: lead, owner: owner, inspections: [check])
    }
}

extension Plan {
    /// A plan with terms of days, for tests that let days pass while nobody acts.
    static func calm(
        _ items: [Item],
        units: [UnitLine] = threeLevels,
        keeper: Timekeeper = .plain,
        outsiders: [String] = ["outsider"],
        pacing: Pacing = .standard
    ) -> Plan {
        .sample(
            items,
            units: units,
            ladder: .standard,
            keeper: keeper,
            outsiders: outsiders,
            pacing: pacing
        )
    }

    /// A plan of units and items; each person named gets two uids and an address.
    static func sample(
        _ items: [Item],
        units: [UnitLine] = threeLevels,
        sponsor: String? = nil,
        ladder: Ladder = .quick,
        keeper: Timekeeper = .plain,
        from: CivilDate? = nil,
        until: CivilDate? = nil,
        outsiders: [String] = ["outsider"],
        pacing: Pacing = .standard
    ) -> Plan {
        let named = units.map(\.head) + items.compactMap(\.owner) + outsiders
        let persons = Set(named).sorted().enumerated().map { index, id in
            Person(
                id: id,
                name: id.uppercased(),
                login: nil,
                uids: [UInt32(1_000 + 10 * index), UInt32(1_001 + 10 * index)],
                mail: "\(id)@localhost"
            )
        }
        let orgUnits = units.map { unit in
            OrgUnit(
                id: unit.id,
                names: Names(en: unit.id),
                superior: unit.superior,
                head: unit.head,
                liaison: nil,
                category: "default"
            )
        }
        return Plan(
            programme: Programme(id: "p", names: Names(en: "p"), from: from, until: until),
            timekeeper: keeper,
            persons: persons,
            units: orgUnits,
            projects: [Project(id: "project", names: Names(en: "project"), sponsor: sponsor)],
            items: items,
            ladder: ladder,
            fallback: Fallback(name: "auditor", mail: "auditor@localhost"),
            pacing: pacing
        )
    }
}

func date(_ text: String) throws -> CivilDate {
    try #require(CivilDate(text), "no date: \(text)")
}

/// An instant written as a local time of a zone.
func at(_ text: String, _ zone: Zone = .utc) throws -> Instant {
    zone.instant(try #require(CivilDateTime(text), "no local time: \(text)"))
}
