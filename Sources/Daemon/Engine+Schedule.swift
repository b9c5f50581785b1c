import CivilTime
import DubanAPI
import Ledger
import Messages
import PlanFile
import Supervision
import Varlink

/// How many schedules one page shows.
private let schedulePage = 100

extension Engine {
    func handleSchedule(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        switch verb(context) {
        case "List": try listSchedules(context, turn)
        case "Get":
            try JSONCoder.encode(
                ScheduleAPI.GetReply(
                    schedule: try view(
                        schedule: context.parameters(ScheduleAPI.GetCall.self).schedule,
                        turn
                    )
                )
            )
        case "Agenda": try agenda(context, turn)
        case "Explain": try explain(context, turn)
        case "Pause": try pause(context, &turn)
        case "Resume": try resume(context, &turn)
        default: try backfill(context, &turn)
        }
    }

    // MARK: Look

    private func listSchedules(_ context: CallContext, _ turn: Turn) throws -> JSON {
        let call = try context.parameters(ScheduleAPI.ListCall.self)
        let limit = max(1, min(schedulePage, Int(call.limit ?? Int64(schedulePage))))
        let after = call.after ?? ""
        let ids = turn.state.book.schedules.values
            .filter { schedule in
                (call.unit == nil || schedule.item.lead == call.unit)
                    && (call.programme == nil
                        || schedule.id.hasPrefix((call.programme ?? "") + "/"))
                    && schedule.id > after
            }
            .map(\.id).sorted()
        let page = try ids.prefix(limit).map { try view(schedule: $0, turn) }
        let next = ids.count > limit ? page.last?.schedule : nil
        return try JSONCoder.encode(ScheduleAPI.ListReply(schedules: page, next: next))
    }

    /// A schedule with its row.
    ///
    /// - Throws: `Refusal.noSuchSchedule`.
    private func parts(
        _ id: String,
        _ turn: Turn
    ) throws -> (schedule: Schedule, plan: Plan, row: ScheduleRow) {
        guard let row = try turn.tx.schedule(id) else { throw Refusal.noSuchSchedule(id) }
        let book = turn.state.book
        if let schedule = book.schedules[id], let plan = book.plans[row.programme] {
            return (schedule, plan, row)
        }
        for plan in book.former[row.programme] ?? [] {
            if let schedule = Schedule.all(of: plan).first(where: { $0.id == id }) {
                return (schedule, plan, row)
            }
        }
        throw Refusal.noSuchSchedule(id)
    }

    private func view(schedule id: String, _ turn: Turn) throws -> ScheduleAPI.Schedule {
        let (schedule, plan, row) = try parts(id, turn)
        let keeper = schedule.keeper(in: plan)
        let zone = (keeper ?? plan.timekeeper).zone
        var shown = ScheduleAPI.Schedule(
            schedule: id,
            programme: row.programme,
            item: schedule.item.id,
            itemNames: names(schedule.item.names),
            role: schedule.role,
            kind: schedule.kind.rawValue,
            unit: schedule.item.lead,
            unitNames: names(plan.units[schedule.item.lead]?.names),
            rule: schedule.ruleText,
            zone: zoneName(schedule, plan),
            calendar: plan.timekeeper.calendar.id,
            state: state(row, keeper, turn),
            activatedMicros: row.activatedAt.microseconds,
            plannedMicros: row.plannedThrough.microseconds,
            catchUp: schedule.policies.catchUp.description
        )
        if case .every(_, let within) = schedule.rule { shown.within = within.description }
        if schedule.kind == .inspect {
            shown.overlap = schedule.policies.overlap.rawValue
            let jitter = schedule.policies.jitter.microseconds
            shown.jitterMicros = jitter > 0 ? jitter : nil
        }
        if row.endedAt == nil,
            let next = schedule.next(
                after: max(row.plannedThrough, turn.now.wall, pausedUntil(row, turn)),
                activation: row.activatedAt,
                in: plan
            )
        {
            shown.nextMicros = next.nominal.microseconds
            shown.nextUtc = next.nominal.rfc3339
            shown.nextLocal = zone.rfc3339(next.nominal)
        }
        try fill(last: &shown, schedule, row, plan, turn)
        shown.pause = try row.pause.flatMap { try wire($0, turn) }
        return shown
    }

