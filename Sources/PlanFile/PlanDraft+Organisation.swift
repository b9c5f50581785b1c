import Supervision

/// A unit while it is read.
struct UnitDraft {
    let id: Placed<String>
    let names: Names
    let superior: Placed<String>?
    let head: Placed<String>?
    let liaison: Placed<String>?
    let category: String
}

extension PlanDraft {
    /// Reads `persons`, if there are any.
    mutating func readPersons(_ fields: Fields) {
        guard let tree = fields["persons"] else { return }
        persons = []
        let example = "[ { id: li, name: 李四, login: li } ]"
        let list = values.list(tree, "`persons`", example: example) ?? []
        var logins: [String: Spot] = [:]
        var uids: [UInt32: Spot] = [:]
        for element in list {
            readPerson(element, logins: &logins, uids: &uids)
        }
    }

    private mutating func readPerson(
        _ tree: Tree,
        logins: inout [String: Spot],
        uids: inout [UInt32: Spot]
    ) {
        let keys = ["id", "name", "login", "uids", "mail"]
        guard let fields = Fields(tree, noun: "person", keys: keys, values: values) else { return }
        let id = fields.requiredID("id", "give the person a short id")
        let login = fields["login"].flatMap(login)
        if let login, let other = logins.updateValue(login.spot, forKey: login.value) {
            let name = values.shown(login.value)
            let owner = "the person in line \(other.line)"
            problems.add(login.spot, "login \(name) belongs to \(owner) already; keep one")
        }
        let own = uidList(fields, taken: &uids)
        let mail = fields["mail"].flatMap(mail) ?? login.map { "\($0.value)@localhost" }
        guard let id else { return }
        if !personIDs.insert(id.value).inserted {
            problems.add(id.spot, "person \(values.shown(id.value)) is listed twice; keep one")
        }
        let person = Person(
            id: id.value,
            name: fields.text("name")?.value ?? id.value,
            login: login?.value,
            uids: own,
            mail: mail
        )
        persons?.append(Placed(value: person, spot: id.spot))
    }

    /// Returns a login name; root's is refused, since root operates and never signs.
    private func login(_ tree: Tree) -> Placed<String>? {
        guard let placed = values.scalar(tree, "`login`", example: "a login name") else {
            return nil
        }
        if placed.value == "root" {
            problems.add(placed.spot, "root operates and never signs; name the person's own login")
            return nil
        }
        guard CharacterRules.isLogin(placed.value) else {
            problems.add(
                placed.spot,
                "\(values.shown(placed.value)) is no login name; write such as zhangsan"
            )
            return nil
        }
        return placed
    }

    private func uidList(_ fields: Fields, taken: inout [UInt32: Spot]) -> [UInt32] {
        var uids: [UInt32] = []
        for tree in fields.list("uids", example: "[1001]") {
            // 4294967295 is the kernel's "no uid"; 0 is root, who never signs.
            let range = 1...4_294_967_294
            guard let number = values.integer(tree, "a uid", in: range) else { continue }
            let uid = UInt32(number)
            if let other = taken.updateValue(tree.spot, forKey: uid) {
                problems.add(
                    tree.spot,
                    "uid \(uid) is given in line \(other.line) already; keep one"
                )
            } else {
                uids.append(uid)
            }
        }
        return uids
    }

    /// Reads `units`; a plan without any has nobody to ask.
    mutating func readUnits(_ fields: Fields) {
        let example = "[ { id: office, head: li } ]"
        guard let tree = fields.required("units", "write \(example)"),
            let list = values.list(tree, "`units`", example: example)
        else { return }
        var seen: Set<String> = []
        for element in list {
            readUnit(element, seen: &seen)
        }
    }

    private mutating func readUnit(_ tree: Tree, seen: inout Set<String>) {
        let keys = ["id", "name", "superior", "head", "liaison", "category"]
        guard let fields = Fields(tree, noun: "unit", keys: keys, values: values) else { return }
        let id = fields.requiredID("id", "give the unit a short id")
        let head = fields.requiredID("head", "name the person who answers for the unit")
        let liaison = fields.id("liaison")
        let superior = fields.id("superior")
        refer(to: head, as: "the head of \(fields.label)")
        refer(to: liaison, as: "the liaison of \(fields.label)")
        if let superior {
            let role = "the superior of \(fields.label)"
            unitReferences.append(Reference(id: superior, role: role))
        }
        let names = fields.names(default: id?.value ?? "")
        let category = fields.id("category")?.value ?? "default"
        guard let id else { return }
        if !seen.insert(id.value).inserted {
            problems.add(id.spot, "unit \(values.shown(id.value)) is listed twice; keep one")
        }
        units.append(
            UnitDraft(
                id: id,
                names: names,
                superior: superior,
                head: head,
                liaison: liaison,
                category: category
            )
        )
    }

    /// Notes that a person must exist.
    mutating func refer(to person: Placed<String>?, as role: String) {
        guard let person else { return }
        personReferences.append(Reference(id: person, role: role))
    }
}
