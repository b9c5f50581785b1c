import CivilTime
import Supervision

/// An item while it is read.
struct ItemDraft {
    let id: Placed<String>
    /// The item, nil if a mistake leaves a part of it unknown.
    let item: Item?
    let lead: Placed<String>?
    let owner: Placed<String>?
    /// The unit that sponsors the project, if the project names one.
    let sponsor: String?
}

extension PlanDraft {
    private static let itemsExample = "[ { id: report, lead: office, account: month } ]"

    private static let itemKeys = [
        "id", "name", "class", "lead", "owner", "due", "requirements", "criteria", "stages",
        "buffer", "account", "inspect",
    ]

    private static let laterItemKeys = ["assist": "give each unit an item of its own"]

    /// Reads `projects`, and the `items` at the top as one implicit project.
    mutating func readProjects(_ fields: Fields) {
        var seen: Set<String> = []
        let example = "[ { id: env, items: \(PlanDraft.itemsExample) } ]"
        for tree in fields.list("projects", example: example) {
            readProject(tree, seen: &seen)
        }
        if let tree = fields["items"] {
            let programme = programme ?? Programme(id: "", names: Names(), from: nil, until: nil)
            let project = Project(id: programme.id, names: programme.names, sponsor: nil)
            if !seen.insert(project.id).inserted {
                problems.add(
                    tree.spot,
                    "the items at the top belong to a project \(values.shown(project.id)), "
                        + "which `projects` lists as well; move them there"
                )
            }
            projects.append(Placed(value: project, spot: tree.spot))
            readItems(tree, project: project)
        } else if !fields.has("projects") {
            let hint = "write `items: \(PlanDraft.itemsExample)`"
            problems.add(fields.spot, "plan has neither `items` nor `projects`; \(hint)")
        }
        checkItemIDs()
    }

    private mutating func readProject(_ tree: Tree, seen: inout Set<String>) {
        let keys = ["id", "name", "sponsor", "items"]
        guard let fields = Fields(tree, noun: "project", keys: keys, values: values) else {
            return
        }
        let id = fields.requiredID("id", "give the project a short id")
        let sponsor = fields.id("sponsor")
        if let sponsor {
            let role = "the sponsor of \(fields.label)"
            unitReferences.append(Reference(id: sponsor, role: role))
        }
        if let id, !seen.insert(id.value).inserted {
            problems.add(id.spot, "project \(values.shown(id.value)) is listed twice; join them")
        }
        let project = Project(
            id: id?.value ?? "",
            names: fields.names(default: id?.value ?? ""),
            sponsor: sponsor?.value
        )
        projects.append(Placed(value: project, spot: fields.spot))
        let hint = "write `items: \(PlanDraft.itemsExample)`"
        guard let items = fields.required("items", hint) else { return }
        readItems(items, project: project)
    }

    private mutating func readItems(_ tree: Tree, project: Project) {
        let list = values.list(tree, "`items`", example: PlanDraft.itemsExample) ?? []
        for element in list {
            let fields = Fields(
                element,
                noun: "item",
                keys: PlanDraft.itemKeys,
                later: PlanDraft.laterItemKeys,
                values: values
            )
            if let fields { readItem(fields, project: project) }
        }
    }

    /// Reads one item, all of its parts before giving up on any.
    private mutating func readItem(_ fields: Fields, project: Project) {
        let id = fields.requiredID("id", "give the item a short id")
        let lead = fields.requiredID("lead", "name the unit that answers for it")
        let owner = fields.id("owner")
        refer(to: owner, as: "the owner of \(fields.label)")
        if let lead {
            let role = "the lead unit of \(fields.label)"
            unitReferences.append(Reference(id: lead, role: role))
        }
        let itemClass = fields.has("class") ? fields.choice("class", of: Item.Class.self) : .routine
        let due = due(fields)
        let stages = stages(fields, isRoutine: itemClass == .routine, due: due)
        let account = account(fields)
        let inspections = inspections(fields)
        let names = fields.names(default: id?.value ?? "")
        let requirements = fields.text("requirements", limit: 4000, allowsLines: true)?.value
        let criteria = criteria(fields)
        if !["account", "inspect", "stages", "due"].contains(where: fields.has) {
            let hint = "write one of `account`, `inspect`, `stages` or `due`"
            problems.add(fields.spot, "\(fields.label) has nothing to do; \(hint)")
        }
        guard let id else { return }
        let item = lead.map {
            Item(
                id: id.value,
                names: names,
                project: project.id,
                itemClass: itemClass ?? .routine,
                lead: $0.value,
                owner: owner?.value,
                requirements: requirements ?? names.en ?? names.zh ?? id.value,
                criteria: criteria,
                due: due?.value,
                stages: stages,
                account: account,
                inspections: inspections
            )
        }
        let draft = ItemDraft(
            id: id,
            item: item,
            lead: lead,
            owner: owner,
            sponsor: project.sponsor
        )
        items.append(draft)
    }

    private func due(_ fields: Fields) -> Placed<CivilDate>? {
        guard let due = fields.date("due") else { return nil }
        if let from = programme?.from, due.value < from {
            problems.add(due.spot, "due \(due.value) is before the programme's `from`, \(from)")
            return nil
        }
        if let until = programme?.until, due.value > until {
            problems.add(due.spot, "due \(due.value) is after the programme's `until`, \(until)")
            return nil
        }
        return due
    }

    private func criteria(_ fields: Fields) -> [String] {
        let example = "[ \"lamps_lit >= 99 %\" ]"
        let list = fields.list("criteria", example: example)
        let criteria = list.compactMap { values.text($0, "a criterion", limit: 400)?.value }
        return criteria.isEmpty ? ["done, with a note"] : criteria
    }

    private func checkItemIDs() {
        var seen: Set<String> = []
        for item in items where !seen.insert(item.id.value).inserted {
            let id = values.shown(item.id.value)
            problems.add(item.id.spot, "item \(id) is listed twice; item ids are unique in a plan")
        }
    }
}