    /// The last instant that a pause in force covers.
    private func pausedUntil(_ row: ScheduleRow, _ turn: Turn) -> Instant {
        guard let pause = row.pause, turn.now.wall < pause.until else { return .distantPast }
        return pause.until - Span(microseconds: 1)
    }

    private func zoneName(_ schedule: Schedule, _ plan: Plan) -> String {
        guard case .every(let expression, _) = schedule.rule, let name = expression.zoneName else {
            return plan.timekeeper.zone.name
        }
        return name
    }

    private func state(_ row: ScheduleRow, _ keeper: Timekeeper?, _ turn: Turn) -> ScheduleAPI.State
    {
        let now = turn.now.wall
        if row.endedAt != nil { return .ended }
        if keeper == nil { return .suspended }
        if let pause = row.pause, now < pause.until { return .paused }
        guard let next = row.nextAt else { return .ended }
        return next <= now ? .behind : .active
    }

    private func wire(_ pause: Pause, _ turn: Turn) throws -> ScheduleAPI.CurrentPause? {
        guard turn.now.wall < pause.until else { return nil }
        return ScheduleAPI.CurrentPause(
            sinceMicros: pause.since.microseconds,
            untilMicros: pause.until.microseconds,
            person: pause.by,
            personName: turn.state.book.person(pause.by)?.name ?? pause.by,
            reason: try text(pause.note, turn) ?? ""
        )
    }

    /// The newest slot that has its disposition: the duty that was opened last, or the slots that
    /// passed last.
    private func fill(
        last shown: inout ScheduleAPI.Schedule,
        _ schedule: Schedule,
        _ row: ScheduleRow,
        _ plan: Plan,
        _ turn: Turn
    ) throws {
        if let key = row.plannedSlot, let duty = try turn.tx.duty(id: "\(row.id)@\(key)") {
            let slot = schedule.occurrence(of: key, in: plan)
            shown.lastMicros = (slot?.nominal ?? duty.openAt).microseconds
            shown.lastDisposition = "opened"
            shown.lastNumber = duty.number
            return
        }
        // The run that ends with the last slot, else the newest of those before the mark.
        let runs = try turn.tx.passed(
            schedule: row.id,
            from: row.plannedThrough - .days(1),
            through: row.plannedThrough,
            limit: pageLimit
        )
        guard let slots = runs.last(where: { $0.slots.cause != .revised })?.slots else { return }
        shown.lastMicros = slots.through.microseconds
        shown.lastDisposition = slots.cause.disposition.rawValue
        shown.lastCause = slots.cause.rawValue
    }

    // MARK: Agenda

    private func agenda(_ context: CallContext, _ turn: Turn) throws -> JSON {
        let call = try context.parameters(ScheduleAPI.AgendaCall.self)
        let from = call.fromMicros.map { Instant(microseconds: $0) } ?? turn.now.wall
        let until = call.untilMicros.map { Instant(microseconds: $0) } ?? .distantFuture
        let count = clamp(call.count ?? 50)
        var entries: [(plan: Plan, entry: AgendaEntry)] = []
        for plan in turn.state.book.plans.values {
            let rows = try turn.tx.schedules(programme: plan.programme.id)
            let activated = Dictionary(rows.map { ($0.id, $0.activatedAt) }) { first, _ in first }
            // Nothing before the activation of a schedule falls due.
            let found = Agenda.occurrences(
                of: plan,
                from: max(from, activated.values.min() ?? from),
                until: until,
                count: count + 1,
                unit: call.unit
            )
            entries += found.filter { $0.nominal > activated[$0.schedule] ?? .distantPast }
                .map { (plan, $0) }
        }
        entries.sort { left, right in
            (left.entry.dueAt, left.entry.schedule) < (right.entry.dueAt, right.entry.schedule)
        }
        let reply = ScheduleAPI.AgendaReply(
            occurrences: try entries.prefix(count).map { try occurrence($0.entry, $0.plan, turn) },
            truncated: entries.count > count
        )
        return try JSONCoder.encode(reply)
    }

