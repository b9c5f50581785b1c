import CivilTime

/// The adopted plans, and who the callers are.
public struct PlanBook: Sendable {
    /// The plans in force by programme id.
    public private(set) var plans: [String: Plan] = [:]
    /// The persons by uid: their `uids:`, and the uid of their `login:` on this host.
    public private(set) var personByUID: [UInt32: String] = [:]
    /// The schedules of the plans in force by id.
    public private(set) var schedules: [String: Schedule] = [:]
    /// Plans that were in force before, by programme, newest first: what opened under them goes up
    /// their lines until it is settled.
    public private(set) var former: [String: [Plan]] = [:]

    private var uids: [String: [UInt32: String]] = [:]

    /// Makes an empty book.
    public init() {}

    /// Adds a plan, or puts it in place of the one of the same programme.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - keepsFormer: Whether the plan that it replaces was in force and may have opened duties;
    ///     false where the same plan comes with newer zone or calendar data.
    ///   - uidOfLogin: Returns the uid of a login name on this host, or nil.
    public mutating func add(
        _ plan: Plan,
        keepsFormer: Bool = true,
        uidOfLogin: (String) -> UInt32?
    ) {
        let id = plan.programme.id
        if let old = plans[id] {
            if keepsFormer { former[id, default: []].insert(old, at: 0) }
            for schedule in Schedule.all(of: old) { schedules[schedule.id] = nil }
        }
        plans[id] = plan
        for schedule in Schedule.all(of: plan) { schedules[schedule.id] = schedule }
        uids[id] = Self.uids(of: plan, uidOfLogin)
        count(uidOfLogin)
    }

    /// Those of former plans may still owe something; a person of a plan in force comes first.
    private mutating func count(_ uidOfLogin: (String) -> UInt32?) {
        personByUID = [:]
        for known in uids.values { personByUID.merge(known) { first, _ in first } }
        for plan in former.values.joined() {
            personByUID.merge(Self.uids(of: plan, uidOfLogin)) { first, _ in first }
        }
    }

    /// Adds a plan that was in force before those known; the newest such plan is added first.
    public mutating func add(former plan: Plan, uidOfLogin: (String) -> UInt32?) {
        former[plan.programme.id, default: []].append(plan)
        count(uidOfLogin)
    }

    private static func uids(of plan: Plan, _ uidOfLogin: (String) -> UInt32?) -> [UInt32: String] {
        var uids: [UInt32: String] = [:]
        for person in plan.persons.values {
            for uid in person.uids { uids[uid] = person.id }
            if let login = person.login, let uid = uidOfLogin(login) { uids[uid] = person.id }
        }
        return uids
    }

    /// The plan and the item under which a matter goes up its line: the plan in force if the same
    /// unit still leads the item and somebody holds the post that owes the matter, else the newest
    /// one in which that was so.
    public func context(
        programme: String,
        item: String,
        lead: String,
        obligor: Post
    ) -> (plan: Plan, item: Item)? {
        let candidates = [plans[programme]].compactMap { $0 } + (former[programme] ?? [])
        for plan in candidates {
            guard let found = plan.itemsByID[item], found.lead == lead else { continue }
            if Chain(plan: plan, item: found).holder(obligor) != nil { return (plan, found) }
        }
        return nil
    }

    /// The plan and the item under which a duty goes up its line, by the matter at its root.
    ///
    /// - Throws: what the view throws.
    public func context(of duty: Duty, _ view: some View) throws -> (plan: Plan, item: Item)? {
        let matter = try duty.root == duty.number ? duty : view.duty(duty.root) ?? duty
        return context(
            programme: duty.programme,
            item: duty.item,
            lead: matter.unit,
            obligor: matter.obligor
        )
    }

    /// Returns a schedule of a plan in force, or of the newest one that had it.
    public func schedule(_ id: String) -> Schedule? {
        if let schedule = schedules[id] { return schedule }
        let programme = String(id.prefix { $0 != "/" })
        for plan in former[programme] ?? [] {
            if let found = Schedule.all(of: plan).first(where: { $0.id == id }) { return found }
        }
        return nil
    }

    /// The slowest pacing of the plans in force: a stampede is the machine's, whosever it is.
    public var pacing: Pacing {
        let all = plans.values.map(\.pacing)
        return Pacing(
            perMinute: all.map(\.perMinute).min() ?? Pacing.standard.perMinute,
            atOnce: all.map(\.atOnce).min() ?? Pacing.standard.atOnce
        )
    }

    /// Returns what would make two persons one, or one person two, if a plan were added: an id that
    /// is another person in a plan in force, or a uid that has another id there.
    public func conflicts(with plan: Plan, uidOfLogin: (String) -> UInt32?) -> [String] {
        var problems: [String] = []
        let others = plans.filter { $0.key != plan.programme.id }.sorted { $0.key < $1.key }
        for person in plan.persons.values.sorted(by: { $0.id < $1.id }) {
            let uids = Set(person.uids + [person.login.flatMap(uidOfLogin)].compactMap { $0 })
            for (id, other) in others {
                if let known = other.persons[person.id] {
                    let theirs = known.uids + [known.login.flatMap(uidOfLogin)].compactMap { $0 }
                    if Set(theirs) != uids || known.name != person.name {
                        problems.append(
                            "person \(person.id) is another one in programme \(id): "
                                + "give them another id"
                        )
                    }
                }
                for uid in uids.sorted() {
                    if let known = self.uids[id]?[uid], known != person.id {
                        problems.append(
                            "uid \(uid) is person \(known) in a plan in force, not \(person.id)"
                        )
                    }
                }
            }
        }
        return problems
    }

    /// Returns a person of any plan, of those in force first.
    public func person(_ id: String) -> Person? {
        for plan in plans.values {
            if let person = plan.persons[id] { return person }
        }
        for plan in former.values.joined() {
            if let person = plan.persons[id] { return person }
        }
        return nil
    }
}
