/// Working time: the time during which the calendar's hours are open.
///
/// A stretch of open hours runs from the instant of its local start to that of its local end, where
/// a time in a gap is the first instant after it and a time in a fold the first of the two. So a
/// stretch over a clock change is as long as it really was.
extension Timekeeper {
    /// The years in which instants lie, and one more at each end.
    private static let years = 1683...2256

    /// Returns how long the hours were open from one instant to another; zero if the end is not
    /// after the start, or if the calendar has no hours.
    public func openTime(from start: Instant, to end: Instant) -> Span {
        guard let hours = calendar.hours, start < end else { return .zero }
        var total: Int64 = 0
        var date = firstDate(start)
        let last = zone.local(end).date.adding(days: 1)
        while true {
            for stretch in stretches(of: date, hours) {
                let overlap = min(stretch.end, end) - max(stretch.start, start)
                total += max(0, overlap.microseconds)
            }
            guard date < last else { return Span(microseconds: total) }
            date = date.adding(days: 1)
        }
    }

    /// Returns the earliest instant at which the hours have been open for a span since a start.
    ///
    /// - Parameters:
    ///   - start: Where to count from; with no span at all it is the result.
    ///   - open: How long the hours are to be open.
    /// - Returns: The instant; nil if the calendar has no hours, or if time ends before.
    public func deadline(from start: Instant, open: Span) -> Deadline? {
        guard let hours = calendar.hours else { return nil }
        let first = referenceDay(start)
        guard open > .zero else { return deadline(start, first, first) }
        guard open <= .distantFuture - start else { return nil }
        var rest = open
        var date = firstDate(start)
        while true {
            for stretch in stretches(of: date, hours) {
                let begin = max(stretch.start, start)
                guard begin < stretch.end else { continue }
                let length = stretch.end - begin
                if rest <= length {
                    return deadline(begin + rest, first, date)
                }
                rest = Span(microseconds: rest.microseconds - length.microseconds)
            }
            guard date.year < Timekeeper.years.upperBound else { return nil }
            date = date.adding(days: 1)
        }
    }

    /// Returns the latest instant from which the hours are open for a span until an end; nil if the
    /// calendar has no hours, or if time begins after it.
    public func start(before end: Instant, open: Span) -> Instant? {
        guard let hours = calendar.hours else { return nil }
        guard open > .zero else { return end }
        guard open <= end - .distantPast else { return nil }
        var rest = open
        var date = zone.local(end).date.adding(days: 1)
        while true {
            for stretch in stretches(of: date, hours).reversed() {
                let last = min(stretch.end, end)
                guard stretch.start < last else { continue }
                let length = last - stretch.start
                if rest <= length { return last - rest }
                rest = Span(microseconds: rest.microseconds - length.microseconds)
            }
            guard date.year > Timekeeper.years.lowerBound else { return nil }
            date = date.adding(days: -1)
        }
    }

    private func deadline(_ instant: Instant, _ first: CivilDate, _ last: CivilDate) -> Deadline {
        let isProvisional = calendar.isProvisional(first) || calendar.isProvisional(last)
        return Deadline(instant: instant, isProvisional: isProvisional)
    }

    /// A day whose stretches end before an instant, or its own: a clock that is set back over
    /// midnight shows the day before again.
    private func firstDate(_ start: Instant) -> CivilDate {
        zone.local(start).date.adding(days: -1)
    }

    private func stretches(
        of date: CivilDate,
        _ hours: WorkingHours
    ) -> [(start: Instant, end: Instant)] {
        let kind = calendar.kind(of: date)
        guard kind != .off else { return [] }
        let list = hours.stretches(kind, calendar.effectiveWeekday(of: date))
        guard let first = list.first, let last = list.last else { return [] }
        let (begin, end) = (instant(date, first.start), instant(date, last.end))
        // On nearly every day no clock changes in between, and the rest is arithmetic.
        let isEven = end - begin == Span.seconds(Int64(last.end - first.start))
        guard isEven, zone.offset(at: begin).seconds == zone.offset(at: end).seconds else {
            return list.map { (instant(date, $0.start), instant(date, $0.end)) }
        }
        return list.map {
            let length = Span.seconds(Int64($0.end - $0.start))
            let start = begin + Span.seconds(Int64($0.start - first.start))
            return (start, start + length)
        }
    }

    private func instant(_ date: CivilDate, _ second: Int) -> Instant {
        guard second < 86_400 else { return zone.endOfDay(date) }
        let time = TimeOfDay(microsecondOfDay: Int64(second) * 1_000_000)
        return zone.instant(CivilDateTime(date: date, time: time))
    }
}
