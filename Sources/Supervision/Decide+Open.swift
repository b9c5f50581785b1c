import CivilTime
import Ledger

extension Decide {
    /// Opens the duty of a schedule's slot, and the job of an inspection.
    static func open(
        _ schedule: Schedule,
        _ slot: Occurrence,
        _ plan: Plan,
        _ row: ScheduleRow,
        _ draft: inout Draft
    ) throws {
        let chain = Chain(plan: plan, item: schedule.item)
        var duty = blank(schedule.kind, chain.obligor, chain, schedule.item, plan, &draft)
        duty.number = try draft.nextDuty()
        duty.root = duty.number
        duty.id = "\(schedule.id)@\(slot.key)"
        duty.openAt = max(slot.openAt, row.activatedAt)
        duty.dueAt = slot.dueAt
        duty.originalDueAt = slot.dueAt
        duty.isProvisional = slot.isProvisional
        duty.term = term(schedule, slot, duty.openAt, plan.timekeeper)
        duty.period = slot.period
        duty.schedule = schedule.id
        duty.escalateAt = slot.dueAt
        if schedule.kind.isSubmitted { duty.reminders = reminders(duty, plan) }
        let opening = Opening(
            duty: duty,
            progress: progress(schedule, slot, plan, row),
            timekeeping: plan.timekeeper.version,
            skipped: [],
            supervised: []
        )
        try draft.record(
            .open(opening),
            number: duty.number,
            reason: .scheduled,
            by: .timer,
            effective: duty.openAt
        )
        if let inspection = schedule.inspection { try run(inspection, duty, &draft) }
    }

    /// A stage that opens after its first day, by a late adoption, has so many days less.
    private static func term(
        _ schedule: Schedule,
        _ slot: Occurrence,
        _ openAt: Instant,
        _ keeper: Timekeeper
    ) -> Term {
        guard case .stage = schedule.rule, openAt > slot.openAt else { return slot.term }
        let first = keeper.zone.local(openAt).date
        return .days(max(1, keeper.referenceDay(slot.dueAt).dayNumber - first.dayNumber + 1))
    }

    /// Makes the job that performs an inspection.
    static func run(
        _ inspection: Inspection,
        _ duty: Duty,
        _ draft: inout Draft
    ) throws {
        let input = CheckInput(
            argv: inspection.run,
            timeLimitSeconds: Int64(inspection.timeLimitSeconds)
        )
        let text = String(decoding: try CanonicalEncoder.encode(input).bytes, as: UTF8.self)
        draft.set(
            Job(
                id: try draft.nextJob(),
                queue: Queue.inspect,
                label: inspection.on,
                number: duty.number,
                attempts: Int64(inspection.attempts),
                readyAt: draft.now.wall,
                input: text
            )
        )
    }

    /// Opens a review, supervise or rectify duty that follows from another duty.
    static func open(
        _ kind: DutyKind,
        for subject: Duty,
        on obligor: Post,
        _ following: Following,
        _ draft: inout Draft
    ) throws -> Duty {
        let (plan, chain) = try draft.context(subject)
        guard let item = plan.itemsByID[subject.item] else { return subject }
        var duty = blank(kind, obligor, chain, item, plan, &draft)
        duty.number = try draft.nextDuty()
        duty.id = "\(subject.programme)/\(subject.item)/\(following.role)"
        duty.openAt = draft.now.wall
        let due = due(following, plan, draft.now.wall)
        duty.dueAt = due.instant
        duty.originalDueAt = due.instant
        duty.isProvisional = due.isProvisional
        duty.term = following.term
        duty.escalateAt = due.instant
        duty.root = kind.isSuperiors ? subject.root : duty.number
        duty.subject = kind.isSuperiors ? subject.number : nil
        duty.finding = following.finding
        duty.schedule = kind.isSuperiors ? nil : subject.schedule
        if kind.isSubmitted { duty.reminders = reminders(duty, plan) }
        let opening = Opening(
            duty: duty,
            progress: nil,
            timekeeping: plan.timekeeper.version,
            skipped: following.skipped,
            supervised: following.supervised
        )
        try draft.record(
            .open(opening),
            number: duty.number,
            reason: following.reason,
            by: .rule,
            effective: following.start
        )
        return duty
    }

    /// The term counts from the nominal instant, so that recording late shortens nothing by a day;
    /// after a downtime that ate more than a tenth of it, from now (accountability, section 19).
    private static func due(_ following: Following, _ plan: Plan, _ now: Instant) -> Deadline {
        let nominal = plan.timekeeper.deadline(from: following.start, term: following.term)
        let whole = nominal.instant - following.start
        let left = nominal.instant - now
        if left.microseconds >= whole.microseconds / 10 * 9 { return nominal }
        return plan.timekeeper.deadline(from: now, term: following.term)
    }

    private static func blank(
        _ kind: DutyKind,
        _ obligor: Post,
        _ chain: Chain,
        _ item: Item,
        _ plan: Plan,
        _ draft: inout Draft
    ) -> Duty {
        Duty(
            number: 0,
            id: "",
            kind: kind,
            state: .open,
            programme: plan.programme.id,
            item: item.id,
            unit: chain.unit(obligor),
            obligor: obligor,
            person: chain.holder(obligor)?.id ?? "",
            superior: chain.superior(above: obligor)?.post,
            openAt: draft.now.wall,
            dueAt: draft.now.wall,
            originalDueAt: draft.now.wall,
            isProvisional: false,
            term: plan.ladder.supervise,
            root: 0,
            attempt: 1,
            cycle: 1,
            round: 0,
            followsUp: false,
            isUnattended: false,
            reminders: [],
            remindersFired: 0
        )
    }

    /// Offsets that are not shorter than the term are not planned (contract 7).
    static func reminders(_ duty: Duty, _ plan: Plan) -> [Instant] {
        let keeper = plan.timekeeper
        let shorter = plan.ladder.before.filter {
            keeper.deadline(from: duty.openAt, term: $0).instant < duty.dueAt
        }
        let before = shorter.map { keeper.before(duty.dueAt, $0) }
        let after = plan.ladder.after.map { keeper.after(duty.dueAt, $0) }
        return (before.filter { $0 > duty.openAt } + after).sorted()
    }
}

/// What a duty that follows from another one is due to.
struct Following {
    /// The last part of its identity.
    var role: String
    /// The nominal instant from which its term runs.
    var start: Instant
    /// How long its obligor has.
    var term: Term
    /// Why it opens.
    var reason: Reason
    /// The posts passed over.
    var skipped: [Post] = []
    /// The late duties below, from the subject to the matter.
    var supervised: [Int64] = []
    /// The finding that it puts right.
    var finding: Int64?
}
