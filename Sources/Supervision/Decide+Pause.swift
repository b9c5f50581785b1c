import CivilTime
import Ledger

/// The longest pause, in days; it can be renewed.
private let pauseLimit: Int64 = 30

/// Somebody who operates a schedule.
struct Operating {
    /// The schedule.
    let schedule: Schedule
    /// Its plan.
    let plan: Plan
    /// Its row.
    let row: ScheduleRow
    /// Who the records name.
    let author: Author
    /// Sixteen random bytes for a text's commitment.
    let salt: [UInt8]

    /// - Throws: `Refusal` if there is no such schedule, or the caller stands neither above the
    ///   obligor nor among the operators.
    init(_ id: String, _ caller: Caller, _ salt: [UInt8], _ draft: Draft) throws {
        guard let schedule = draft.plans.schedules[id], let row = try draft.schedule(id),
            let plan = draft.plans.plans[row.programme]
        else { throw Refusal.noSuchSchedule(id) }
        let chain = Chain(plan: plan, item: schedule.item)
        let person = draft.plans.personByUID[caller.uid]
        let post = person.flatMap(chain.post(of:))
        // Nobody lets their own check rest, whatever post they hold beside, while another is above.
        let above = chain.superior(above: chain.obligor)
        let isOwn = person != nil && chain.holder(chain.obligor)?.id == person && above != nil
        guard caller.isOperator || (post != nil && !isOwn) else {
            let holder = chain.superior(above: chain.obligor)?.post
            let name = holder.flatMap(chain.holder)?.name ?? "nobody"
            throw Refusal.notAllowed("an operator, \(name) or somebody above may do this")
        }
        self.schedule = schedule
        self.plan = plan
        self.row = row
        self.salt = salt
        author = Author(
            actor: .kernel(uid: caller.uid),
            person: person,
            post: post,
            via: caller.via
        )
    }

    /// The person, or the uid of an operator who is none.
    var name: String {
        if let person = author.person { return person }
        if case .kernel(let uid) = author.actor { return "uid \(uid)" }
        return "unknown"
    }
}

extension Decide {
    /// Pauses a schedule: its slots are skipped until the end; open duties stay owed.
    static func pause(
        _ operating: Operating,
        _ until: Instant,
        _ reason: String,
        _ draft: inout Draft
    ) throws -> Reply {
        let (schedule, now) = (operating.schedule, draft.now.wall)
        guard schedule.kind == .inspect else {
            let text = "what people owe is not paused; only schedules of checks are"
            throw Refusal.wrongScheduleState(schedule.id, text)
        }
        guard until > now else {
            throw Refusal.badArgument("until", "it has passed; name an instant that lies ahead")
        }
        guard until - now <= .days(pauseLimit) else {
            let text = "a pause lasts at most \(pauseLimit) days; renew it when it ends"
            throw Refusal.badArgument("until", text)
        }
        let row = try workOff(operating, &draft)
        let note = try commit(reason, "reason", salt: operating.salt, &draft)
        let pause = Pause(since: now, until: until, by: operating.name, note: note)
        var paused = row
        paused.pause = pause
        let pausing = Pausing(
            schedule: schedule.id,
            pause: pause,
            nextAt: nextLook(schedule, paused, after: row.plannedThrough, operating.plan, now)
        )
        let seq = try draft.record(
            .pause(pausing),
            number: nil,
            reason: .person,
            by: operating.author
        )
        return .operated(schedule: schedule.id, seq: seq)
    }

    /// Ends a pause before its time: the slots up to now are skipped, the next one runs.
    static func resume(
        _ operating: Operating,
        _ reason: String?,
        _ draft: inout Draft
    ) throws -> Reply {
        let (schedule, now) = (operating.schedule, draft.now.wall)
        guard let pause = operating.row.pause, now < pause.until else {
            throw Refusal.wrongScheduleState(schedule.id, "it is not paused")
        }
        let row = try workOff(operating, &draft)
        let note = try reason.map { try commit($0, "reason", salt: operating.salt, &draft) }
        var resumed = row
        resumed.pause = nil
        let resuming = Resuming(
            schedule: schedule.id,
            note: note,
            nextAt: nextLook(schedule, resumed, after: row.plannedThrough, operating.plan, now)
        )
        let seq = try draft.record(
            .resume(resuming),
            number: nil,
            reason: .person,
            by: operating.author
        )
        return .operated(schedule: schedule.id, seq: seq)
    }

    /// Gives the slots that have come their dispositions by what was in force until now.
    private static func workOff(
        _ operating: Operating,
        _ draft: inout Draft
    ) throws -> ScheduleRow {
        _ = try materialise(operating.row, 256, byNominal: true, &draft)
        if draft.isUnfinished {
            throw Refusal.busy("slots that are due are being worked off; try again in a moment")
        }
        return try draft.schedule(operating.row.id) ?? operating.row
    }
}
