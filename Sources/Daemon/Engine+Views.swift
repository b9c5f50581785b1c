import CivilTime
import DubanAPI
import Ledger
import Supervision

/// Rows and records as the wire shows them, with the names that people read.
extension Engine {
    func names(_ names: Supervision.Names?) -> DubanAPI.Names {
        DubanAPI.Names(en: names?.en, zh: names?.zh)
    }

    func view(_ duty: Duty, _ turn: Turn) throws -> DutyAPI.Duty {
        let context = try turn.state.book.context(of: duty, turn.tx)
        let plan = context?.plan ?? turn.state.book.plans[duty.programme]
        let item = context?.item
        let now = turn.now.wall
        let isLate = duty.isLate(at: now)
        let until = duty.state.isOwed ? now : duty.submittedAt ?? duty.settledAt ?? now
        let lateness = isLate ? plan?.timekeeper.lateness(due: duty.dueAt, at: until) : 0
        let chain = plan.flatMap { plan in item.map { Chain(plan: plan, item: $0) } }
        let holder = chain?.holder(duty.obligor)
        return DutyAPI.Duty(
            number: duty.number,
            id: duty.id,
            kind: DutyAPI.Kind(rawValue: duty.kind.rawValue) ?? .account,
            state: DutyAPI.State(rawValue: duty.state.rawValue) ?? .open,
            programme: duty.programme,
            item: duty.item,
            itemNames: names(item?.names),
            unit: duty.unit,
            unitNames: names(plan?.units[duty.unit]?.names),
            post: duty.obligor.description,
            person: holder?.id ?? duty.person,
            personName: holder?.name ?? duty.person,
            superior: duty.superior?.description,
            zone: plan?.timekeeper.zone.name ?? "UTC",
            openMicros: duty.openAt.microseconds,
            dueMicros: duty.dueAt.microseconds,
            originalDueMicros: duty.originalDueAt.microseconds,
            provisional: duty.isProvisional,
            late: isLate,
            lateWorkdays: Int64(lateness ?? 0),
            attempt: duty.attempt,
            cycle: duty.cycle,
            round: duty.round,
            subject: duty.subject,
            root: duty.root,
            period: duty.period,
            schedule: duty.schedule,
            requirements: try requirements(duty, item, turn),
            criteria: duty.kind.isSubmitted ? item?.criteria ?? [] : [],
            followUpMicros: duty.followsUp ? duty.escalateAt?.microseconds : nil,
            submittedMicros: duty.submittedAt?.microseconds,
            submittedBy: duty.submittedBy,
            settledMicros: duty.settledAt?.microseconds,
            settledReason: duty.settledReason?.rawValue,
            unattended: duty.isUnattended,
            note: try duty.note.flatMap { try text($0, turn) },
            settledBy: settlingVerbs(duty)
        )
    }

    /// What an account asks for stands in the plan; what a rectify duty asks for, in its finding.
    private func requirements(_ duty: Duty, _ item: Item?, _ turn: Turn) throws -> String? {
        switch duty.kind {
        case .account: item?.requirements
        case .rectify: try duty.finding.flatMap { try turn.tx.finding($0)?.summary }
        case .inspect, .review, .supervise: nil
        }
    }

    private func settlingVerbs(_ duty: Duty) -> [String] {
        guard duty.state.isOwed else { return [] }
        switch duty.kind {
        case .account, .rectify: return ["submit"]
        case .review: return ["accept", "return"]
        case .supervise: return ["urge"]
        case .inspect: return []
        }
    }

    /// A person's text, if it was not erased.
    func text(_ digest: Digest, _ turn: Turn) throws -> String? {
        try turn.tx.note(digest)?.text
    }

    // MARK: Entries

    /// - Throws: what the view throws.
    func entry(_ record: Record, _ turn: Turn) throws -> DutyAPI.Entry {
        let duty = try record.number.flatMap { try turn.tx.duty($0) }
        var entry = try blank(record, duty, turn)
        try fill(&entry, record.payload, turn)
        return entry
    }

    private func blank(_ record: Record, _ duty: Duty?, _ turn: Turn) throws -> DutyAPI.Entry {
        let context = try duty.flatMap { try turn.state.book.context(of: $0, turn.tx) }
        let plan = context?.plan
        let item = context?.item
        let chain = plan.flatMap { plan in item.map { Chain(plan: plan, item: $0) } }
        let holder = duty.flatMap { chain?.holder($0.obligor) }
        var uid: Int64?
        if case .kernel(let value) = record.actor { uid = Int64(value) }
        return DutyAPI.Entry(
            seq: record.seq,
            atMicros: record.at.microseconds,
            effectiveMicros: record.effective.microseconds,
            action: record.payload.action.rawValue,
            actor: record.actor.kind,
            uid: uid,
            person: record.person,
            personName: record.person.flatMap { turn.state.book.person($0)?.name },
            post: record.post?.description,
            via: record.via,
            reason: record.reason.rawValue,
            number: record.number,
            kind: duty.flatMap { DutyAPI.Kind(rawValue: $0.kind.rawValue) },
            item: duty?.item,
            itemNames: names(item?.names),
            unit: duty?.unit,
            unitNames: names(duty.flatMap { plan?.units[$0.unit]?.names }),
            obligor: duty?.obligor.description,
            obligorName: holder?.name,
            subject: duty?.subject,
            root: duty?.root,
            zone: (plan ?? turn.state.book.plans.values.first)?.timekeeper.zone.name ?? "UTC"
        )
    }

