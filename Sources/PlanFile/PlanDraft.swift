import CivilTime
import Supervision

/// A plan while it is read: what is known so far, and which references must still resolve.
struct PlanDraft {
    /// A place that names a person or unit.
    struct Reference {
        let id: Placed<String>
        /// Who is meant: "the head of unit `housing`".
        let role: String
    }

    let values: Values
    var programme: Programme?
    var timekeeper: Timekeeper?
    /// Finds what expressions name; nil until the plan is read.
    var time: TimeReader?
    /// The zones and calendars that expressions name.
    let named = NamedTime()
    /// The persons of the file; nil if it lists none, so that names in use are persons.
    var persons: [Placed<Person>]?
    /// The ids under `persons`, bad ones included.
    var personIDs: Set<String> = []
    var units: [UnitDraft] = []
    var projects: [Placed<Project>] = []
    var items: [ItemDraft] = []
    var ladder = Ladder.standard
    var pacing = Pacing.standard
    var fallback = Fallback(name: "root", mail: "root@localhost")
    var personReferences: [Reference] = []
    var unitReferences: [Reference] = []

    var problems: Problems { values.problems }

    init(problems: Problems) {
        values = Values(problems: problems)
    }

    /// The keys at the top of a plan.
    private static let keys = [
        "programme", "calendar", "zone", "persons", "units", "projects", "items", "ladder",
        "fallback", "catch-up",
    ]

    /// Reads everything there is, noting each mistake.
    mutating func read(_ tree: Tree, time: TimeReader) {
        let keys = PlanDraft.keys
        guard case .table = tree.shape else {
            let hint = "begin with `programme: …`, then `units: …` and `items: …`"
            problems.add(
                tree.spot,
                "the file is \(tree.noun), and a plan is a table of keys; \(hint)"
            )
            return
        }
        guard let fields = Fields(tree, noun: "plan", keys: keys, values: values) else { return }
        readProgramme(fields)
        self.time = time
        timekeeper = time.timekeeper(fields)
        readPersons(fields)
        readUnits(fields)
        readProjects(fields)
        readLadder(fields)
        readFallback(fields)
        readPacing(fields)
        timekeeper = timekeeper.map(named.keeper)
        resolve()
    }

    private mutating func readProgramme(_ fields: Fields) {
        let hint = "write `programme: { id: …, name: … }`"
        guard let tree = fields.required("programme", hint) else { return }
        guard case .table = tree.shape else {
            if let id = values.id(tree, "`programme`") {
                let names = Names(en: id.value)
                programme = Programme(id: id.value, names: names, from: nil, until: nil)
            }
            return
        }
        let keys = ["id", "from", "until", "name"]
        guard let fields = Fields(tree, noun: "programme", keys: keys, values: values) else {
            return
        }
        let id = fields.requiredID("id", "give the programme a short id")?.value ?? ""
        let from = fields.date("from")
        var until = fields.date("until")
        if let from, let last = until, from.value > last.value {
            problems.add(
                last.spot,
                "`until` \(last.value) is before `from` \(from.value); nothing could fall due"
            )
            until = nil
        }
        programme = Programme(
            id: id,
            names: fields.names(default: id),
            from: from?.value,
            until: until?.value
        )
    }

    private mutating func readFallback(_ fields: Fields) {
        guard let tree = fields["fallback"] else { return }
        let keys = ["name", "mail"]
        guard let fields = Fields(tree, noun: "`fallback`", keys: keys, values: values) else {
            return
        }
        guard let mailTree = fields.required("mail", "write the address of who is told") else {
            return
        }
        let mail = mail(mailTree) ?? ""
        fallback = Fallback(name: fields.text("name")?.value ?? mail, mail: mail)
    }

    private mutating func readPacing(_ fields: Fields) {
        guard let tree = fields["catch-up"] else { return }
        let keys = ["per-minute", "at-once"]
        guard let fields = Fields(tree, noun: "`catch-up`", keys: keys, values: values) else {
            return
        }
        pacing = Pacing(
            perMinute: fields.integer("per-minute", in: 1...60_000) ?? pacing.perMinute,
            atOnce: fields.integer("at-once", in: 1...10_000) ?? pacing.atOnce
        )
    }

    /// Returns a mail address, nil after noting why it is none.
    func mail(_ tree: Tree) -> String? {
        let example = "an address such as li@example.org"
        guard let placed = values.scalar(tree, "`mail`", example: example) else { return nil }
        if CharacterRules.isMailAddress(placed.value) { return placed.value }
        let found = values.shown(placed.value)
        problems.add(placed.spot, "\(found) is no mail address; write \(example)")
        return nil
    }
}
