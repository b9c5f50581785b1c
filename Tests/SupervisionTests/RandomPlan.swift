import CivilTime
import Supervision

extension Plan {
    /// A small organisation and what it owes: trees of one to seven units, few persons in many
    /// posts, owners, sponsors anywhere, terms of seconds.
    static func random(_ random: inout Seeded) throws -> Plan {
        let pool = (0..<random.number(1...8)).map { "p\($0)" }
        var units: [UnitLine] = []
        for index in 0..<random.number(1...7) {
            let above = random.once(in: 6) ? nil : random.one(of: units)?.id
            units.append(("u\(index)", above, random.one(of: pool) ?? "p0"))
        }
        var items: [Item] = []
        for index in 0..<random.number(1...3) {
            let lead = random.one(of: units)?.id ?? "u0"
            let owner = random.once(in: 2) ? random.one(of: pool) : nil
            items.append(try item("i\(index)", lead, owner, &random))
        }
        return .sample(
            items,
            units: units,
            sponsor: random.once(in: 2) ? random.one(of: units)?.id : nil,
            ladder: ladder(&random),
            outsiders: pool
        )
    }

    /// The same organisation with one item made anew, taken out, or put in.
    func changed(_ random: inout Seeded) throws -> Plan {
        var items = items
        let id = "i\(random.number(0...3))"
        let old = items.first { $0.id == id }
        items.removeAll { $0.id == id }
        if items.isEmpty || !random.once(in: 4) {
            let lead = random.once(in: 4) ? random.one(of: units.keys.sorted()) : old?.lead
            let any = lead ?? units.keys.sorted()[0]
            items.append(try Plan.item(id, any, old?.owner, &random))
        }
        return Plan(
            programme: programme,
            timekeeper: timekeeper,
            persons: Array(persons.values),
            units: Array(units.values),
            projects: projects,
            items: items,
            ladder: ladder,
            fallback: fallback,
            pacing: Pacing(
                perMinute: Int(random.number(6...600)),
                atOnce: Int(random.number(1...9))
            )
        )
    }

    /// The same plan in another zone's data.
    func moved(to zone: Zone) -> Plan {
        Plan(
            programme: programme,
            timekeeper: Timekeeper(zone: zone, calendar: timekeeper.calendar),
            persons: Array(persons.values),
            units: Array(units.values),
            projects: projects,
            items: items,
            ladder: ladder,
            fallback: fallback,
            pacing: pacing
        )
    }

    private static func item(
        _ id: String,
        _ lead: String,
        _ owner: String?,
        _ random: inout Seeded
    ) throws -> Item {
        let slots = ["*:*:0/30", "*:*:15", "*:0/3", "*:0/2:10"]
        var account: Account?
        if !random.once(in: 4) {
            let every = try CalendarExpression(random.one(of: slots) ?? "*:*:15")
            account = .every(every, within: seconds(5...90, &random))
        }
        var inspections: [Inspection] = []
        if account == nil || random.once(in: 2) {
            let every = random.one(of: slots + ["*:*:0/5"]) ?? "*:*:15"
            inspections.append(
                Inspection(
                    name: "check",
                    every: try CalendarExpression(every),
                    within: seconds(5...60, &random),
                    run: ["check"],
                    on: random.once(in: 4) ? "field" : nil,
                    rectify: seconds(5...90, &random),
                    attempts: Int(random.number(1...3)),
                    timeLimitSeconds: 5,
                    policies: policies(&random)
                )
            )
        }
        return .sample(id, lead: lead, owner: owner, account: account, inspections: inspections)
    }

    private static func policies(_ random: inout Seeded) -> Policies {
        let window = CatchUp.window(seconds(30...300, &random))
        let catchUps = [CatchUp.latest, .latest, .latest, .all, .none, window]
        return Policies(
            catchUp: random.one(of: catchUps) ?? .latest,
            overlap: random.once(in: 2) ? .skip : random.one(of: Overlap.allCases) ?? .skip,
            jitter: random.once(in: 3) ? .seconds(random.number(1...40)) : .zero
        )
    }

    private static func ladder(_ random: inout Seeded) -> Ladder {
        Ladder(
            review: seconds(5...60, &random),
            supervise: seconds(5...60, &random),
            returned: seconds(3...20, &random),
            before: random.once(in: 3) ? [] : [seconds(2...30, &random), seconds(1...5, &random)],
            after: random.once(in: 3) ? [] : [seconds(1...40, &random)]
        )
    }

    private static func seconds(_ range: ClosedRange<Int64>, _ random: inout Seeded) -> Term {
        .elapsed(.seconds(random.number(range)))
    }
}
