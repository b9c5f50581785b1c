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

    /// Returns a person of any plan.
    public func person(_ id: String) -> Person? {
        for plan in plans.values {
            if let person = plan.persons[id] { return person }
        }
        return nil
    }
}
