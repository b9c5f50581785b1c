extension CalendarExpression {
    /// Returns the first slot strictly after an instant, nil if there is none before 2200.
    ///
    /// A fixed time in a gap elapses once, at the first instant after it, and in a fold at the
    /// first reading. A rule that repeats within the hour or in every hour is *elapsed*: it runs
    /// straight through on the real line, in both copies of a fold and not in a gap, unless a local
    /// day would lose all of its slots. A local day that does not exist has no slot. An expression
    /// that ends in `UTC` is read there, whatever the zone.
    public func next(after instant: Instant, zone: Zone) -> Slot? {
        let zone = isUTC ? Zone.utc : zone
        let slot =
            isElapsed
            ? nextElapsed(after: instant, zone: zone) : nextFixed(after: instant, zone: zone)
        if let slot {
            // A slot that is not later would make the engine spin, so this holds in release too.
            precondition(slot.instant > instant, "The next slot is strictly after the instant.")
        }
        return slot
    }

    /// Whether the rule names a rhythm rather than times of the day.
    var isElapsed: Bool {
        minute.isAny || minute.hasRepetition || second.isAny || second.hasRepetition
            || (0...23).allSatisfy { hour.next(from: $0, through: $0) != nil }
    }

    // MARK: - Fixed times

    private func nextFixed(after instant: Instant, zone: Zone) -> Slot? {
        var reading = zone.local(instant).reading + 1
        // A second round is needed for a day that does not exist, and in the second copy of a fold.
        while let found = firstReading(from: reading) {
            let nominal = CivilDateTime(reading: found)
            let due: Instant
            switch zone.resolve(nominal) {
            case .unique(let only):
                due = only
            case .gap(let after, _):
                guard zone.exists(nominal.date) else {
                    reading = nominal.startOfNextDay
                    continue
                }
                due = after
            case .fold(let first, _):
                guard first > instant else {
                    // Everything that clocks show twice has elapsed in the first copy.
                    reading = max(found + 1, zone.endOfSegment(first) ?? found)
                    continue
                }
                due = first
            }
            if due > instant {
                return Slot(nominal: nominal, fold: 0, instant: due)
            }
            reading = found + 1
        }
        return nil
    }

    // MARK: - Elapsed rules

    private func nextElapsed(after instant: Instant, zone: Zone) -> Slot? {
        // The first segment is the one of the instant itself, which may be its last one.
        var cursor = instant.microseconds
        var isFirstSegment = true
        while true {
            let segment = zone.segment(atSeconds: floorDivide(cursor, by: 1_000_000))
            let offset = segment.offset * 1_000_000
            let found = firstReading(from: cursor + offset + (isFirstSegment ? 1 : 0))
            guard let end = segment.end.map({ $0 * 1_000_000 }) else {
                return found.map { slot(reading: $0, offset: offset, zone: zone) }
            }
            if let found, found < end + offset {
                return slot(reading: found, offset: offset, zone: zone)
            }
            if let slot = gapSlot(at: end, offsetBefore: offset, zone: zone) {
                return slot
            }
            // The next segment may show once more what this one showed before the cursor; after it
            // every reading was asked for from its segment's start, so far ones can be jumped to.
            if isFirstSegment {
                cursor = end
                isFirstSegment = false
            } else {
                guard let found else { return nil }
                cursor = max(end, found - Zone.reach * 1_000_000)
            }
        }
    }

    private func slot(reading: Int64, offset: Int64, zone: Zone) -> Slot {
        let nominal = CivilDateTime(reading: reading)
        let due = Instant(microseconds: reading - offset)
        var fold = 0
        if case .fold(_, let second) = zone.resolve(nominal), due == second {
            fold = 1
        }
        return Slot(nominal: nominal, fold: fold, instant: due)
    }

    /// The one slot at the end of a gap, if a local day has slots and all of them lie in the gap.
    private func gapSlot(at end: Int64, offsetBefore: Int64, zone: Zone) -> Slot? {
        let offsetAfter = zone.segment(atSeconds: end / 1_000_000).offset * 1_000_000
        guard offsetAfter > offsetBefore else { return nil }
        let gap = (end + offsetBefore)..<(end + offsetAfter)
        var date = CivilDateTime(reading: gap.lowerBound).date
        while date <= CivilDateTime(reading: gap.upperBound - 1).date {
            let midnight = CivilDateTime(date: date, time: .midnight)
            let (start, limit) = (midnight.reading, midnight.startOfNextDay)
            if let first = firstReading(from: start), gap.contains(first), first < limit,
                firstReading(from: gap.upperBound).map({ $0 >= limit }) ?? true, zone.exists(date)
            {
                return Slot(
                    nominal: CivilDateTime(reading: first),
                    fold: 0,
                    instant: Instant(microseconds: end)
                )
            }
            date = date.adding(days: 1)
        }
        return nil
    }
}

extension CivilDateTime {
    /// The reading at which the next day begins.
    fileprivate var startOfNextDay: Int64 {
        CivilDateTime(date: date.adding(days: 1), time: .midnight).reading
    }
}

extension Zone {
    /// What clocks would show at the end of an instant's segment if they went on unchanged; nil if
    /// it has no end.
    fileprivate func endOfSegment(_ instant: Instant) -> Int64? {
        let segment = segment(atSeconds: instant.wholeSeconds)
        return segment.end.map { ($0 + segment.offset) * 1_000_000 }
    }
}