    private func occurrence(
        _ entry: AgendaEntry,
        _ plan: Plan,
        _ turn: Turn
    ) throws -> ScheduleAPI.Occurrence {
        let schedule = turn.state.book.schedules[entry.schedule]
        let zone = (schedule?.keeper(in: plan) ?? plan.timekeeper).zone
        let pause = try turn.tx.schedule(entry.schedule)?.pause
        let isPaused = pause.map { $0.since <= entry.nominal && entry.nominal < $0.until } ?? false
        return ScheduleAPI.Occurrence(
            schedule: entry.schedule,
            programme: entry.programme,
            item: entry.item.id,
            itemNames: names(entry.item.names),
            role: entry.role,
            kind: entry.kind.rawValue,
            unit: entry.unit.id,
            unitNames: names(entry.unit.names),
            period: entry.period,
            nominal: entry.key,
            openMicros: entry.openAt.microseconds,
            dueMicros: entry.dueAt.microseconds,
            utc: entry.dueAt.rfc3339,
            local: zone.rfc3339(entry.dueAt),
            zone: zone.name,
            dueDay: entry.dueDay?.description,
            provisional: entry.isProvisional,
            foreseen: isPaused ? .skipped : .opened,
            cause: isPaused ? PassCause.paused.rawValue : nil,
            clockMark: schedule.flatMap { clockMark(entry, $0, plan) }
        )
    }

    /// What a change of clocks does to a slot.
    private func clockMark(
        _ entry: AgendaEntry,
        _ schedule: Schedule,
        _ plan: Plan
    ) -> ScheduleAPI.ClockMark? {
        guard case .every(let expression, _) = schedule.rule else { return nil }
        return ScheduleAPI.ClockMark(
            of: entry.key,
            at: entry.nominal,
            by: expression,
            in: plan.timekeeper
        )
    }

    // MARK: Acts

