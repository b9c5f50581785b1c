public import CivilTime

/// What a changed plan does to the slots that lie ahead.
public enum PlanDiff {
    /// What becomes of a schedule.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// It is new.
        case added
        /// It ends.
        case removed
        /// Its slots or their due dates are other ones.
        case changed
        /// Nothing of it changes.
        case kept
    }

    /// A slot that stays and whose instants move.
    public struct Moved: Hashable, Sendable {
        /// As it was.
        public let before: Occurrence
        /// As it is now.
        public let after: Occurrence
    }

    /// One schedule's changes within the window.
    public struct Change: Sendable {
        /// The schedule's id.
        public let schedule: String
        /// What becomes of it.
        public let kind: Kind
        /// Its rule before.
        public let oldRule: String?
        /// Its rule from now on.
        public let newRule: String?
        /// Slots that it did not have.
        public let appear: [Occurrence]
        /// Slots that it has no more.
        public let vanish: [Occurrence]
        /// Slots that stay with other instants.
        public let moved: [Moved]
        /// Whether the window holds more slots than were looked at.
        public let isCut: Bool
    }

    /// Returns the changes of every schedule of either plan, by id.
    ///
    /// - Parameters:
    ///   - old: The plan in force; nil if there is none.
    ///   - new: The plan to come.
    ///   - after: Where the window begins, exclusive.
    ///   - until: Where it ends, inclusive.
    ///   - planned: The planned-through marks of the schedules that are in force: slots up to them
    ///     have their dispositions, and no edit changes that.
    ///   - limit: How many slots of a schedule are looked at on each side.
    /// - Returns: A change for each schedule, kept ones among them.
    public static func changes(
        from old: Plan?,
        to new: Plan,
        after: Instant,
        until: Instant,
        planned: [String: Instant] = [:],
        limit: Int
    ) -> [Change] {
        let before = old.map(schedules) ?? [:]
        let now = schedules(new)
        return Set(before.keys).union(now.keys).sorted().map { id in
            let start = max(after, planned[id] ?? after)
            let left = Side(before[id], old, start, until, limit)
            let right = Side(now[id], new, start, until, limit)
            return change(id, left, right)
        }
    }

    private static func schedules(_ plan: Plan) -> [String: Schedule] {
        Dictionary(Schedule.all(of: plan).map { ($0.id, $0) }) { first, _ in first }
    }

    private static func change(_ id: String, _ left: Side, _ right: Side) -> Change {
        // Beyond the last slot that both sides were read to, nothing can be said.
        let end = min(left.end, right.end)
        let old = left.slots.filter { $0.nominal <= end }
        let new = right.slots.filter { $0.nominal <= end }
        let oldByKey = Dictionary(old.map { ($0.key, $0) }) { first, _ in first }
        let newByKey = Dictionary(new.map { ($0.key, $0) }) { first, _ in first }
        let appear = new.filter { oldByKey[$0.key] == nil }
        let vanish = old.filter { newByKey[$0.key] == nil }
        let moved = old.compactMap { slot -> Moved? in
            guard let now = newByKey[slot.key] else { return nil }
            let stays =
                (now.nominal, now.openAt, now.dueAt) == (slot.nominal, slot.openAt, slot.dueAt)
            return stays ? nil : Moved(before: slot, after: now)
        }
        let isSame = appear.isEmpty && vanish.isEmpty && moved.isEmpty && left.rule == right.rule
        let kind: Kind =
            left.rule == nil
            ? .added : right.rule == nil ? .removed : isSame ? .kept : .changed
        return Change(
            schedule: id,
            kind: kind,
            oldRule: left.rule,
            newRule: right.rule,
            appear: appear,
            vanish: vanish,
            moved: moved,
            isCut: left.isCut || right.isCut
        )
    }

    /// A schedule's slots in the window, by one of the plans.
    private struct Side {
        var rule: String?
        var slots: [Occurrence] = []
        var isCut = false
        var end = Instant.distantFuture

        init(
            _ schedule: Schedule?,
            _ plan: Plan?,
            _ after: Instant,
            _ until: Instant,
            _ limit: Int
        ) {
            guard let schedule, let plan else { return }
            rule = schedule.ruleText
            var cursor = after
            while let slot = schedule.next(after: cursor, activation: after, in: plan),
                slot.nominal <= until
            {
                guard slots.count < limit else {
                    isCut = true
                    end = cursor
                    return
                }
                slots.append(slot)
                cursor = slot.nominal
            }
        }
    }
}
