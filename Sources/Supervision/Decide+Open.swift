import CivilTime
import Ledger

extension Decide {
    /// Opens the duty of a schedule's slot, and makes the job of an inspection.
    static func open(
        _ schedule: Schedule,
        _ slot: Occurrence,
        _ plan: Plan,
        _ row: ScheduleRow,
        _ opening: SlotOpening,
        _ way: Way,
        _ draft: inout Draft
    ) throws {
        let chain = Chain(plan: plan, item: schedule.item)
        var duty = blank(schedule.kind, chain.obligor, chain, schedule.item, plan, &draft)
        let keeper = schedule.keeper(in: plan) ?? plan.timekeeper
        duty.number = try draft.nextDuty()
        duty.root = duty.number
        duty.id = opening.identity ?? "\(schedule.id)@\(slot.key)"
        duty.openAt = max(slot.openAt, row.activatedAt)
        duty.dueAt = slot.dueAt
        duty.isProvisional = slot.isProvisional
        let start = try start(of: opening, way, &draft)
        if let start {
            // What runs later than its slot has its whole time from when it may begin.
            let due = keeper.deadline(from: start, term: slot.term)
            duty.dueAt = max(due.instant, slot.dueAt)
            duty.isProvisional = due.isProvisional
        }
        duty.originalDueAt = duty.dueAt
        duty.term = term(schedule, slot, duty.openAt, keeper)
        duty.period = slot.period
        duty.schedule = schedule.id
        duty.escalateAt = duty.dueAt
        if schedule.kind.isSubmitted { duty.reminders = reminders(duty, plan) }
        let payload = Opening(
            duty: duty,
            progress: opening.progress,
            timekeeping: keeper.version,
            skipped: [],
            supervised: [],
            origin: opening.origin == .regular ? nil : opening.origin,
            instead: opening.instead
        )
        try draft.record(
            .open(payload),
            number: duty.number,
            reason: opening.reason,
            by: opening.author,
            effective: duty.openAt
        )
        if let inspection = schedule.inspection {
            let origin = opening.origin
            try run(
                inspection,
                duty,
                origin: origin,
                after: way.job,
                from: start ?? slot.openAt,
                &draft
            )
        }
    }

    /// When a run of a backlog may begin; nil for a slot that came in time.
    private static func start(
        of opening: SlotOpening,
        _ way: Way,
        _ draft: inout Draft
    ) throws -> Instant? {
        switch opening.origin {
        case .regular: nil
        case .backfill: draft.now.wall
        case .catchUp: way.job == nil ? try draft.paced() : draft.now.wall
        }
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
        origin: JobOrigin = .regular,
        after: Int64? = nil,
        from: Instant? = nil,
        _ draft: inout Draft
    ) throws {
        let input = CheckInput(
            argv: inspection.run,
            timeLimitSeconds: Int64(inspection.timeLimitSeconds)
        )
        let text = String(decoding: try CanonicalEncoder.encode(input).bytes, as: UTF8.self)
        var job = Job(
            id: try draft.nextJob(),
            queue: Queue.inspect,
            label: inspection.on,
            number: duty.number,
            attempts: Int64(inspection.attempts),
            readyAt: draft.now.wall,
            input: text
        )
        job.origin = origin
        job.after = after
        job.notBefore = max(job.readyAt, from ?? job.readyAt)
        draft.set(job)
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

/// How a slot's duty comes to be opened.
struct SlotOpening {
    /// How far the schedule is worked off with it; nil for a slot that lies behind the mark.
    var progress: Progress?
    /// What brought it about.
    var origin: JobOrigin
    /// The record that says why the slot passed at first.
    var instead: Int64?
    /// The identity of the duty; nil for the schedule's and the slot's.
    var identity: String?
    /// Who has it opened.
    var author = Author.timer

    /// The word of its record.
    var reason: Reason {
        switch origin {
        case .regular: .scheduled
        case .catchUp: .catchUp
        case .backfill: .backfilled
        }
    }
}
