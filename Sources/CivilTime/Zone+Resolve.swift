extension Zone {
    /// Returns which instants a local time stands for.
    public func resolve(_ local: CivilDateTime) -> Resolution {
        let reading = local.reading
        // No offset reaches 26 hours, so every segment that could show the reading is near.
        let near = floorDivide(reading, by: 1_000_000)
        let last = near + Zone.reach
        var start = near - Zone.reach
        var found: [Instant] = []
        var gap: Resolution?
        var offsetBefore: Int64?
        while start <= last {
            let segment = segment(atSeconds: start)
            let shifted = reading - segment.offset * 1_000_000
            if let offsetBefore, offsetBefore < segment.offset,
                shifted < start * 1_000_000, reading >= (start + offsetBefore) * 1_000_000
            {
                gap = .gap(
                    before: Instant(seconds: start),
                    shift: Instant(microseconds: reading - offsetBefore * 1_000_000)
                )
            }
            let begins = offsetBefore == nil || shifted >= start * 1_000_000
            if begins, segment.end.map({ shifted < $0 * 1_000_000 }) ?? true {
                found.append(Instant(microseconds: shifted))
            }
            guard let end = segment.end else { break }
            offsetBefore = segment.offset
            start = end
        }
        if let first = found.first {
            return found.count > 1 ? .fold(first: first, second: found[1]) : .unique(first)
        }
        guard let gap else {
            preconditionFailure("A local time that no segment shows lies in the gap between two.")
        }
        return gap
    }

    /// Seconds around a local time, read as UTC, that hold all instants it could stand for.
    static var reach: Int64 { 48 * 3_600 }

    /// Returns the instant of a local time: in a gap the first instant after it, in a fold the
    /// first of the two.
    public func instant(_ local: CivilDateTime) -> Instant {
        switch resolve(local) {
        case .unique(let instant): instant
        case .gap(let after, _): after
        case .fold(let first, _): first
        }
    }

    /// Returns the first instant of a local day, which is later than 00:00 where clocks jump over
    /// midnight; of a day that the zone skips, the first instant of the next.
    public func startOfDay(_ date: CivilDate) -> Instant {
        instant(CivilDateTime(date: date, time: .midnight))
    }

    /// Returns the exclusive end of a local day, the first instant of the next existing one.
    public func endOfDay(_ date: CivilDate) -> Instant {
        // The start of a day that the zone skips is the start of the day after it.
        startOfDay(date.adding(days: 1))
    }

    /// Whether the local day exists; Apia has no 2011-12-30.
    func exists(_ date: CivilDate) -> Bool {
        guard case .gap(let after, _) = resolve(CivilDateTime(date: date, time: .midnight)) else {
            return true
        }
        return local(after).date == date
    }
}
