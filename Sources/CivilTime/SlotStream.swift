/// The slots of a whole expression: alternatives put together, and those that come to lie at one
/// instant settled.
struct SlotStream {
    /// What happens at one instant.
    struct Group {
        let instant: Int64
        let slot: SlotEvent?
        let skipped: [SlotEvent]
    }

    private var cursors: [SlotCursor]
    private var heads: [SlotEvent?]

    /// Slots in (`after`, `through`]; nil if a zone or calendar that the expression names is not
    /// known.
    init?(
        _ expression: CalendarExpression,
        after: Instant,
        through: Instant,
        in keeper: Timekeeper,
        wantsSkipped: Bool
    ) {
        guard let keeper = keeper.keeper(for: expression) else { return nil }
        guard expression.calendarNames.allSatisfy({ keeper.calendar(named: $0) != nil }) else {
            return nil
        }
        let rule = expression.rule
        cursors = rule.parts.map { part in
            SlotCursor(
                SlotDays(rule: rule, part: part, keeper: keeper),
                after: after.microseconds,
                through: through.microseconds,
                wantsSkipped: wantsSkipped,
                joinsRuns: rule.others.isEmpty
            )
        }
        heads = []
        for index in cursors.indices {
            heads.append(cursors[index].next())
        }
    }

    /// The next group, nil if there is none in the window.
    mutating func next() -> Group? {
        guard let instant = heads.compactMap({ $0?.instant }).min() else { return nil }
        var events: [SlotEvent] = []
        for index in cursors.indices {
            while let head = heads[index], head.instant == instant {
                events.append(head)
                heads[index] = cursors[index].next()
            }
        }
        return settled(events, at: instant)
    }

    /// The earliest nominal time of those at one instant elapses, for all.
    private func settled(_ events: [SlotEvent], at instant: Int64) -> Group {
        guard events.count > 1 else {
            let only = events.first
            let isLive = only?.cause == nil
            return Group(instant: instant, slot: isLive ? only : nil, skipped: isLive ? [] : events)
        }
        let sorted = SlotStream.distinct(events)
        let winner = sorted.first { $0.cause == nil }
        var skipped: [SlotEvent] = []
        var isTaken = false
        for var event in sorted {
            if event.cause == nil {
                guard isTaken else {
                    isTaken = true
                    continue
                }
                let isMoved = event.isInGap || winner?.isInGap ?? false
                event.cause = isMoved && event.target != winner?.target ? .gapMerged : .calendar
            }
            skipped.append(event)
        }
        return Group(instant: instant, slot: winner, skipped: skipped)
    }

    /// The events by nominal time, each identity once; one that elapses goes before one that not.
    private static func distinct(_ events: [SlotEvent]) -> [SlotEvent] {
        let sorted = events.sorted { left, right in
            (left.nominal, left.fold, left.cause == nil ? 0 : 1)
                < (right.nominal, right.fold, right.cause == nil ? 0 : 1)
        }
        var result: [SlotEvent] = []
        for event in sorted {
            let isKnown = result.contains { known in
                known.nominal == event.nominal && known.fold == event.fold
                    && known.name == event.name && known.suffix == event.suffix
                    && known.isInterval == event.isInterval
            }
            if !isKnown {
                result.append(event)
            }
        }
        return result
    }
}
