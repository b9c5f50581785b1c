import CivilTime
import Ledger

/// A plan's text as it came.
struct PlanSource {
    var text: String
    var digest: Digest
    var name: String
}

/// How many slots of a plan in force a revision opens itself before it asks to wait.
private let backlogBound = 10_000

extension Decide {
    /// Adopts a plan: its schedules start at this moment, nothing older falls due (contract 8), but
    /// where a person of the plan signs an earlier instant.
    static func adopt(
        _ plan: Plan,
        _ source: PlanSource,
        _ caller: Caller,
        _ from: Instant?,
        _ draft: inout Draft
    ) throws -> Reply {
        let id = plan.programme.id
        let author = Author(
            actor: .kernel(uid: caller.uid),
            person: draft.plans.personByUID[caller.uid],
            via: caller.via
        )
        let activation = try activation(from, plan, author, draft.now.wall)
        if let row = try draft.programme(id) {
            if row.digest == source.digest { return .adopted(programme: id, seq: -1) }
            return try revise(plan, source, row, activation, author, &draft)
        }
        let now = draft.now.wall
        let schedules = Schedule.all(of: plan).map { started($0, plan, activation, now) }
        let row = ProgrammeRow(
            id: id,
            digest: source.digest,
            name: source.name,
            adoptedAt: now,
            timekeeping: plan.timekeeper.fullVersion,
            revision: 1
        )
        draft.keep(planText: source.text, source.digest)
        let adoption = Adoption(programme: row, schedules: schedules)
        let seq = try draft.record(.adopt(adoption), number: nil, reason: .adopted, by: author)
        return .adopted(programme: id, seq: seq)
    }

    /// Since when slots fall due: now, or earlier if a named person signs for it.
    private static func activation(
        _ from: Instant?,
        _ plan: Plan,
        _ author: Author,
        _ now: Instant
    ) throws -> Instant {
        guard let from else { return now }
        guard from <= now else {
            throw Refusal.badArgument("from", "it lies ahead; a plan starts when it is adopted")
        }
        guard let person = author.person, author.actor != .kernel(uid: 0),
            plan.persons[person] != nil
        else {
            let text = "a person of the plan must sign that older slots fall due, not an operator"
            throw Refusal.notAllowed(text)
        }
        return from
    }

    /// The row of a schedule that starts.
    private static func started(
        _ schedule: Schedule,
        _ plan: Plan,
        _ activation: Instant,
        _ now: Instant
    ) -> ScheduleRow {
        let first = schedule.next(after: activation, activation: activation, in: plan)
        return ScheduleRow(
            id: schedule.id,
            programme: plan.programme.id,
            item: schedule.item.id,
            role: schedule.role,
            activatedAt: activation,
            plannedThrough: activation,
            nextAt: first.map { max($0.openAt, min(activation, now)) }
        )
    }

    // MARK: Changed plans

    /// Puts a changed plan in force: what was due under the old rules gets its disposition by them,
    /// and the new ones begin strictly after that, so that no slot is lost and none comes twice.
    private static func revise(
        _ plan: Plan,
        _ source: PlanSource,
        _ old: ProgrammeRow,
        _ activation: Instant,
        _ author: Author,
        _ draft: inout Draft
    ) throws -> Reply {
        let id = plan.programme.id
        guard let before = draft.plans.plans[id] else {
            throw StoreError.inconsistent("programme \(id) has no plan")
        }
        let revision = PlanRevision(before: before, after: plan, at: draft.now.wall)
        try workOff(id, revision, &draft)
        let rows = try draft.schedules(programme: id)
        var changes = PlanRevision.Changes()
        for old in rows {
            let isOpened = try draft.newest(schedule: old.id) != nil
            revision.change(old, isOpened: isOpened, activation, &changes)
        }
        let known = Set(rows.map(\.id))
        for schedule in Schedule.all(of: plan) where !known.contains(schedule.id) {
            changes.rows.append(started(schedule, plan, activation, draft.now.wall))
        }
        let row = ProgrammeRow(
            id: id,
            digest: source.digest,
            name: source.name,
            adoptedAt: draft.now.wall,
            timekeeping: plan.timekeeper.fullVersion,
            revision: old.revision + 1
        )
        draft.keep(planText: source.text, source.digest)
        let revising = Revising(
            programme: row,
            schedules: changes.rows,
            superseded: changes.superseded
        )
        let seq = try draft.record(.revise(revising), number: nil, reason: .revised, by: author)
        return .adopted(programme: id, seq: seq)
    }

    /// Gives every slot its disposition that is due under the plan in force and that the changed
    /// plan would treat otherwise.
    ///
    /// - Throws: `Refusal.busy` if there are too many for one turn; they are worked off in the next
    ///   ones.
    private static func workOff(
        _ programme: String,
        _ revision: PlanRevision,
        _ draft: inout Draft
    ) throws {
        var left = backlogBound
        for row in try draft.schedules(programme: programme) {
            guard row.nextAt != nil, !revision.isKept(row.id) else { continue }
            left -= try materialise(row, left, byNominal: true, &draft)
            guard left > 0, !draft.isUnfinished else {
                throw Refusal.busy("slots that are due are being worked off; try again in a moment")
            }
        }
    }
}
