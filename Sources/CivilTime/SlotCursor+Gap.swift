extension SlotCursor {
    /// What becomes of the slots that clocks jump over at a change, in the order of instants.
    func events(in gap: Range<Int64>, at change: Int64) -> [SlotEvent] {
        guard !gap.isEmpty else { return [] }
        var events: [SlotEvent] = []
        var day = Int(floorDivide(gap.lowerBound, by: SlotCursor.day))
        while let plan = days.firstPlan(from: day, onlyLive: !wantsSkipped),
            Int64(plan.day) * SlotCursor.day < gap.upperBound
        {
            for anchor in anchors(of: plan) {
                add(anchor, on: plan.day, in: gap, at: change, to: &events)
            }
            day = plan.day + 1
        }
        guard events.count > 1 else { return events }
        return events.enumerated()
            .sorted { ($0.element.instant, $0.offset) < ($1.element.instant, $1.offset) }
            .map(\.element)
    }

    private func anchors(of plan: SlotPlan) -> [SlotPlan.Anchor] {
        guard plan.anchors.isEmpty else { return plan.anchors }
        return [SlotPlan.Anchor(nominalDay: plan.day, sourceDay: plan.day)]
    }

    private func add(
        _ anchor: SlotPlan.Anchor,
        on day: Int,
        in gap: Range<Int64>,
        at change: Int64,
        to events: inout [SlotEvent]
    ) {
        let start = Int64(day) * SlotCursor.day
        let isGone = gap.lowerBound <= start && start + SlotCursor.day <= gap.upperBound
        guard isGone || part.isElapsed else {
            var time = max(0, gap.lowerBound - start)
            while let found = self.time(of: anchor, from: time), start + found < gap.upperBound {
                events.append(event(anchor, start + found, in: gap, at: change))
                time = found + 1
            }
            return
        }
        guard let (first, last, count) = times(of: anchor) else { return }
        if isGone {
            var run = event(anchor, start + first, in: gap, at: change)
            run.instant = change
            run.cause = .gap
            run.extend(by: count - 1, to: last - first)
            events.append(run)
        } else if gap.contains(start + first), gap.contains(start + last) {
            // Rule 2 of the reference: the policy applies once where a day would lose all.
            events.append(event(anchor, start + first, in: gap, at: change))
            guard count > 1, let second = time(of: anchor, from: first + 1) else { return }
            var rest = event(anchor, start + second, in: gap, at: change)
            rest.instant = events.last?.instant ?? change
            rest.cause = rest.cause ?? .gapMerged
            rest.extend(by: count - 2, to: last - second)
            events.append(rest)
        }
    }

    /// The first slot that clocks show twice at the start of a stretch, in the reading that counts.
    func firstEvent(in readings: Range<Int64>, of stretch: SlotStretch) -> SlotEvent? {
        var day = Int(floorDivide(readings.lowerBound, by: SlotCursor.day))
        while let plan = days.firstPlan(from: day, onlyLive: true),
            Int64(plan.day) * SlotCursor.day < readings.upperBound
        {
            let start = Int64(plan.day) * SlotCursor.day
            for anchor in anchors(of: plan) where anchor.cause == nil {
                let first = max(0, readings.lowerBound - start)
                guard let time = time(of: anchor, from: first), start + time < readings.upperBound
                else { continue }
                let isSecond = foldPolicy == .second
                let offset = isSecond ? stretch.offset : stretch.high - stretch.start
                return SlotEvent(
                    instant: start + time - offset,
                    nominal: Int64(anchor.nominalDay) * SlotCursor.day + time,
                    target: start + time,
                    fold: isSecond ? 1 : 0,
                    isProvisional: anchor.isProvisional,
                    name: anchor.name,
                    suffix: part.suffix
                )
            }
            day = plan.day + 1
        }
        return nil
    }

    /// First and last time of a nominal date, and how many there are.
    private func times(of anchor: SlotPlan.Anchor) -> (first: Int64, last: Int64, count: Int)? {
        guard let first = time(of: anchor, from: 0) else { return nil }
        switch part.source {
        case .pattern, .period:
            return (first, part.times.last, part.times.count)
        default:
            var (last, count) = (first, 1)
            while let found = time(of: anchor, from: last + 1) {
                (last, count) = (found, count + 1)
            }
            return (first, last, count)
        }
    }

    /// One slot in a gap by the policy.
    private func event(
        _ anchor: SlotPlan.Anchor,
        _ reading: Int64,
        in gap: Range<Int64>,
        at change: Int64
    ) -> SlotEvent {
        let time = reading - floorDivide(reading, by: SlotCursor.day) * SlotCursor.day
        let nominal = Int64(anchor.nominalDay) * SlotCursor.day + time
        let instant =
            switch gapPolicy {
            case .after, .skip: change
            case .before: change - 1_000_000
            case .shift: change + reading - gap.lowerBound
            }
        let named: SkipCause? = part.excludes(nominal) ? .excluded : nil
        let cause =
            anchor.cause ?? named
            ?? days.timedCause(nominal: nominal, instant: instant + part.instantShift)
        return SlotEvent(
            instant: instant,
            nominal: nominal,
            target: reading,
            cause: cause ?? (gapPolicy == .skip ? .gap : nil),
            isProvisional: anchor.isProvisional,
            name: anchor.name,
            suffix: part.suffix,
            isInGap: true
        )
    }
}

extension SlotEvent {
    /// Makes it a run of more slots at the same instant.
    fileprivate mutating func extend(by more: Int, to distance: Int64) {
        count = 1 + more
        lastNominal = nominal + distance
        lastInstant = instant
    }
}