    private func salt() -> [UInt8] {
        (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    private func pause(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        let call = try context.parameters(ScheduleAPI.PauseCall.self)
        return try once(call.requestId, context, &turn) { turn in
            try requireClock(context, turn)
            let event = Event.pause(
                schedule: call.schedule,
                until: Instant(microseconds: call.untilMicros),
                reason: call.reason,
                by: caller(context, turn),
                salt: salt()
            )
            return try operated(event, context, &turn)
        }
    }

    private func resume(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        let call = try context.parameters(ScheduleAPI.ResumeCall.self)
        return try once(call.requestId, context, &turn) { turn in
            try requireClock(context, turn)
            let event = Event.resume(
                schedule: call.schedule,
                reason: call.reason,
                by: caller(context, turn),
                salt: salt()
            )
            return try operated(event, context, &turn)
        }
    }

    private func operated(
        _ event: Event,
        _ context: CallContext,
        _ turn: inout Turn
    ) throws -> JSON {
        switch try turn.decide(event) {
        case .operated(let schedule, let seq):
            turn.state.nextWall = .min
            let shown = try view(schedule: schedule, turn)
            return try JSONCoder.encode(ScheduleAPI.PauseReply(schedule: shown, seq: seq))
        case .refused(let refusal): throw WireFailure(refusal, context.interface)
        default: throw StoreError.inconsistent("an act led to no answer")
        }
    }

    private func backfill(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        let call = try context.parameters(ScheduleAPI.BackfillCall.self)
        return try once(call.requestId, context, &turn, isNewWork: true) { turn in
            try requireClock(context, turn)
            let words = Overlap.allCases.map(\.rawValue).joined(separator: ", ")
            let overlap = call.overlap.map { Overlap(rawValue: $0) } ?? .queueAll
            guard let overlap else {
                throw WireFailure.badArgument(context.interface, "overlap", "one of \(words)")
            }
            // On the wire a range begins with its first instant and ends before its last.
            let range = Backfill(
                from: Instant(microseconds: call.fromMicros - 1),
                until: Instant(microseconds: call.untilMicros - 1),
                overlap: overlap
            )
            let event = Event.backfill(
                schedule: call.schedule,
                range,
                by: caller(context, turn)
            )
            switch try turn.decide(event) {
            case .backfilled(let done):
                turn.mayDispatch = true
                return try JSONCoder.encode(reply(done))
            case .refused(let refusal): throw WireFailure(refusal, context.interface)
            default: throw StoreError.inconsistent("a backfill led to no answer")
            }
        }
    }

    private func reply(_ done: Backfilled) -> ScheduleAPI.BackfillReply {
        ScheduleAPI.BackfillReply(
            schedule: done.schedule,
            opened: done.opened,
            passed: done.left.map { left in
                ScheduleAPI.Passed(
                    cause: left.cause.rawValue,
                    firstMicros: left.first.microseconds,
                    lastMicros: left.last.microseconds,
                    count: left.count
                )
            },
            throughMicros: done.through.microseconds + 1,
            seq: done.seq
        )
    }
}

extension Engine {
    // MARK: Explain

    fileprivate func explain(_ context: CallContext, _ turn: Turn) throws -> JSON {
        let call = try context.parameters(ScheduleAPI.ExplainCall.self)
        let at = Instant(microseconds: call.atMicros)
        let current = try parts(call.schedule, turn)
        let (revision, plan) = try inForce(current.row, at, current.plan, turn)
        // A schedule that the plan of that time did not have is explained by the one that has it.
        let then = Schedule.all(of: plan).first { $0.id == call.schedule }
        let schedule = then ?? current.schedule
        let used = then == nil ? current.plan : plan
        let found = try Explanation(
            of: current.row,
            schedule,
            in: used,
            at: at,
            now: turn.now.wall,
            turn.tx
        )
        let zone = (schedule.keeper(in: used) ?? used.timekeeper).zone
        let actual = try found.number.flatMap { try turn.tx.duty($0)?.openAt }
        let reply = ScheduleAPI.ExplainReply(
            schedule: try view(schedule: call.schedule, turn),
            atMicros: call.atMicros,
            utc: at.rfc3339,
            local: zone.rfc3339(at),
            verdict: verdict(found.verdict),
            cause: found.cause?.rawValue,
            number: found.number,
            seq: found.seq,
            nominal: found.slot?.key,
            slotMicros: found.slot?.nominal.microseconds,
            actualMicros: (actual ?? found.slot?.openAt)?.microseconds,
            previousMicros: found.previous?.microseconds,
            nextMicros: found.next?.microseconds,
            revision: revision?.revision,
            revisionDigest: revision?.digest.description,
            fields: fields(schedule, used, at)
        )
        return try JSONCoder.encode(reply)
    }

    private func verdict(_ verdict: Explanation.Verdict) -> ScheduleAPI.Verdict {
        switch verdict {
        case .opened: .opened
        case .skipped: .skipped
        case .missed: .missed
        case .superseded: .superseded
        case .pending: .pending
        case .future: .future
        case .none: .noSlot
        case .ended: .ended
        case .beforeActivation: .beforeActivation
        case .suspended: .suspended
        }
    }

    /// The plan that was in force at an instant; today's where its text cannot be read any more.
    private func inForce(
        _ row: ScheduleRow,
        _ at: Instant,
        _ plan: Plan,
        _ turn: Turn
    ) throws -> (RevisionRow?, Plan) {
        let revisions = try turn.tx.revisions(programme: row.programme)
        guard let then = revisions.first(where: { $0.adoptedAt <= at }) ?? revisions.last else {
            return (nil, plan)
        }
        if then.digest == revisions.first?.digest {
            return (then, turn.state.book.plans[row.programme] ?? plan)
        }
        guard let text = try turn.tx.planText(then.digest),
            let old = PlanReading(reader.allowingMissingData, text, then.digest, then.name).plan
        else { return (then, plan) }
        return (then, old)
    }

    /// The rule field by field; a period's bounds where the rule is one.
    private func fields(
        _ schedule: Schedule,
        _ plan: Plan,
        _ at: Instant
    ) -> [ScheduleAPI.Field] {
        let zone = plan.timekeeper.zone
        switch schedule.rule {
        case .every(let expression, _):
            return expression.fields(at: at, in: plan.timekeeper).map { field in
                ScheduleAPI.Field(
                    name: field.name,
                    asked: field.asked,
                    shown: field.shown,
                    matches: field.matches
                )
            }
        case .period(let kind, _):
            // The cut-off is the first instant after the period, and still speaks of that period.
            let last = at - Span(microseconds: 1)
            let period = Period(kind: kind, containing: zone.local(last).date)
            let isCutOff = zone.endOfDay(period.lastDay) == at
            let shown = "\(period.id) \(period.firstDay)..\(period.lastDay)"
            return [
                ScheduleAPI.Field(
                    name: "period",
                    asked: schedule.ruleText,
                    shown: shown,
                    matches: isCutOff
                )
            ]
        case .stage(let window):
            let day = zone.local(at).date
            return [
                ScheduleAPI.Field(
                    name: "date",
                    asked: schedule.ruleText,
                    shown: "\(day)",
                    matches: window.start <= day && day <= window.end
                )
            ]
        }
    }
}
