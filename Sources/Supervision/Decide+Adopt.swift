import CivilTime
import Ledger

extension Decide {
    /// Adopts a plan: its schedules start at this moment, nothing older falls due (contract 8).
    static func adopt(
        _ plan: Plan,
        _ text: String,
        _ digest: Digest,
        _ name: String,
        _ caller: Caller,
        _ draft: inout Draft
    ) throws -> Reply {
        let id = plan.programme.id
        if let row = try draft.view.programme(id) {
            guard row.digest == digest else {
                throw Refusal.alreadyAdopted(id, digest: "\(row.digest)")
            }
            return .adopted(programme: id, seq: -1)
        }
        let now = draft.now.wall
        let schedules = Schedule.all(of: plan).map { schedule in
            let first = schedule.next(after: now, activation: now, in: plan)
            return ScheduleRow(
                id: schedule.id,
                programme: id,
                item: schedule.item.id,
                role: schedule.role,
                activatedAt: now,
                plannedThrough: now,
                nextAt: first.map { max($0.openAt, now) }
            )
        }
        let row = ProgrammeRow(
            id: id,
            digest: digest,
            name: name,
            adoptedAt: now,
            timekeeping: plan.timekeeper.version
        )
        draft.keep(planText: text, digest)
        let author = Author(
            actor: .kernel(uid: caller.uid),
            person: draft.plans.personByUID[caller.uid],
            via: caller.via
        )
        let adoption = Adoption(programme: row, schedules: schedules)
        let seq = try draft.record(.adopt(adoption), number: nil, reason: .adopted, by: author)
        return .adopted(programme: id, seq: seq)
    }
}
