import CivilTime

/// Many schedules at once, each with a rule of its own and its next instant, in a heap.
enum Crowd {
    private static let zones = [
        "Africa/Cairo", "America/Havana", "America/Nuuk", "America/Santiago", "Asia/Gaza",
        "Asia/Shanghai", "Atlantic/Azores", "Australia/Lord_Howe", "Europe/Berlin", "Europe/Dublin",
        "Europe/London", "Pacific/Apia", "Pacific/Chatham",
    ]
    private static let dates = [
        "", "Mon..Fri ", "Sat,Sun ", "Mon ", "Wed ", "*-*-01 ", "*-*-15 ", "*-*~01 ", "*-01/3-01 ",
        "*-*-10,20 ", "Fri *-*~01..07 ", "*-06-30 ",
    ]

    /// Makes the schedules and returns what they take.
    static func measure(count: Int, at start: Instant) throws(BenchError) -> String {
        let keeper = try keeper()
        let empty = Machine.residentBytes
        var (rules, parse) = try timed { () throws(BenchError) in
            try (0..<count).map { index throws(BenchError) in try rule(index) }
        }
        let withRules = Machine.residentBytes
        var (heap, first) = timed { () throws(Never) in
            DueHeap(
                rules.enumerated().compactMap { index, rule in
                    rule.next(after: start, in: keeper).map {
                        DueHeap.Entry(due: $0.instant.microseconds, schedule: Int32(index))
                    }
                }
            )
        }
        let withHeap = Machine.residentBytes
        var sum: Int64 = 0
        let (_, peek) = timed { () throws(Never) in
            for _ in 0..<1_000 { sum &+= heap.earliest?.due ?? 0 }
        }
        let turns = 100_000
        let (_, advance) = timed { () throws(Never) in
            for _ in 0..<turns {
                guard let entry = heap.earliest else { break }
                let due = Instant(microseconds: entry.due)
                let next = rules[Int(entry.schedule)].next(after: due, in: keeper)
                heap.replaceEarliest(due: next?.instant.microseconds ?? Int64.max)
            }
        }
        rules.removeAll()
        return """
            {"count": \(count), "heap": \(heap.count), "rules_bytes": \(withRules - empty), \
            "heap_bytes": \(withHeap - withRules), "parse_cpu": \(parse), "first_cpu": \(first), \
            "peek_cpu": \(peek / 1_000), "advance_cpu": \(advance / Int64(turns)), \
            "stride": \(MemoryLayout<CalendarExpression>.stride), "check": \(sum)}
            """
    }

    private static func keeper() throws(BenchError) -> Timekeeper {
        var loaded: [String: Zone] = [:]
        for name in zones {
            loaded[name] = try Machine.zone(name)
        }
        return Timekeeper(zone: .utc, calendar: .mondayToFriday, zones: loaded)
    }

    /// The rule of a number: times of day first, then dates, so that a million are all different.
    private static func rule(_ index: Int) throws(BenchError) -> CalendarExpression {
        let (hour, minute, second) = (index % 24, index / 24 % 60, index / 1440 % 60)
        let date = dates[index / 86_400 % dates.count]
        let zone = zones[index % zones.count]
        do throws(CalendarExpressionError) {
            return try CalendarExpression("\(date)\(hour):\(minute):\(second) \(zone)")
        } catch {
            throw BenchError(message: "rule \(index): \(error.message)")
        }
    }

    private static func timed<Value, Failure: Error>(
        _ work: () throws(Failure) -> Value
    ) throws(Failure) -> (Value, Int64) {
        let before = Machine.cpuNanoseconds
        let value = try work()
        return (value, Machine.cpuNanoseconds - before)
    }
}
