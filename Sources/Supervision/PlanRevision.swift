import CivilTime

/// What a changed plan does to the schedules of the plan before it.
///
/// A revision starts strictly after the last planned nominal time (reference time, section 7): the
/// slots up to now have their dispositions by the old rules, later ones come by the new ones.
struct PlanRevision {
    /// The plan in force until now.
    let before: Plan
    /// The plan in force from now on.
    let after: Plan
    /// Now.
    let at: Instant

    private let old: [String: Schedule]
    private let new: [String: Schedule]

    init(before: Plan, after: Plan, at: Instant) {
        self.before = before
        self.after = after
        self.at = at
        old = Self.byID(before)
        new = Self.byID(after)
    }

    private static func byID(_ plan: Plan) -> [String: Schedule] {
        Dictionary(Schedule.all(of: plan).map { ($0.id, $0) }) { first, _ in first }
    }

    /// What the record of the revision says.
    struct Changes {
        var rows: [ScheduleRow] = []
        var superseded: [Superseded] = []
    }

    /// Whether a changed plan leaves a schedule and its item as they were, so that a slot that is
    /// due is worked off after the revision as it would have been before.
    func isKept(_ id: String) -> Bool {
        isSame(id) && old[id]?.item == new[id]?.item
    }

    /// Works out how a schedule goes on that has a row.
    ///
    /// - Parameters:
    ///   - row: The schedule's row; what is due and not kept is worked off.
    ///   - isOpened: Whether the schedule has opened a duty: a stage opens one only, whatever
    ///     becomes of its date.
    ///   - activation: From when on a schedule falls due that begins again.
    ///   - changes: What the record will say.
    func change(
        _ row: ScheduleRow,
        isOpened: Bool,
        _ activation: Instant,
        _ changes: inout Changes
    ) {
        var changed = row
        if let schedule = new[row.id] {
            if row.endedAt != nil {
                changed.endedAt = nil
                changed.pause = nil
                changed.activatedAt = activation
                changed.plannedThrough = max(row.plannedThrough, activation)
                changed.plannedSlot = nil
                changed.revisedAt = nil
                changed.rezonedAt = at
            } else if !isSame(row.id) {
                // Earlier than now, and than the mark, only where somebody signs for it.
                let isSigned = activation < at
                changed.revisedAt = isSigned ? activation : at
                changed.plannedThrough = isSigned ? activation : max(row.plannedThrough, at)
                changed.activatedAt = min(row.activatedAt, activation)
                if isRezoned(row.id) {
                    changed.plannedSlot = nil
                    changed.rezonedAt = at
                }
            }
            if case .stage(let window) = schedule.rule, isOpened {
                let end = after.timekeeper.zone.endOfDay(window.end)
                changed.plannedThrough = max(changed.plannedThrough, end)
            }
            let cursor = changed.plannedThrough
            changed.nextAt = Decide.nextLook(schedule, changed, after: cursor, after, at)
        } else if row.endedAt == nil {
            changed.endedAt = at
            changed.nextAt = nil
        }
        if changed != row { changes.rows.append(changed) }
        if row.endedAt == nil, !isSame(row.id), let slot = superseded(row, by: changed) {
            changes.superseded.append(Superseded(schedule: row.id, slots: Passed(slot, .revised)))
        }
    }

    /// Whether both plans give a schedule the same slots.
    ///
    /// Where its zone was not known, those since then have not come yet.
    private func isSame(_ id: String) -> Bool {
        guard let left = old[id], let right = new[id], hasSameSlots(left.rule, right.rule) else {
            return false
        }
        let bounds = (before.programme.from, before.programme.until)
        guard bounds == (after.programme.from, after.programme.until) else { return false }
        guard let version = left.keeper(in: before)?.version else { return true }
        return version == right.keeper(in: after)?.version
    }

    /// Whether two rules have the same slots; how long their duties last is another matter.
    private func hasSameSlots(_ left: Schedule.Rule, _ right: Schedule.Rule) -> Bool {
        if case .every(let before, _) = left, case .every(let after, _) = right {
            return before == after
        }
        return left == right
    }

    /// Whether a changed plan puts a schedule onto other clocks.
    private func isRezoned(_ id: String) -> Bool {
        old[id]?.keeper(in: before)?.zone.name != new[id]?.keeper(in: after)?.zone.name
    }

    /// The next slot of the old rule, if it comes no more under the new plan.
    private func superseded(_ row: ScheduleRow, by changed: ScheduleRow) -> Occurrence? {
        guard let schedule = old[row.id],
            let next = schedule.next(
                after: row.plannedThrough,
                activation: row.activatedAt,
                in: before
            )
        else { return nil }
        guard let schedule = new[row.id],
            let place = schedule.occurrence(of: next.key, in: after)?.nominal,
            place > changed.plannedThrough
        else { return next }
        let cursor = place - Span(microseconds: 1)
        let same = schedule.next(after: cursor, activation: changed.activatedAt, in: after)
        return same?.key == next.key ? nil : next
    }
}
