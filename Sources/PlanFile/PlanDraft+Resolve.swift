import Supervision

// The checks that need the whole file.

extension PlanDraft {
    /// Checks every reference, the superior relation, and that each chain reaches somebody else.
    mutating func resolve() {
        if persons == nil {
            addImplicitPersons()
        }
        let unitIDs = Set(units.map(\.id.value))
        refuseUnknown(personReferences, kind: "person", known: personIDs)
        refuseUnknown(unitReferences, kind: "unit", known: unitIDs)
        let forest = Forest(units: units)
        for cycle in forest.cycles {
            let path = cycle.path.map { "`\($0)`" }.joined(separator: " → ")
            problems.add(
                cycle.spot,
                "superiors run in a circle: \(path); one of these units has another superior or none"
            )
        }
        if forest.cycles.isEmpty {
            checkChains(forest)
        }
    }

    /// Makes a person of every name in use, with that name as the login.
    private mutating func addImplicitPersons() {
        var persons: [Placed<Person>] = []
        for reference in personReferences where personIDs.insert(reference.id.value).inserted {
            let word = reference.id.value
            if word == "root" {
                problems.add(
                    reference.id.spot,
                    "root operates and never signs; name a person as \(reference.role)"
                )
            }
            let mail = "\(word)@localhost"
            let person = Person(id: word, name: word, login: word, uids: [], mail: mail)
            persons.append(Placed(value: person, spot: reference.id.spot))
        }
        self.persons = persons
    }

    private func refuseUnknown(_ references: [Reference], kind: String, known: Set<String>) {
        // What is no id was named as such where it stands.
        let unknown = references.filter {
            !known.contains($0.id.value) && CharacterRules.isID($0.id.value)
        }
        let candidates = known.sorted()
        for (index, reference) in unknown.enumerated() {
            let word = reference.id.value
            // Comparing thousands of unknown ids with thousands of known ones helps nobody.
            let suggestion = index < 20 ? Suggestion.text(for: word, among: candidates) : ""
            let advice = suggestion.isEmpty ? "; list it under `\(kind)s`" : suggestion
            let message = "no \(kind) \(values.shown(word)), named as \(reference.role)"
            problems.add(reference.id.spot, message + advice)
        }
    }

    /// Refuses items whose escalation can end with only the person who owes them.
    private func checkChains(_ forest: Forest) {
        let mails = Dictionary((persons ?? []).map { ($0.value.id, $0.value.mail) }) { first, _ in
            first
        }
        for item in items {
            guard let lead = item.lead, let head = forest.head(of: lead.value) else { continue }
            let obligor = item.owner?.value ?? head
            var line = [head] + forest.heads(above: lead.value)
            if let sponsor = item.sponsor {
                line += forest.head(of: sponsor).map { [$0] } ?? []
                line += forest.heads(above: sponsor)
            }
            let isAlone = line.allSatisfy { $0 == obligor }
            guard isAlone, mails[obligor] == .some(fallback.mail) else { continue }
            problems.add(
                item.id.spot,
                "escalation of item \(values.shown(item.id.value)) can end with only "
                    + "\(values.shown(obligor)), who owes it and is the fallback, too; "
                    + "name another `fallback` or a superior"
            )
        }
    }
}

/// The units by id, and who stands above whom.
private struct Forest {
    struct Cycle {
        /// The units of the circle, the first one again at the end.
        let path: [String]
        let spot: Spot
    }

    private let units: [String: UnitDraft]
    private let order: [String]

    init(units: [UnitDraft]) {
        self.units = Dictionary(units.map { ($0.id.value, $0) }) { first, _ in first }
        order = units.map(\.id.value)
    }

    func head(of unit: String) -> String? { units[unit]?.head?.value }

    /// Returns the heads of the superiors, the nearest first; there is no circle.
    func heads(above unit: String) -> [String] {
        var heads: [String] = []
        var current = units[unit]?.superior?.value
        while let id = current, let draft = units[id] {
            heads += draft.head.map { [$0.value] } ?? []
            current = draft.superior?.value
        }
        return heads
    }

    /// Every circle once, named from its first unit in the file.
    var cycles: [Cycle] {
        var cycles: [Cycle] = []
        var done: Set<String> = []
        for start in order where !done.contains(start) {
            var path: [String] = []
            var current: String? = start
            while let id = current, let unit = units[id], !done.contains(id) {
                done.insert(id)
                path.append(id)
                current = unit.superior?.value
            }
            guard let id = current, let index = path.firstIndex(of: id) else { continue }
            guard let spot = units[id]?.superior?.spot else { continue }
            cycles.append(Cycle(path: path[index...] + [id], spot: spot))
        }
        return cycles
    }
}
