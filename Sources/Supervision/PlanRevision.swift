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

    /// Works out how a schedule goes on that has a row.
    ///
    /// - Parameters:
    ///   - row: The schedule's row; everything due is worked off.
    ///   - isOpened: Whether the schedule has opened a duty: a stage opens one only, whatever
    ///     becomes of its date.
    ///   - activation: From when on a schedule falls due that begins again.
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
            }
            if !isSame(row.id) || row.endedAt != nil {
                changed.plannedThrough = max(row.plannedThrough, at)
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
        if row.endedAt == nil, let slot = superseded(row) {
            changes.superseded.append(Superseded(schedule: row.id, slots: Passed(slot, .revised)))
        }
    }

    /// Whether both plans give a schedule the same slots.
    private func isSame(_ id: String) -> Bool {
        guard let left = old[id], let right = new[id], left.rule == right.rule else { return false }
        let bounds = (before.programme.from, before.programme.until)
        return left.keeper(in: before)?.version == right.keeper(in: after)?.version
            && bounds == (after.programme.from, after.programme.until)
    }

    /// The next slot of the old rule, if the new plan does not have it.
    private func superseded(_ row: ScheduleRow) -> Occurrence? {
        guard let schedule = old[row.id],
            let next = schedule.next(
                after: row.plannedThrough,
                activation: row.activatedAt,
                in: before
            )
        else { return nil }
        let cursor = next.nominal - Span(microseconds: 1)
        let same = new[row.id]?.next(after: cursor, activation: row.activatedAt, in: after)
        return same?.key == next.key ? nil : next
    }
}
