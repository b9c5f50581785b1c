public import CivilTime

/// Why a schedule fell due at an instant, or did not.
public struct Explanation: Hashable, Sendable {
    /// The short of it.
    public enum Verdict: String, CaseIterable, Hashable, Sendable {
        /// A duty was opened for the slot.
        case opened
        /// The slot was skipped, or will be.
        case skipped
        /// The slot should have run and was let go.
        case missed
        /// The slot was taken out of the plan before it was due.
        case superseded
        /// The slot has come and is about to be worked off.
        case pending
        /// The slot lies ahead.
        case future
        /// The rule has no slot there.
        case none
        /// The schedule was not in force yet.
        case beforeActivation = "before-activation"
        /// The schedule was not in force any more.
        case ended
        /// The schedule's zone is not known.
        case suspended
    }

    /// The short of it.
    public var verdict: Verdict
    /// Why the slot passed.
    public var cause: PassCause?
    /// The duty that was opened for it.
    public var number: Int64?
    /// The record that says why it passed.
    public var seq: Int64?
    /// The slot.
    public var slot: Occurrence?
    /// The slot before it, or before the instant.
    public var previous: Instant?
    /// The slot after it, or after the instant.
    public var next: Instant?

    /// Explains what became of a schedule's slot at an instant.
    ///
    /// - Parameters:
    ///   - row: The schedule's row.
    ///   - schedule: The schedule by the plan that was in force then.
    ///   - plan: That plan.
    ///   - at: The instant; a slot counts that comes within the second.
    ///   - now: The present.
    ///   - view: The rows.
    /// - Throws: what the view throws.
    public init(
        of row: ScheduleRow,
        _ schedule: Schedule,
        in plan: Plan,
        at: Instant,
        now: Instant,
        _ view: some View
    ) throws {
        verdict = .none
        guard schedule.keeper(in: plan) != nil else {
            verdict = .suspended
            return
        }
        let found = Self.slot(schedule, plan, at)
        slot = found.slot
        cause = found.cause
        let middle = found.slot?.nominal ?? at
        previous = Self.previous(schedule, plan, before: middle)
        next = schedule.next(after: middle, activation: .distantPast, in: plan)?.nominal
        if let slot, let duty = try view.duty(id: "\(schedule.id)@\(slot.key)") {
            verdict = .opened
            number = duty.number
            cause = nil
            return
        }
        try judge(row, at, now, view)
    }

    private mutating func judge(
        _ row: ScheduleRow,
        _ at: Instant,
        _ now: Instant,
        _ view: some View
    ) throws {
        let nominal = slot?.nominal ?? at
        let rows = try view.passed(schedule: row.id, from: nominal, through: nominal, limit: 64)
        // What an edit took out may have been given back by another one.
        let isBack = slot != nil && (nominal > now || rows.contains { $0.slots.cause != .revised })
        let counted = isBack ? rows.filter { $0.slots.cause != .revised } : rows
        if let passed = counted.last, slot != nil || passed.slots.cause == .revised {
            seq = passed.seq
            cause = passed.slots.cause
            verdict = Verdict(passed.slots.cause.disposition)
            return
        }
        if nominal <= row.activatedAt || slot.map({ $0.dueAt <= row.activatedAt }) ?? false {
            verdict = .beforeActivation
            return
        }
        if let ended = row.endedAt, ended <= nominal {
            verdict = .ended
            return
        }
        guard let slot else {
            verdict = cause.map { Verdict($0.disposition) } ?? .none
            return
        }
        if cause != nil {
            verdict = .skipped
        } else if let pause = row.pause, pause.since <= nominal, nominal < pause.until {
            verdict = .skipped
            cause = .paused
        } else {
            verdict = slot.openAt > now ? .future : .pending
        }
    }

    /// The slot that comes within the second after an instant, run or not; of periods and stages
    /// the one in which it lies.
    private static func slot(
        _ schedule: Schedule,
        _ plan: Plan,
        _ at: Instant
    ) -> (slot: Occurrence?, cause: PassCause?) {
        let before = at - Span(microseconds: 1)
        guard case .every = schedule.rule else {
            return (schedule.next(after: before, activation: .distantPast, in: plan), nil)
        }
        let step = schedule.step(
            after: before,
            through: before + .seconds(1),
            activation: .distantPast,
            byNominal: true,
            in: plan
        )
        if let slot = step.occurrence, slot.nominal - at < .seconds(1) { return (slot, nil) }
        guard let passed = step.passed.first else { return (nil, nil) }
        let slot = schedule.occurrence(of: passed.first, in: plan) ?? Occurrence(passed)
        return (slot, passed.cause)
    }

    /// The last slot before an instant: looked for in windows that double, up to ten years back.
    private static func previous(
        _ schedule: Schedule,
        _ plan: Plan,
        before instant: Instant
    ) -> Instant? {
        // No schedule of a plan is faster than a second, so that a window holds few slots.
        var width = Span.seconds(2)
        while width < .days(3_700) {
            var cursor = instant - width
            var last: Instant?
            for _ in 0..<4_096 {
                guard
                    let slot = schedule.next(after: cursor, activation: .distantPast, in: plan),
                    slot.nominal < instant
                else { break }
                last = slot.nominal
                cursor = slot.nominal
            }
            if let last { return last }
            width = Span(microseconds: width.microseconds * 4)
        }
        return nil
    }
}

extension Explanation.Verdict {
    init(_ disposition: Disposition) {
        switch disposition {
        case .skipped: self = .skipped
        case .missed: self = .missed
        case .superseded: self = .superseded
        }
    }
}
