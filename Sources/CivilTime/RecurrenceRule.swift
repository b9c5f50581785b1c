/// A recurrence of iCalendar (RFC 5545): DTSTART with RRULE, RDATE and EXDATE.
///
/// Instances are local times in the zone of DTSTART; what becomes of them where clocks change is
/// the business of whoever turns them into instants. DTSTART itself is an instance if the RRULE
/// takes it or there is none; the RFC leaves open what it is otherwise.
public struct RecurrenceRule: Hashable, Sendable {
    /// DTSTART: nothing of the RRULE lies before it.
    public let start: CivilDateTime
    /// The zone that DTSTART names, `UTC` where it ends in `Z`, nil where it leaves that open.
    public let zoneName: String?
    /// EXDATE: local times that are instances, and do not take place.
    public let excluded: [CivilDateTime]

    let pattern: RecurrencePattern?
    let added: [CivilDateTime]
    private let filled: RecurrencePattern?
    /// The last instance of a rule with COUNT, found once; nil if there is no COUNT, or if the years
    /// end before it is reached.
    private let last: CivilDateTime?

    init(
        start: CivilDateTime,
        zoneName: String?,
        pattern: RecurrencePattern?,
        added: [CivilDateTime],
        excluded: [CivilDateTime]
    ) {
        self.start = start
        self.zoneName = zoneName
        self.pattern = pattern
        self.added = pattern == nil ? Set(added + [start]).sorted() : added
        self.excluded = excluded
        let filled = pattern?.filled(from: start)
        self.filled = filled
        var last: CivilDateTime?
        if let filled, case .count(let count) = filled.bound, filled.isInStep(with: start) {
            last = filled.instance(count - 1, from: start, start: start)
        }
        self.last = last
    }

    /// The FREQ part is below a day, or every hour of the day is named: the rule is a rhythm and not
    /// a time of the day.
    var isElapsed: Bool {
        guard let filled else { return false }
        return filled.frequency.isWithinDay || filled.hours.count == 24
    }

    /// Returns the first instance at or after a local time that is not excluded.
    ///
    /// - Parameters:
    ///   - from: The local time.
    ///   - zone: The zone of DTSTART; an UNTIL in UTC is compared in it.
    /// - Returns: The instance, nil if none is left before the end of 2199.
    public func first(from: CivilDateTime, in zone: Zone) -> CivilDateTime? {
        var from = from
        while let found = firstNominal(from: from, in: zone) {
            guard isExcluded(found) else { return found }
            from = found.nextMicrosecond
        }
        return nil
    }

    /// Returns the first instance at or after a local time, excluded or not.
    ///
    /// - Parameters:
    ///   - from: The local time.
    ///   - zone: The zone of DTSTART; an UNTIL in UTC is compared in it.
    /// - Returns: The instance, nil if none is left before the end of 2199.
    public func firstNominal(from: CivilDateTime, in zone: Zone) -> CivilDateTime? {
        let ruled = firstRuled(from: from) { zone.instant($0) }
        let named = added.first { $0 >= from }
        guard let ruled, let named else { return ruled ?? named }
        return min(ruled, named)
    }

    /// Whether an EXDATE names a local time.
    public func isExcluded(_ local: CivilDateTime) -> Bool {
        excluded.contains(local)
    }

    /// The first instance of the RRULE alone.
    private func firstRuled(
        from: CivilDateTime,
        instant: (CivilDateTime) -> Instant
    ) -> CivilDateTime? {
        guard let filled else { return nil }
        if let last, from > last { return nil }
        guard let found = filled.instance(from: from, start: start) else { return nil }
        switch filled.bound {
        case .none: return found
        case .count: return last.map { found <= $0 } ?? true ? found : nil
        case .local(let until): return found <= until ? found : nil
        case .instant(let until): return instant(found) <= until ? found : nil
        }
    }

    /// Whether an instance exists by the RRULE or RDATE alone, and whether one is left by EXDATE; an
    /// UNTIL in UTC is taken a day late, since the zone is not known here.
    var remains: (any: Bool, left: Bool) {
        let reach = Span.seconds(Zone.reach)
        let early = { (local: CivilDateTime) in Zone.utc.instant(local) - reach }
        var from = added.first.map { min($0, start) } ?? start
        var any = false
        while true {
            let ruled = firstRuled(from: from, instant: early)
            let named = added.first { $0 >= from }
            guard let found = [ruled, named].compactMap({ $0 }).min() else { return (any, false) }
            any = true
            guard isExcluded(found) else { return (true, true) }
            from = found.nextMicrosecond
        }
    }
}

extension RecurrenceRule: CustomStringConvertible {
    /// The normal form: one line, properties in the order DTSTART, RRULE, RDATE, EXDATE.
    public var description: String {
        let suffix = zoneName == "UTC" ? "Z" : ""
        let zone = zoneName.map { $0 == "UTC" ? "" : ";TZID=\($0)" } ?? ""
        func property(_ name: String, _ times: [CivilDateTime]) -> String {
            name + zone + ":" + times.map { $0.basicText + suffix }.joined(separator: ",")
        }
        var words = [property("DTSTART", [start])]
        if let pattern {
            words.append("RRULE:" + pattern.text(suffix: suffix))
        }
        let named = pattern == nil ? added.filter { $0 != start } : added
        if !named.isEmpty {
            words.append(property("RDATE", named))
        }
        if !excluded.isEmpty {
            words.append(property("EXDATE", excluded))
        }
        return words.joined(separator: " ")
    }
}

extension CivilDateTime {
    fileprivate var nextMicrosecond: CivilDateTime { CivilDateTime(reading: reading + 1) }
}
