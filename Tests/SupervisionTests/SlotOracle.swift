import CivilTime

@testable import Supervision

/// What a schedule owes, slot by slot, found with nothing but `CalendarExpression.next` from scratch,
/// and held against the records as they come: each slot has exactly one disposition, in its order.
struct SlotOracle {
    /// A slot that has come and has no disposition yet.
    private struct Due {
        let key: String
        let nominal: Instant
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
    private var pending: [Due] = []
    private var first = 0
    private var runs: [Run] = []
    private var opened: Set<String> = []
    private var pause: (since: Instant, until: Instant)?
    private(set) var isEnded = false
    /// How many slots have their disposition.
    private(set) var count = 0

    init(_ schedule: Schedule, in plan: Plan, activation: Instant) throws {
        guard case .every(let expression, _) = schedule.rule else { throw Trouble("no rule") }
        self.id = schedule.id
        self.expression = expression
        keeper = plan.timekeeper
        policies = schedule.policies
        through = activation
    }

    // MARK: What happens to the schedule

    /// Lists the slots that come up to an instant.
    mutating func come(to now: Instant) {
        guard !isEnded, now > through else { return }
        while let slot = expression.next(after: through, in: keeper), slot.instant <= now {
            pending.append(Due(key: slot.id.text, nominal: slot.instant))
            through = slot.instant
            last = slot.instant
        }
        through = now
    }

    /// A changed plan is in force from now on.
    mutating func revise(_ schedule: Schedule?, in plan: Plan, at now: Instant) throws {
        guard let schedule else {
            isEnded = true
            return
        }
        guard case .every(let expression, _) = schedule.rule else { throw Trouble("no rule") }
        let isSame = expression == self.expression && !isEnded
        if !isSame { through = max(last ?? now, now) }
        if isEnded {
            pause = nil
            through = max(last ?? now, now)
        }
        isEnded = false
        self.expression = expression
        keeper = plan.timekeeper
        policies = schedule.policies
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
        guard due.key == key, record.at >= due.nominal else {
            throw Trouble("\(id)@\(key) opened at \(record.at), not \(due.key)")
        }
        guard !isPaused(due.nominal) else { throw Trouble("\(id)@\(key) opened in a pause") }
        advance(1)
    }

    private mutating func take(_ slots: Passed, _ record: Record) throws {
        let text = "\(id): \(slots.count) \(slots.cause.rawValue) \(slots.first) to \(slots.last)"
        let end = first + Int(slots.count)
        guard slots.count > 0, end <= pending.count else {
            throw Trouble("\(text): \(pending.count - first) have come")
        }
        let (head, tail) = (pending[first], pending[end - 1])
        guard head.key == slots.first, head.nominal == slots.from, tail.key == slots.last,
            tail.nominal == slots.through, record.at >= tail.nominal
        else { throw Trouble("\(text): \(head.key) to \(tail.key) were due") }
        for due in pending[first..<end] {
            guard isPaused(due.nominal) == (slots.cause == .paused) else {
                throw Trouble("\(text): \(due.key) was \(slots.cause == .paused ? "not " : "")paused")
            }
        }
        try require(slots.cause, text)
        runs.append(Run(seq: record.seq, slots: slots, expression: expression))
        advance(Int(slots.count))
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
        guard let nominal = CivilDateTime(key).map({ keeper.zone.instant($0) }),
            let run = runs.last(where: {
                $0.seq == seq && $0.slots.from <= nominal && nominal <= $0.slots.through
            }),
            run.expression.next(after: nominal - Span(microseconds: 1), in: keeper)?.id.text == key
        else { throw Trouble("\(id)@\(key): record \(seq) says nothing of it") }
    }

    private mutating func advance(_ slots: Int) {
        count += slots
        first += slots
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
    func check(at now: Instant, isUnfinished: Bool) throws {
        for index in first..<max(first, pending.count) {
            let due = pending[index]
            if let pause, pause.since <= due.nominal, now < pause.until { continue }
            let next = index + 1 < pending.count ? pending[index + 1].nominal : .distantFuture
            if now < min(due.nominal + policies.jitter, next) { continue }
            throw Trouble("\(id)@\(due.key) has no disposition at \(now)")
        }
    }
}