    private func fill(_ entry: inout DutyAPI.Entry, _ payload: Payload, _ turn: Turn) throws {
        switch payload {
        case .genesis(let genesis): entry.summary = genesis.origin
        case .adopt(let adoption):
            entry.summary = adoption.programme.id
            entry.count = Int64(adoption.schedules.count)
            let plan = turn.state.book.plans[adoption.programme.id]
            entry.itemNames = names(plan?.programme.names)
            entry.zone = plan?.timekeeper.zone.name ?? entry.zone
        case .open(let opening):
            entry.dueMicros = opening.duty.dueAt.microseconds
            entry.round = opening.duty.kind == .supervise ? opening.duty.round : nil
        case .revise(let revising):
            entry.summary = revising.programme.id
            fill(&entry, revising)
            let plan = turn.state.book.plans[revising.programme.id]
            entry.itemNames = names(plan?.programme.names)
            entry.zone = plan?.timekeeper.zone.name ?? entry.zone
        case .pass(let passing):
            name(&entry, schedule: passing.progress.schedule, turn)
            fill(&entry, passing.slots)
        case .pause(let pausing):
            name(&entry, schedule: pausing.schedule, turn)
            entry.untilMicros = pausing.pause.until.microseconds
            entry.note = try text(pausing.pause.note, turn)
        case .resume(let resuming):
            name(&entry, schedule: resuming.schedule, turn)
            entry.note = try resuming.note.flatMap { try text($0, turn) }
        case .backfill(let backfilling):
            name(&entry, schedule: backfilling.schedule, turn)
            entry.count = backfilling.count
            entry.fromMicros = backfilling.from.microseconds + 1
            entry.untilMicros = backfilling.until.microseconds + 1
        case .recalendar(let moves):
            entry.summary = "\(moves.before) → \(moves.after)"
            entry.count = Int64(moves.schedules.count + moves.duties.count)
            let plan = turn.state.book.plans[moves.programme]
            entry.itemNames = names(plan?.programme.names)
            entry.zone = plan?.timekeeper.zone.name ?? entry.zone
        case .tick(let tick): entry.summary = tick.bootID
        case .remind(let reminding):
            entry.dueMicros = reminding.dueAt.microseconds
            entry.count = reminding.passed
            entry.job = reminding.job
        case .submit(let submission):
            entry.note = try text(submission.note, turn)
            entry.count = submission.late ? submission.lateWorkdays : nil
        case .accept(let acceptance):
            entry.note = try acceptance.note.flatMap { try text($0, turn) }
            entry.summary = acceptance.singleSignature ? "single-signature" : nil
        case .return(let returning):
            entry.note = try text(returning.note, turn)
            entry.dueMicros = returning.dueAt.microseconds
        case .urge(let urging):
            entry.note = try urging.note.flatMap { try text($0, turn) }
            entry.followUpMicros = urging.followUpAt.microseconds
        case .settle, .moot: break
        case .unattended(let unattended): entry.followUpMicros = unattended.againAt.microseconds
        case .find(let finding):
            entry.summary = finding.summary
            entry.count = finding.number
        case .finish(let finish):
            entry.job = finish.job
            entry.outcome = finish.outcome?.rawValue ?? finish.state.rawValue
            entry.summary = finish.summary
            entry.count = finish.attempt
        }
    }

    /// How many slots passed, from when to when, and why where it is one cause for all.
    private func fill(_ entry: inout DutyAPI.Entry, _ slots: [Passed]) {
        entry.count = slots.reduce(0) { $0 + $1.count }
        entry.fromMicros = slots.first?.from.microseconds
        entry.untilMicros = slots.last?.through.microseconds
        let causes = Set(slots.map(\.cause))
        entry.cause = causes.count == 1 ? causes.first?.rawValue : nil
    }

    /// Which revision of the plan it is, and what became of schedules.
    private func fill(_ entry: inout DutyAPI.Entry, _ revising: Revising) {
        entry.revision = revising.programme.revision
        let going = revising.schedules.filter { $0.endedAt == nil }
        let added = going.count { $0.isNew }
        entry.added = Int64(added)
        entry.changed = Int64(going.count - added)
        entry.ended = Int64(revising.schedules.count - going.count)
    }

    /// Names the schedule that an entry is about, with its item and unit.
    private func name(_ entry: inout DutyAPI.Entry, schedule id: String, _ turn: Turn) {
        let schedule = turn.state.book.schedule(id)
        entry.summary = id
        entry.schedule = id
        entry.item = schedule?.item.id
        entry.itemNames = names(schedule?.item.names)
        entry.unit = schedule?.item.lead
    }
}
