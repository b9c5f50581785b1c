/// The adopted plans, and who the callers are.
public struct PlanBook: Sendable {
    /// The plans by programme id.
    public private(set) var plans: [String: Plan] = [:]
    /// The persons by uid: their `uids:`, and the uid of their `login:` on this host.
    public private(set) var personByUID: [UInt32: String] = [:]
    /// The schedules by id, over all plans.
    public private(set) var schedules: [String: Schedule] = [:]

    /// Makes an empty book.
    public init() {}

    /// Adds a plan, or replaces the one of the same programme; `uidOfLogin` returns the uid of a
    /// login name on this host, or nil.
    public mutating func add(_ plan: Plan, uidOfLogin: (String) -> UInt32?) {
        plans[plan.programme.id] = plan
        for schedule in Schedule.all(of: plan) { schedules[schedule.id] = schedule }
        for person in plan.persons.values {
            for uid in person.uids { personByUID[uid] = person.id }
            if let login = person.login, let uid = uidOfLogin(login) {
                personByUID[uid] = person.id
            }
        }
    }

    /// Returns what would make two persons one, or one person two, if a plan were added: an id that
    /// is another person in a plan in force, or a uid that has another id there.
    public func conflicts(with plan: Plan, uidOfLogin: (String) -> UInt32?) -> [String] {
        var problems: [String] = []
        for person in plan.persons.values.sorted(by: { $0.id < $1.id }) {
            let uids = Set(person.uids + [person.login.flatMap(uidOfLogin)].compactMap { $0 })
            for (id, other) in plans.sorted(by: { $0.key < $1.key }) where id != plan.programme.id {
                guard let known = other.persons[person.id] else { continue }
                let theirs = Set(known.uids + [known.login.flatMap(uidOfLogin)].compactMap { $0 })
                if theirs != uids || known.name != person.name {
                    problems.append(
                        "person \(person.id) is another one in programme \(id): give them another id"
                    )
                }
            }
            for uid in uids.sorted() {
                if let other = personByUID[uid], other != person.id {
                    problems.append(
                        "uid \(uid) is person \(other) in a plan in force, not \(person.id)"
                    )
                }
            }
        }
        return problems
    }

    /// Returns a person of any plan.
    public func person(_ id: String) -> Person? {
        for plan in plans.values {
            if let person = plan.persons[id] { return person }
        }
        return nil
    }
}
