/// A stretch of time in which a zone's clocks keep one offset, in microseconds.
struct SlotStretch {
    /// What clocks are ahead of UTC.
    let offset: Int64
    /// Its first instant; the smallest number if no change lies near.
    let start: Int64
    /// The first instant of the next one; the largest number if there is none.
    let end: Int64
    /// The end of what clocks had shown before it began; the smallest number if that is far.
    let high: Int64

    /// No gap, no fold and no offset reaches further than this from a clock change.
    static let reach: Int64 = Zone.reach * 1_000_000

    private init(_ zone: Zone, from start: Int64, at seconds: Int64, high: Int64) {
        let segment = zone.segment(atSeconds: seconds)
        offset = segment.offset * 1_000_000
        end = segment.end.map { $0 * 1_000_000 } ?? Int64.max
        self.start = start
        self.high = high
    }

    /// The stretch in which an instant lies.
    init(of zone: Zone, at instant: Int64) {
        let early = floorDivide(instant - SlotStretch.reach, by: 1_000_000)
        var stretch = SlotStretch(zone, from: Int64.min, at: early, high: Int64.min)
        while stretch.end <= instant {
            stretch = stretch.next(of: zone)
        }
        self = stretch
    }

    /// The stretch after this one, which must have an end.
    func next(of zone: Zone) -> SlotStretch {
        SlotStretch(zone, from: end, at: end / 1_000_000, high: max(high, end + offset))
    }

    /// The first reading that clocks show in it.
    var firstReading: Int64 { start == Int64.min ? Int64.min : start + offset }

    /// What clocks would show next if they went on unchanged.
    var lastReading: Int64 { end == Int64.max ? Int64.max : end + offset }

    /// The readings that clocks jump over at its start, empty if none.
    var gap: Range<Int64> {
        guard high != Int64.min, high < firstReading else { return 0..<0 }
        return high..<firstReading
    }
}
