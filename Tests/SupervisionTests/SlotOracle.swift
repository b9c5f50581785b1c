import CivilTime

@testable import Supervision

/// What a schedule owes, slot by slot, found with nothing but its expression, from scratch, and held against the records as they come: each slot has exactly one disposition, in its order.
struct SlotOracle {
    /// A slot that has come and has no disposition yet, or slots in a row that the expression
    /// itself takes out.
    private struct Due {
        let key: String
        let last: String
        let nominal: Instant
        let through: Instant
        let count: Int
        let cause: PassCause?

        init(_ slot: Slot) {
            (key, last, nominal, through) = (slot.id.text, slot.id.text, slot.instant, slot.instant)
            (count, cause) = (1, nil)
        }

        init(_ run: SkippedRun) {
            (key, last) = (run.first.id.text, run.last.id.text)
            (nominal, through) = (run.first.instant, run.last.instant)
            (count, cause) = (run.count, PassCause(run.cause))
        }
    }

    /// Slots in a row that passed, with the rule that they are of.
    private struct Run {
        let seq: Int64
        let slots: Passed
        let expression: CalendarExpression
    }

    private let id: String
    private var expression: CalendarExpression
    private var keeper: Timekeeper
    private var policies: Policies
    /// Up to where slots were listed.
    private(set) var through: Instant
    private var last: Instant?
    /// Where the last edit of the rule put the planned-through mark.
    private var mark: Instant
    /// The last slot that has its disposition.
    private var disposed: Instant?
    private var pending: [Due] = []
    private var first = 0
    private var runs: [Run] = []
    private var opened: Set<String> = []
    private var pause: (since: Instant, until: Instant)?
    private(set) var isEnded = false
    /// Whether the clock was ever set back.
    var wasSetBack = false
    /// How many slots have their disposition.
    private(set) var count = 0

    init(_ schedule: Schedule, in plan: Plan, activation: Instant) throws {
        guard case .every(let expression, _) = schedule.rule else { throw Trouble("no rule") }
        self.id = schedule.id
        self.expression = expression
        keeper = plan.timekeeper
        policies = schedule.policies
        through = activation
        mark = activation
    }

    // MARK: What happens to the schedule

    /// Lists the slots that come up to an instant; those that the expression takes out come with
    /// the next one that elapses.
    mutating func come(to now: Instant) {
        guard !isEnded, now > through else { return }
        var skipped: [Due] = []
        var cursor = through
        while cursor < now {
            let step = expression.step(after: cursor, through: now, in: keeper)
            skipped += step.skipped.map { Due($0) }
            cursor = step.through
            guard let slot = step.slot else { continue }
            pending += skipped + [Due(slot)]
            skipped = []
            through = slot.instant
        }
        if skipped.isEmpty { through = now }
    }

    /// A changed plan is in force from now on.
    mutating func revise(_ schedule: Schedule?, in plan: Plan, at now: Instant) throws {
        guard let schedule else {
            if !isEnded { supersede(after: now) }
            isEnded = true
            return
        }
        guard case .every(let expression, _) = schedule.rule else { throw Trouble("no rule") }
        if isEnded { pause = nil }
        if expression != self.expression || isEnded {
            supersede(after: now)
            mark = max(mark, last ?? now, now)
            through = mark
        }
        isEnded = false
        self.expression = expression
        keeper = plan.timekeeper
        policies = schedule.policies
    }

    /// Slots of a pause that had come before the clock was set back are taken out of the plan.
    private mutating func supersede(after now: Instant) {
        while pending.count > first, let due = pending.last, due.nominal > now {
            pending.removeLast()
        }
        last = pending.count > first ? pending.last?.nominal : disposed
    }

    /// What had come was worked off before, so that no more than one pause matters.
    mutating func pause(at now: Instant, until: Instant) { pause = (now, until) }

    mutating func resume() { pause = nil }

    // MARK: Records

    /// Takes a record's dispositions of this schedule.
    mutating func take(_ record: Record) throws {
        switch record.payload {
        case .open(let opening) where opening.duty.schedule == id && opening.duty.kind == .inspect:
            try take(opening, record)
        case .pass(let passing) where passing.progress.schedule == id:
            for slots in passing.slots { try take(slots, record) }
        default: break
        }
    }

