extension CalendarExpression {
    /// Returns the first slot that elapses strictly after an instant; nil if there is none before
    /// 2200, or if a zone or calendar that the expression names is not known.
    public func next(after instant: Instant, in keeper: Timekeeper) -> Slot? {
        var quiet = SlotQuietCursor(self, after: instant, in: keeper)
        var slot = quiet?.next()
        if slot == nil {
            var sequence = slots(after: instant, in: keeper)
            slot = sequence.next()
        }
        if let slot {
            // A slot that is not later would make the engine spin, so this holds in release too.
            precondition(slot.instant > instant, "The next slot is strictly after the instant.")
        }
        return slot
    }

    /// Returns the slots that elapse strictly after an instant, each later than the one before.
    public func slots(after instant: Instant, in keeper: Timekeeper) -> SlotSequence {
        SlotSequence(self, after: instant, in: keeper)
    }

    /// Returns the first slot strictly after an instant in a zone and in the working days from
    /// Monday to Friday; a zone that the expression names must be this one or `UTC`.
    public func next(after instant: Instant, zone: Zone) -> Slot? {
        next(after: instant, in: Timekeeper(zone: zone, calendar: .mondayToFriday))
    }

    /// How many instants one step looks at before it answers.
    private static var stepBound: Int { 4_096 }

    /// Returns the first slot that elapses in (`instant`, `limit`], and every one passed over.
    ///
    /// The search is bounded: where `through` of the answer lies before `limit` and there is no
    /// slot, the caller goes on from there.
    public func step(
        after instant: Instant,
        through limit: Instant,
        in keeper: Timekeeper
    ) -> SlotStep {
        // Away from clock changes a plain rule passes nothing over.
        var quiet = SlotQuietCursor(self, after: instant, in: keeper)
        if let slot = quiet?.next(), slot.instant <= limit {
            precondition(slot.instant > instant, "The next slot is strictly after the instant.")
            return SlotStep(skipped: [], slot: slot, through: slot.instant)
        }
        guard limit > instant,
            var stream = SlotStream(
                self,
                after: instant,
                through: limit,
                in: keeper,
                wantsSkipped: true
            )
        else { return SlotStep(skipped: [], slot: nil, through: max(limit, instant)) }
        var runs: [SkippedRun] = []
        var reached = instant.microseconds
        for _ in 0..<CalendarExpression.stepBound {
            guard let group = stream.next() else {
                return SlotStep(skipped: runs, slot: nil, through: limit)
            }
            for event in group.skipped {
                CalendarExpression.add(event, to: &runs)
            }
            if let slot = group.slot?.slot {
                precondition(slot.instant > instant, "The next slot is strictly after the instant.")
                return SlotStep(skipped: runs, slot: slot, through: slot.instant)
            }
            // A run ends later than it begins, and so does what was looked at.
            let ends = group.skipped.map { $0.count > 1 ? $0.lastInstant : $0.instant }
            reached = max(reached, ends.max() ?? reached)
        }
        return SlotStep(skipped: runs, slot: nil, through: Instant(microseconds: reached))
    }

    private static func add(_ event: SlotEvent, to runs: inout [SkippedRun]) {
        guard let cause = event.cause else { return }
        var (first, count) = (event.slot, event.count)
        if let last = runs.last, last.cause == cause {
            (first, count) = (last.first, last.count + count)
            runs.removeLast()
        }
        runs.append(SkippedRun(cause: cause, first: first, last: event.lastSlot, count: count))
    }
}
