/// The slots of an expression after an instant, one after the other.
///
/// It keeps the day and the stretch of one offset between steps, which makes it much faster than
/// asking for each next slot anew.
public struct SlotSequence: Sequence, IteratorProtocol {
    private let expression: CalendarExpression
    private let keeper: Timekeeper
    private var last: Instant
    /// The fast way, wherever the clocks are quiet.
    private var quiet: SlotQuietCursor?
    /// The way through clock changes, and of all rules that are not plain.
    private var stream: SlotStream?

    init(_ expression: CalendarExpression, after instant: Instant, in keeper: Timekeeper) {
        self.expression = expression
        self.keeper = keeper
        last = instant
        quiet = SlotQuietCursor(expression, after: instant, in: keeper)
        if quiet == nil {
            stream = makeStream()
        }
    }

    /// Returns the next slot that elapses, nil if there is none before 2200.
    public mutating func next() -> Slot? {
        if let found = quiet?.next() {
            last = found.instant
            return found
        }
        if quiet != nil {
            // A clock change is near; what follows needs its policies.
            quiet = nil
            stream = makeStream()
        }
        guard let found = nextOfStream() else { return nil }
        last = found.instant
        if expression.rule.isPlain {
            quiet = SlotQuietCursor(expression, after: last, in: keeper)
            if quiet != nil {
                stream = nil
            }
        }
        return found
    }

    private func makeStream() -> SlotStream? {
        SlotStream(
            expression,
            after: last,
            through: .distantFuture,
            in: keeper,
            wantsSkipped: false
        )
    }

    private mutating func nextOfStream() -> Slot? {
        while let group = stream?.next() {
            if let slot = group.slot?.slot { return slot }
        }
        return nil
    }
}

/// Goes through the slots of a plain rule while no clock change is near.
///
/// Where clocks are quiet each reading is one instant, and nothing but masks has to be asked.
struct SlotQuietCursor {
    private let rule: CalendarRule
    private let zone: Zone
    /// What clocks are ahead of UTC, and until when they are quiet.
    private var offset: Int64
    private var end: Int64
    /// The day on which the search is, its date, and the next time of the day to look at.
    private var day: Int
    private var date: CivilDate
    private var time: Int64

    /// How far from a clock change clocks count as quiet; twice what any change reaches.
    private static let margin = SlotStretch.reach * 2

    /// Nil if the rule is not plain, its zone is unknown, or a clock change is near.
    init?(_ expression: CalendarExpression, after instant: Instant, in keeper: Timekeeper) {
        guard expression.rule.isPlain, let zone = keeper.zone(for: expression) else { return nil }
        guard let (offset, end) = SlotQuietCursor.quiet(zone, around: instant.microseconds) else {
            return nil
        }
        self.zone = zone
        self.offset = offset
        self.end = end
        rule = expression.rule
        let reading = instant.microseconds + offset + 1
        let today = Int(floorDivide(reading, by: SlotCursor.day))
        guard let first = rule.first.dates.first(from: today) else { return nil }
        day = first
        date = CivilDate(dayNumber: first)
        time = first == today ? reading - Int64(today) * SlotCursor.day : 0
    }

    /// The offset around an instant and until when it stays quiet; nil if a change is near.
    private static func quiet(_ zone: Zone, around instant: Int64) -> (Int64, Int64)? {
        let segment = zone.segment(atSeconds: floorDivide(instant - margin, by: 1_000_000))
        guard let end = segment.end else { return (segment.offset * 1_000_000, Int64.max) }
        let quietEnd = end * 1_000_000 - margin
        return quietEnd > instant ? (segment.offset * 1_000_000, quietEnd) : nil
    }

    /// The next slot, nil if a clock change is near or if there is none.
    mutating func next() -> Slot? {
        while true {
            if let found = rule.first.times.first(from: time) {
                let reading = Int64(day) * SlotCursor.day + found
                if reading - offset >= end {
                    // A rule with few slots jumps over changes from one quiet place to the next.
                    guard let next = SlotQuietCursor.quiet(zone, around: reading) else {
                        return nil
                    }
                    (offset, end) = next
                }
                time = found + 1
                return Slot(
                    CivilDateTime(date: date, time: TimeOfDay(microsecondOfDay: found)),
                    0,
                    Instant(microseconds: reading - offset),
                    isProvisional: false,
                    name: nil
                )
            }
            guard let next = rule.first.dates.first(from: day + 1) else { return nil }
            day = next
            date = CivilDate(dayNumber: next)
            time = 0
        }
    }
}

extension Timekeeper {
    /// The zone in which an expression is read; nil if it names one that is not known.
    fileprivate func zone(for expression: CalendarExpression) -> Zone? {
        guard let name = expression.zoneName else { return zone }
        if name == "UTC" { return .utc }
        return name == zone.name ? zone : zones[name]
    }
}
