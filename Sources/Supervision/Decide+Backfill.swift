public import CivilTime

/// A past range whose slots are to be run.
public struct Backfill: Hashable, Sendable {
    /// The start, exclusive.
    public var from: Instant
    /// The end, inclusive.
    public var until: Instant
    /// How runs that overlap are treated; the schedule's own `skip` would run one slot only.
    public var overlap: Overlap

    /// Makes a range.
    public init(from: Instant, until: Instant, overlap: Overlap = .queueAll) {
        self.from = from
        self.until = until
        self.overlap = overlap
    }
}

/// What a backfill came to.
public struct Backfilled: Hashable, Sendable {
    /// The schedule.
    public var schedule: String
    /// The record of the backfill.
    public var seq: Int64
    /// The duties that it opened.
    public var opened: [Int64]
    /// The slots of the range that it did not open, oldest first, in runs of one cause.
    public var left: [Left]
    /// Up to where slots were looked at: the end of the range, or less where it holds many.
    public var through: Instant

    /// Slots of the range that were not opened.
    public struct Left: Hashable, Sendable {
        /// Why not.
        public enum Cause: String, CaseIterable, Hashable, Sendable {
            /// Their duty was opened when they came.
            case opened
            /// The plan takes them out: excluded, off by the calendar, or in a gap.
            case takenOut = "taken-out"
            /// They have not been worked off yet, or lie before the schedule's activation.
            case notPassed = "not-passed"
            /// The run before goes on, and the overlap policy skips them.
            case overlap
        }

        /// Why not.
        public var cause: Cause
        /// The nominal instant of the first.
        public var first: Instant
        /// The nominal instant of the last.
        public var last: Instant
        /// How many.
        public var count: Int64
    }
}

/// How many slots one backfill looks at.
private let slotBound = 256

extension Decide {
    /// Opens the slots of a past range that passed without a duty, each linked to the record that
    /// says why it passed.
    static func backfill(
        _ operating: Operating,
        _ range: Backfill,
        _ draft: inout Draft
    ) throws -> Reply {
        let schedule = operating.schedule
        guard schedule.kind == .inspect else {
            let text = "what people owe is never passed over; only checks are run later"
            throw Refusal.wrongScheduleState(schedule.id, text)
        }
        guard range.from < range.until, range.until <= draft.now.wall else {
            let text = "the range is empty or reaches beyond now; name an earlier start and end"
            throw Refusal.badArgument("until", text)
        }
        let slots = try slots(operating, range, draft)
        let through = slots.count == slotBound ? slots[slotBound - 1].nominal : range.until
        var left: [Backfilled.Left] = []
        var opened: [Int64] = []
        for slot in slots {
            switch try standing(slot, operating, draft) {
            case .failure(let standing): note(standing.cause, slot, &left)
            case .success(let seq):
                if let number = try open(slot, instead: seq, operating, range.overlap, &draft) {
                    opened.append(number)
                } else {
                    note(.overlap, slot, &left)
                }
            }
        }
        let backfilling = Backfilling(
            schedule: schedule.id,
            from: range.from,
            until: through,
            overlap: range.overlap,
            count: Int64(opened.count)
        )
        let seq = try draft.record(
            .backfill(backfilling),
            number: nil,
            reason: .person,
            by: operating.author
        )
        return .backfilled(
            Backfilled(
                schedule: schedule.id,
                seq: seq,
                opened: opened,
                left: left,
                through: through
            )
        )
    }

    /// Opens one slot, and returns its duty's number; nil if the overlap policy skips it.
    private static func open(
        _ slot: Occurrence,
        instead seq: Int64,
        _ operating: Operating,
        _ overlap: Overlap,
        _ draft: inout Draft
    ) throws -> Int64? {
        let schedule = operating.schedule
        let way = try makeWay(for: schedule, overlap, &draft)
        if case .closed = way { return nil }
        var opening = SlotOpening(progress: nil, origin: .backfill, instead: seq)
        opening.author = operating.author
        try open(schedule, slot, operating.plan, operating.row, opening, way, &draft)
        return try draft.duty(id: "\(schedule.id)@\(slot.key)")?.number
    }

    private static func note(
        _ cause: Backfilled.Left.Cause,
        _ slot: Occurrence,
        _ left: inout [Backfilled.Left]
    ) {
        if let last = left.last, last.cause == cause {
            left[left.count - 1].last = slot.nominal
            left[left.count - 1].count += 1
            return
        }
        let run = Backfilled.Left(cause: cause, first: slot.nominal, last: slot.nominal, count: 1)
        left.append(run)
    }

    /// The slots of the range up to the bound, each by the rule that was in force when it came.
    private static func slots(
        _ operating: Operating,
        _ range: Backfill,
        _ draft: Draft
    ) throws -> [Occurrence] {
        var slots: [Occurrence] = []
        for (plan, from, until) in try revisions(operating, range, draft).reversed() {
            let schedules = Schedule.all(of: plan)
            guard let schedule = schedules.first(where: { $0.id == operating.schedule.id }) else {
                continue
            }
            var cursor = from
            while slots.count < slotBound,
                let slot = schedule.next(after: cursor, activation: .distantPast, in: plan),
                slot.nominal <= until
            {
                slots.append(slot)
                cursor = slot.nominal
            }
        }
        return slots
    }

    /// The plans that were in force in the range, newest first, each with its part of the range.
    private static func revisions(
        _ operating: Operating,
        _ range: Backfill,
        _ draft: Draft
    ) throws -> [(plan: Plan, from: Instant, until: Instant)] {
        let id = operating.row.programme
        let starts = try draft.view.revisions(programme: id).map(\.adoptedAt)
        let plans = [operating.plan] + (draft.plans.former[id] ?? [])
        var parts: [(plan: Plan, from: Instant, until: Instant)] = []
        var until = range.until
        for (index, plan) in plans.enumerated() {
            let isFirst = index == plans.count - 1 || index >= starts.count - 1
            let from = isFirst ? range.from : max(range.from, starts[index])
            guard from < until else { continue }
            parts.append((plan, from, until))
            until = from
        }
        return parts
    }

    private struct Standing: Error {
        let cause: Backfilled.Left.Cause
    }

    /// The record that says why a slot passed, or why it is not to be run.
    private static func standing(
        _ slot: Occurrence,
        _ operating: Operating,
        _ draft: Draft
    ) throws -> Result<Int64, Standing> {
        let id = operating.schedule.id
        if try draft.duty(id: "\(id)@\(slot.key)") != nil {
            return .failure(Standing(cause: .opened))
        }
        let rows = try draft.view.passed(
            schedule: id,
            from: slot.nominal,
            through: slot.nominal,
            limit: 16
        )
        guard let row = rows.last else { return .failure(Standing(cause: .notPassed)) }
        switch row.slots.cause {
        case .overlap, .paused, .latest, .none, .window: return .success(row.seq)
        case .calendar, .excluded, .gap, .gapMerged, .revised:
            return .failure(Standing(cause: .takenOut))
        }
    }
}