    private mutating func take(_ opening: Opening, _ record: Record) throws {
        let key = String(opening.duty.id.dropFirst(id.count + 1))
        guard opened.insert(key).inserted else { throw Trouble("\(id)@\(key) opened twice") }
        if let seq = opening.instead { return try takeBackfill(key, seq) }
        guard let due = pending.isEmpty || first >= pending.count ? nil : pending[first] else {
            throw Trouble("\(id)@\(key) opened out of the blue")
        }
        guard due.key == key, due.cause == nil, record.at >= due.nominal else {
            throw Trouble("\(id)@\(key) opened at \(record.at), not \(due.key)")
        }
        guard !isPaused(due.nominal) else { throw Trouble("\(id)@\(key) opened in a pause") }
        advance(1)
    }

    private mutating func take(_ slots: Passed, _ record: Record) throws {
        let text = "\(id): \(slots.count) \(slots.cause.rawValue) \(slots.first) to \(slots.last)"
        var (end, count) = (first, 0)
        while count < slots.count, end < pending.count {
            let due = pending[end]
            if let cause = due.cause {
                guard slots.cause == cause else { throw Trouble("\(text): \(due.key) is \(cause)") }
            } else if isPaused(due.nominal) != (slots.cause == .paused) {
                throw Trouble("\(text): is \(due.key) paused?")
            }
            count += due.count
            end += 1
        }
        guard slots.count > 0, count == slots.count else {
            throw Trouble("\(text): only \(count) have come")
        }
        let (head, tail) = (pending[first], pending[end - 1])
        guard head.key == slots.first, head.nominal == slots.from, tail.last == slots.last,
            tail.through == slots.through, record.at >= tail.through
        else { throw Trouble("\(text): \(head.key) to \(tail.last) were due") }
        if head.cause == nil { try require(slots.cause, text) }
        runs.append(Run(seq: record.seq, slots: slots, expression: expression))
        advance(end - first)
    }

    private func require(_ cause: PassCause, _ text: String) throws {
        let isFit =
            switch cause {
            case .paused: true
            case .overlap: policies.overlap == .skip || policies.overlap == .queueOne
            case .latest: policies.catchUp == .latest
            case .none: policies.catchUp == .none
            case .window: "\(policies.catchUp)".hasPrefix("window")
            default: false
            }
        guard isFit else { throw Trouble("\(text), under \(policies)") }
    }

    /// A slot that is run later has passed before, by the record that its duty names.
    private func takeBackfill(_ key: String, _ seq: Int64) throws {
        let isKnown = runs.contains { run in
            guard run.seq == seq else { return false }
            // Which rule was in force at an hour that came twice cannot be told: the place must do.
            let place = CivilDateTime(key).map { keeper.zone.instant($0) }
            let named = run.expression.instant(of: SlotID(text: key), in: keeper)
            guard let nominal = wasSetBack ? named ?? place : named,
                run.slots.from <= nominal, nominal <= run.slots.through
            else { return false }
            let before = nominal - Span(microseconds: 1)
            return wasSetBack || run.expression.next(after: before, in: keeper)?.id.text == key
        }
        guard isKnown else {
            let said = runs.filter { $0.seq == seq }.map { "\($0.expression) \($0.slots)" }
            throw Trouble("\(id)@\(key): record \(seq) says nothing of it, but \(said)")
        }
    }

    private mutating func advance(_ units: Int) {
        disposed = pending[first + units - 1].through
        count += pending[first..<first + units].reduce(0) { $0 + $1.count }
        first += units
        if first > 4_096 {
            pending.removeFirst(first)
            first = 0
        }
    }

    private func isPaused(_ nominal: Instant) -> Bool {
        pause.map { $0.since <= nominal && nominal < $0.until } ?? false
    }

    // MARK: Rest

    /// Once nothing is due any more: what has come has its disposition, but for a slot whose jitter
    /// goes on, and those of the pause in force.
    func check(at now: Instant) throws {
        for index in first..<max(first, pending.count) {
            let due = pending[index]
            // The clock was set back, or the slot stands behind one that waits.
            if due.nominal > now || due.cause != nil { continue }
            if let pause, pause.since <= due.nominal, now < pause.until { continue }
            let next = index + 1 < pending.count ? pending[index + 1].nominal : .distantFuture
            if now < min(due.nominal + policies.jitter, next) { continue }
            throw Trouble("\(id)@\(due.key) has no disposition at \(now)")
        }
    }
}
