/// A clock change that a rule touches, and what becomes of its slots there.
public struct ClockChange: Hashable, Sendable {
    /// What clocks do.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// They jump forward.
        case gap
        /// They go back and show times a second time.
        case fold
    }

    /// What that does to the rule.
    public enum Effect: Hashable, Sendable {
        /// The slot's time is jumped over, and it elapses at this instant.
        case moved(to: Instant)
        /// The slot's time is jumped over, and it does not elapse.
        case skipped
        /// The rule elapses in both readings of the time.
        case repeated
        /// The rule elapses in one of the two readings.
        case ranOnce
        /// The slot's time is jumped over, and another slot stands for it.
        case merged
    }

    /// The local date of the slot.
    public let date: CivilDate
    /// When clocks change.
    public let transition: Instant
    /// What they do.
    public let kind: Kind
    /// What becomes of the slot.
    public let effect: Effect
    /// The first slot to which it happens.
    public let slot: Slot?
}

extension CalendarExpression {
    /// Returns the clock changes in (`instant`, `end`] that the rule touches, in order: one entry
    /// for each effect at each of them, with the first slot that it has.
    ///
    /// An elapsed rule that runs straight through a gap is not touched by it.
    public func clockChanges(
        after instant: Instant,
        until end: Instant,
        in keeper: Timekeeper
    ) -> [ClockChange] {
        guard let keeper = keeper.keeper(for: self),
            calendarNames.allSatisfy({ keeper.calendar(named: $0) != nil })
        else { return [] }
        let parts = rule.parts.filter { !$0.isInterval }
            .map { SlotDays(rule: rule, part: $0, keeper: keeper) }
        var changes: [ClockChange] = []
        var stretch = SlotStretch(of: keeper.zone, at: instant.microseconds)
        while stretch.end <= end.microseconds, stretch.end < Instant.distantFuture.microseconds {
            stretch = stretch.next(of: keeper.zone)
            for days in parts {
                for change in days.changes(at: stretch)
                where !changes.contains(where: { $0.isLike(change) }) {
                    changes.append(change)
                }
            }
        }
        return changes
    }
}

extension ClockChange {
    /// Whether it says the same of the same change.
    fileprivate func isLike(_ other: ClockChange) -> Bool {
        transition == other.transition && date == other.date && effect == other.effect
    }
}

extension SlotDays {
    /// What the change at the start of a stretch does to this alternative.
    fileprivate func changes(at stretch: SlotStretch) -> [ClockChange] {
        let cursor = SlotCursor(
            self,
            after: stretch.start + part.instantShift,
            through: stretch.start + part.instantShift,
            wantsSkipped: true,
            joinsRuns: false
        )
        let gap = stretch.gap
        guard gap.isEmpty else {
            var changes: [ClockChange] = []
            var taken: Set<Int64> = []
            for event in cursor.events(in: gap, at: stretch.start) {
                let effect: ClockChange.Effect
                switch event.cause {
                case nil where taken.insert(event.instant).inserted:
                    effect = .moved(to: Instant(microseconds: event.instant + part.instantShift))
                case nil, .gapMerged: effect = .merged
                case .gap: effect = .skipped
                default: continue
                }
                changes.append(change(event, .gap, effect, stretch))
            }
            return changes
        }
        guard stretch.high > stretch.firstReading,
            let event = cursor.firstEvent(in: stretch.firstReading..<stretch.high, of: stretch)
        else { return [] }
        let isRepeated = part.isElapsed || rule.fold == .both
        return [change(event, .fold, isRepeated ? .repeated : .ranOnce, stretch)]
    }

    private func change(
        _ event: SlotEvent,
        _ kind: ClockChange.Kind,
        _ effect: ClockChange.Effect,
        _ stretch: SlotStretch
    ) -> ClockChange {
        var moved = event
        moved.instant += part.instantShift
        return ClockChange(
            date: CivilDateTime(reading: event.target).date,
            transition: Instant(microseconds: stretch.start),
            kind: kind,
            effect: effect,
            slot: moved.slot
        )
    }
}
