import Testing

@testable import CivilTime

/// What holds for every expression: properties over random ones, with a printed seed.
@Suite struct CalendarPropertyTests {
    private static let zones = [
        "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "Asia/Gaza",
        "Antarctica/Troll", "Pacific/Apia", "Africa/Casablanca", "Europe/Dublin",
    ]

    private func keeper(_ random: inout RandomExpression) throws -> Timekeeper {
        let name = random.pick(CalendarPropertyTests.zones)
        let cn = try China.calendar()
        return Timekeeper(zone: try zone(name), calendar: cn, calendars: ["cn": cn])
    }

    /// An instant some hours around a clock change of 2025, or of Apia's lost day.
    private func nearChange(_ zone: Zone, _ random: inout RandomExpression) -> Instant {
        let base: Int64 = zone.name == "Pacific/Apia" ? 1_324_000_000 : 1_735_700_000
        let change = zone.segment(atSeconds: base + Int64(random.number(0...20_000_000))).end
        return Instant(seconds: (change ?? base) + Int64(random.number(-200_000...150_000)))
    }

    /// All that an expression has in a window, as text: slots, and runs of what is passed over.
    private func all(
        _ expression: CalendarExpression,
        _ start: Instant,
        _ end: Instant,
        _ keeper: Timekeeper
    ) throws -> (slots: [Slot], skipped: [SkipCause: Int], edges: Set<String>) {
        var after = start
        var slots: [Slot] = []
        var skipped: [SkipCause: Int] = [:]
        var edges: Set<String> = []
        while after < end {
            let step = expression.step(after: after, through: end, in: keeper)
            for run in step.skipped {
                skipped[run.cause, default: 0] += run.count
                if run.count == 1 { edges.insert("\(run.cause) \(run.first.id)") }
                try #require(run.first.instant > after && run.last.instant <= step.through)
            }
            try #require(step.through > after && step.through <= end)
            slots += step.slot.map { [$0] } ?? []
            after = step.through
        }
        return (slots, skipped, edges)
    }

    @Test func `splitting a window changes nothing`() throws {
        let seed = UInt64.random(in: 0...99_999)
        var random = RandomExpression(seed: seed)
        var found = 0
        for _ in 0..<200 {
            let text = random.expression()
            guard let expression = try? CalendarExpression(text) else { continue }
            let keeper = try keeper(&random)
            let start = nearChange(keeper.zone, &random)
            let end = start + .hours(Int64(random.number(1...900)))
            let middle =
                start + Span(microseconds: (end - start).microseconds / Int64(random.number(2...9)))
            let place = Comment("“\(text)” \(keeper.zone) \(start) \(middle) \(end), seed \(seed)")
            let whole = try all(expression, start, end, keeper)
            let first = try all(expression, start, middle, keeper)
            let second = try all(expression, middle, end, keeper)
            try #require(whole.slots == first.slots + second.slots, place)
            try #require(whole.skipped == first.skipped.merging(second.skipped) { $0 + $1 }, place)
            // Strictly increasing, no identity twice, and the sequence and next agree.
            try #require(
                zip(whole.slots, whole.slots.dropFirst()).allSatisfy { $0.instant < $1.instant },
                place
            )
            try #require(Set(whole.slots.map(\.id)).count == whole.slots.count, place)
            var sequence = expression.slots(after: start, in: keeper)
            for slot in whole.slots.prefix(200) {
                try #require(sequence.next() == slot, place)
            }
            if let last = whole.slots.last {
                let before = last.instant - Span(microseconds: 1)
                try #require(expression.next(after: before, in: keeper) == last, place)
            }
            for slot in whole.slots.prefix(5) + whole.slots.suffix(5) {
                try #require(
                    expression.instant(of: slot.id, in: keeper) == slot.instant,
                    "\(slot.id) \(place)"
                )
                try #require(
                    expression.instant(of: SlotID(text: slot.id.text), in: keeper) == slot.instant
                )
            }
            found += whole.slots.count
        }
        #expect(found > 500, "seed \(seed)")
    }

    /// Goes through every quarter of an hour of UTC and of local time, and asks the zone alone.
    private func slowly(
        _ pattern: CalendarPattern,
        _ start: Instant,
        _ end: Instant,
        _ zone: Zone,
        _ policies: (gap: String, fold: String)
    ) -> [Instant] {
        let (dates, times) = (CalendarDates(pattern), pattern.times)
        func matches(_ local: CivilDateTime) -> Bool {
            let time = local.time.microsecondOfDay
            return dates.first(from: local.date.dayNumber) == local.date.dayNumber
                && times.first(from: time) == time
        }
        let quarter: Int64 = 900_000_000
        var found: Set<Instant> = []
        if pattern.isElapsed {
            var lives: Set<CivilDate> = []
            for step in -400...((end - start).microseconds / quarter + 400) {
                let at = Instant(microseconds: (start.microseconds / quarter + step) * quarter)
                let local = zone.local(at)
                guard matches(local) else { continue }
                found.insert(at)
                lives.insert(local.date)
            }
            // Rule 2: a date that exists and has lost all of its slots has one.
            for day in zone.local(start).date.dayNumber - 2...zone.local(end).date.dayNumber + 2 {
                let date = CivilDate(dayNumber: day)
                guard !lives.contains(date), zone.startOfDay(date) < zone.endOfDay(date),
                    dates.first(from: day) == day, let time = times.first(from: 0)
                else { continue }
                let first = CivilDateTime(reading: Int64(day) * 86_400_000_000 + time)
                found.formUnion(resolved(first, zone, policies))
            }
        } else {
            let first = zone.local(start).reading / quarter - 400
            for step in first...zone.local(end).reading / quarter + 400 {
                let local = CivilDateTime(reading: step * quarter)
                if matches(local) { found.formUnion(resolved(local, zone, policies)) }
            }
        }
        return found.filter { $0 > start && $0 <= end }.sorted()
    }

    private func resolved(
        _ local: CivilDateTime,
        _ zone: Zone,
        _ policies: (gap: String, fold: String)
    ) -> [Instant] {
        switch zone.resolve(local) {
        case .unique(let instant): return [instant]
        case .fold(let first, let second):
            return policies.fold == "both"
                ? [first, second] : [policies.fold == "first" ? first : second]
        case .gap(let change, let shift):
            guard zone.exists(local.date) else { return [] }
            switch policies.gap {
            case "after": return [change]
            case "before": return [change - .seconds(1)]
            case "shift": return [shift]
            default: return []
            }
        }
    }

    @Test func `slots are those of a search that goes through time`() throws {
        let seed = UInt64.random(in: 0...99_999)
        var random = RandomExpression(seed: seed)
        var found = 0
        for _ in 0..<80 {
            let text = random.pattern()
            let policies = (
                gap: random.pick(["after", "before", "shift", "skip"]),
                fold: random.pick(["first", "second", "both"])
            )
            var parser = CalendarParser(text)
            guard let pattern = try parser.drafts().first?.pattern, !pattern.hasWorkdays,
                !text.hasSuffix(":30:30") && !text.hasSuffix("23:45:30")
            else { continue }
            let keeper = try keeper(&random)
            let expression = try CalendarExpression(
                "\(text) gap=\(policies.gap) fold=\(policies.fold)"
            )
            let start = nearChange(keeper.zone, &random)
            let end = start + .hours(Int64(random.number(1...80)))
            let wanted = slowly(pattern, start, end, keeper.zone, policies)
            let slots = try all(expression, start, end, keeper).slots
            try #require(
                slots.map(\.instant) == wanted,
                "“\(expression)” \(keeper.zone) (\(start), \(end)], seed \(seed)"
            )
            found += slots.count
        }
        #expect(found > 100, "seed \(seed)")
    }

    @Test func `a daily rule has one slot on each day that exists in every zone`() throws {
        let daily = try CalendarExpression("02:30")
        let midnight = try CalendarExpression("daily")
        var seen: Set<String> = []
        for name in try allZoneNames() {
            let zone = try zone(name)
            guard seen.insert(zone.version).inserted else { continue }
            var change = zone.segment(atSeconds: 0).end
            while let seconds = change, seconds < 4_102_444_800 {
                let middle = zone.local(Instant(seconds: seconds)).date
                for expression in [daily, midnight] {
                    try check(expression, in: zone, from: middle.adding(days: -1), days: 3)
                }
                // Rules repeat; one decade of them is enough.
                let next = zone.segment(atSeconds: seconds).end
                change = seconds > 2_145_916_800 ? zone.segment(atSeconds: 4_070_908_800).end : next
                if seconds > 4_070_908_800 { break }
            }
        }
        #expect(seen.count > 300)
    }

    private func check(
        _ expression: CalendarExpression,
        in zone: Zone,
        from first: CivilDate,
        days: Int
    ) throws {
        let keeper = Timekeeper(zone: zone, calendar: .mondayToFriday)
        let dates = (0..<days).map { first.adding(days: $0) }
        let existing = dates.filter { zone.startOfDay($0) < zone.endOfDay($0) }
        var found: [CivilDate] = []
        for slot in expression.slots(
            after: zone.startOfDay(first) - Span(microseconds: 1),
            in: keeper
        ) {
            guard slot.nominal.date < first.adding(days: days) else { break }
            found.append(slot.nominal.date)
        }
        try #require(found == existing, "\(expression) in \(zone)")
    }

    @Test(arguments: [
        "", " roll=after", " roll=before", " except 03-30..31", " gap=skip", " gap=before",
    ])
    func `a recurrence runs as the same rule in fields does`(clauses: String) throws {
        // A recurrence has another gap policy by default (RFC 5545, section 3.3.10).
        let gap = clauses.contains("gap=") ? "" : " gap=after"
        let expression = try CalendarExpression("02:30\(clauses)")
        let recurrence = try CalendarExpression(
            "DTSTART:20100101T023000 RRULE:FREQ=DAILY\(clauses)\(gap)"
        )
        for name in ["Europe/Berlin", "Pacific/Apia"] {
            let keeper = Timekeeper(zone: try zone(name), calendar: .mondayToFriday)
            for start in [Instant(seconds: 1_742_900_000), Instant(seconds: 1_324_000_000)] {
                let wanted = try all(expression, start, start + .days(40), keeper)
                let found = try all(recurrence, start, start + .days(40), keeper)
                #expect(found.slots == wanted.slots)
                #expect(found.skipped == wanted.skipped)
                let id = try #require(found.slots.last?.id)
                #expect(recurrence.instant(of: id, in: keeper) == found.slots.last?.instant)
            }
        }
    }

    @Test func `an interval jumps over dates that are excepted`() throws {
        let rule = try CalendarExpression(
            "every 1s from 2026-01-01T00:00:00Z except 2026..2150-*-*"
        )
        let keeper = Timekeeper(zone: try zone("Europe/Berlin"), calendar: .mondayToFriday)
        let slot = rule.next(after: try utc("2026-01-01 12:00"), in: keeper)
        #expect(slot?.instant == (try utc("2150-12-31 23:00")))
    }
}
