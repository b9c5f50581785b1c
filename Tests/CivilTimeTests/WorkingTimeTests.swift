import CivilTime
import Testing

/// Working time: how long hours were open, and when they will have been.
@Suite struct WorkingTimeTests {
    private static let office = ["09:00-12:00", "14:00-18:00"]

    private func hours(_ stretches: [String], half: [String]? = nil) throws -> WorkingHours {
        let list = try stretches.map { try #require(WorkingHours.Stretch($0)) }
        let halfList = try half.map { try $0.map { try #require(WorkingHours.Stretch($0)) } }
        return try #require(WorkingHours(work: list, half: halfList))
    }

    private func keeper(
        _ zoneName: String,
        _ base: WorkCalendar,
        _ stretches: [String] = office,
        half: [String]? = nil
    ) throws -> Timekeeper {
        let calendar = WorkCalendar(
            id: base.id,
            version: base.version,
            week: base.week,
            hours: try hours(stretches, half: half),
            layers: base.layers
        )
        return Timekeeper(zone: try zone(zoneName), calendar: calendar)
    }

    private func deadline(_ keeper: Timekeeper, _ start: String, _ hours: Int64) throws -> String {
        let start = keeper.zone.instant(try local(start))
        let deadline = try #require(keeper.deadline(from: start, open: .hours(hours)))
        return "\(keeper.zone.local(deadline.instant))"
    }

    @Test func `ten hours from 2020-01-22 16:00, before and after the revision`() throws {
        let after = try keeper("Asia/Shanghai", China.calendar())
        #expect(try deadline(after, "2020-01-22 16:00", 10) == "2020-02-03 10:00:00")
        let before = try keeper("Asia/Shanghai", China.calendarBefore2020Revision())
        #expect(try deadline(before, "2020-01-22 16:00", 10) == "2020-01-31 10:00:00")
    }

    @Test(arguments: [
        ("2020-10-09 10:00", "4wh", "2020-10-09 16:00"),
        ("2020-10-09 12:30", "1wh", "2020-10-09 15:00"),
        ("2020-10-09 17:00", "60wmin", "2020-10-09 18:00"),
        ("2020-10-09 18:00", "1wmin", "2020-10-10 09:01"),
        ("2020-10-01 08:00", "7wh", "2020-10-09 18:00"),
        ("2020-10-10 16:00", "3wh", "2020-10-12 10:00"),
    ])
    func `terms of working time`(start: String, term: String, end: String) throws {
        let keeper = try keeper("Asia/Shanghai", China.calendar())
        let start = keeper.zone.instant(try local(start))
        let deadline = keeper.deadline(from: start, term: try #require(Term(term)))
        let expected = keeper.zone.instant(try local(end))
        #expect(deadline == Deadline(instant: expected, isProvisional: false))
    }

    @Test func `reminders in working time`() throws {
        let keeper = try keeper("Asia/Shanghai", China.calendar())
        let due = keeper.zone.instant(try local("2020-10-09 10:00"))
        let term = try #require(Term("3wh"))
        let (before, after) = (keeper.before(due, term), keeper.after(due, term))
        #expect("\(keeper.zone.local(before))" == "2020-09-30 16:00:00")
        #expect("\(keeper.zone.local(after))" == "2020-10-09 15:00:00")
    }

    @Test func `a calendar without hours refuses working time`() throws {
        let keeper = Timekeeper(zone: .utc, calendar: .mondayToFriday)
        let term = try #require(Term("4wh"))
        let start = try utc("2020-10-09 10:00")
        #expect(keeper.deadline(from: start, open: .hours(4)) == nil)
        #expect(keeper.openTime(from: start, to: start + .days(9)) == .zero)
        #expect(keeper.deadline(from: start, term: term).instant == .distantFuture)
        #expect(
            keeper.refusal(of: term)
                == "`4wh` counts working time, and the calendar `mon-fri` has no `hours`; "
                + "give it hours, or count working days such as 2wd"
        )
        #expect(keeper.refusal(of: .workdays(2)) == nil)
    }

    @Test func `half days are open for as long as they say, else for half`() throws {
        let half = WorkCalendar(
            id: "a",
            version: "1",
            workweek: WorkCalendar.mondayToFriday.workweek,
            exceptions: [try date("2026-12-24"): .half, try date("2026-12-25"): .off],
            validFrom: nil,
            validThrough: nil
        )
        let told = try keeper("Europe/Berlin", half, half: ["09:00-11:00"])
        #expect(try deadline(told, "2026-12-24 08:00", 3) == "2026-12-28 10:00:00")
        let untold = try keeper("Europe/Berlin", half)
        #expect(try deadline(untold, "2026-12-24 08:00", 4) == "2026-12-28 09:30:00")
    }

    @Test func `a make-up day has the hours of the weekday that it stands for`() throws {
        let friday = [try #require(WorkingHours.Stretch("09:00-15:00"))]
        let week = [try #require(WorkingHours.Stretch("08:00-17:00"))]
        let saturday = try date("2026-02-14")
        let hours: WorkingHours? = WorkingHours(work: week, weekdays: [.friday: friday])
        let calendar = WorkCalendar(
            id: "a",
            version: "1",
            week: .mondayToFriday,
            hours: hours,
            layers: [
                WorkCalendarLayer(
                    level: "a",
                    validFrom: nil,
                    validThrough: nil,
                    days: [saturday: .init(.work, as: .friday)]
                )
            ]
        )
        let keeper = Timekeeper(zone: .utc, calendar: calendar)
        let open = keeper.openTime(
            from: try utc("2026-02-14 00:00"),
            to: try utc("2026-02-15 00:00")
        )
        #expect(open == .hours(6))
    }

    @Test(arguments: [
        // The night shift of the spring change is an hour short, of the autumn change an hour long.
        ("2025-03-30 00:00", 5), ("2025-10-26 00:00", 7), ("2025-10-25 00:00", 6),
    ])
    func `a stretch over a clock change is as long as it was`(day: String, length: Int64) throws {
        let week = try #require(WorkWeek(work: Set(Weekday.allCases)))
        let always = WorkCalendar(id: "a", version: "1", week: week)
        let keeper = try keeper("Europe/Berlin", always, ["00:00-06:00"])
        let start = keeper.zone.instant(try local(day))
        #expect(keeper.openTime(from: start, to: start + .hours(20)) == .hours(length))
    }

    @Test func `a day that a zone skips has no open hours`() throws {
        let keeper = try keeper("Pacific/Apia", .mondayToFriday, ["00:00-24:00"])
        let zone = keeper.zone
        let thursday = zone.instant(try local("2011-12-29 00:00"))
        let monday = zone.instant(try local("2012-01-02 00:00"))
        #expect(keeper.openTime(from: thursday, to: monday) == .hours(24))
    }

    // MARK: - Properties

    /// Zones whose changes fall into the hours, at midnight, by half hours, or over a whole day.
    private static let zones = [
        "Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Beirut", "Pacific/Apia",
        "America/Havana", "Antarctica/Troll",
    ]

    private static let patterns = [
        office, ["00:00-24:00"], ["00:00-06:00", "06:00-07:30", "22:00-24:00"], ["01:45-02:45"],
        ["00:00-00:20", "23:10-24:00"],
    ]

    private func check(
        _ generator: inout SeededGenerator,
        _ keeper: Timekeeper,
        _ base: Instant,
        _ note: Comment
    ) throws {
        let hour: Int64 = 3_600_000_000
        let start = base + Span(microseconds: Int64.random(in: 0...900 * hour, using: &generator))
        let open = Span(microseconds: Int64.random(in: 1...60 * hour, using: &generator))
        let more = Span(microseconds: Int64.random(in: 0...9 * hour, using: &generator))
        let due = try #require(keeper.deadline(from: start, open: open)).instant
        // Inverse both ways: the earliest instant, and the latest start.
        #expect(keeper.openTime(from: start, to: due) == open, note)
        let justBefore = due - Span(microseconds: 1)
        #expect(keeper.openTime(from: start, to: justBefore) < open, note)
        let latest = try #require(keeper.start(before: due, open: open))
        #expect(latest >= start && keeper.openTime(from: latest, to: due) == open, note)
        // An instant within or at the end of an open stretch is the deadline of its own open time.
        let again = keeper.deadline(from: start, open: keeper.openTime(from: start, to: due))
        #expect(again?.instant == due, note)
        // Monotone in the span and in the start.
        let longer = Span(microseconds: open.microseconds + more.microseconds)
        let later = try #require(keeper.deadline(from: start, open: longer)).instant
        #expect(later >= due, note)
        #expect(try #require(keeper.deadline(from: start + more, open: open)).instant >= due, note)
        // Splitting at a pause changes nothing.
        let pause = start + Span(microseconds: (due - start).microseconds / 3)
        let used = keeper.openTime(from: start, to: pause)
        let rest = Span(microseconds: open.microseconds - used.microseconds)
        #expect(keeper.openTime(from: pause, to: due) == rest, note)
        #expect(keeper.deadline(from: pause, open: rest)?.instant == due, note)
    }

    @Test(arguments: zones)
    func `deadline and open time are inverses, monotone, and split anywhere`(
        name: String
    ) throws {
        let seed = UInt64.random(in: 0...999_999)
        var generator = SeededGenerator(seed: seed)
        // Each lies shortly before a clock change of one of the zones.
        let bases = ["2025-03-15", "2025-10-15", "2011-12-15", "2024-03-20", "2020-01-15"]
        for pattern in Self.patterns {
            let keeper = try keeper(name, China.calendar(), pattern)
            for base in bases {
                let base = try utc("\(base) 00:00")
                for _ in 0..<2 {
                    let note: Comment = "\(name) \(pattern) seed \(seed)"
                    try check(&generator, keeper, base, note)
                }
            }
        }
    }

    @Test func `a span that time does not hold has no deadline`() throws {
        let keeper = try keeper("Europe/Berlin", .mondayToFriday)
        let start = try utc("2245-01-01 00:00")
        #expect(keeper.deadline(from: start, open: .hours(999_999_999)) == nil)
        let early = try utc("1690-01-01 00:00")
        #expect(keeper.start(before: early, open: .hours(999_999_999)) == nil)
        #expect(keeper.deadline(from: start, open: .zero)?.instant == start)
        #expect(keeper.start(before: start, open: .zero) == start)
    }

    // MARK: - Mistakes of others

    /// A wait over a weekend was measured in all time and given back in working time, so that each
    /// day of the weekend became a working day more.
    @Test func glpi10594() throws {
        let keeper = try keeper("Europe/Prague", .mondayToFriday)
        let zone = keeper.zone
        let opened = zone.instant(try local("2022-02-04 10:00"))  // a Friday
        let paused = zone.instant(try local("2022-02-04 17:00"))
        let resumed = zone.instant(try local("2022-02-07 10:00"))
        let spent = keeper.openTime(from: opened, to: paused)
        #expect(spent == .hours(5))
        let waited = keeper.openTime(from: paused, to: resumed)
        #expect(waited == .hours(2))
        let rest = Span(microseconds: Span.hours(7).microseconds - spent.microseconds)
        let due = try #require(keeper.deadline(from: resumed, open: rest)).instant
        #expect("\(zone.local(due))" == "2022-02-07 12:00:00")
        let total = Span(microseconds: Span.hours(7).microseconds + waited.microseconds)
        #expect(keeper.deadline(from: opened, open: total)?.instant == due)
    }

    /// A shorter term that has not begun to run replaced the longer one that was running.
    @Test func zammad5177() throws {
        let keeper = try keeper("Europe/Berlin", .mondayToFriday)
        let zone = keeper.zone
        let created = zone.instant(try local("2024-05-16 09:00"))
        let first = keeper.deadline(from: created, term: try #require(Term("8wh")))
        #expect("\(zone.local(first.instant))" == "2024-05-17 10:00:00")
        let answered = zone.instant(try local("2024-05-16 17:00"))
        let update = keeper.deadline(from: answered, term: try #require(Term("2wh")))
        #expect("\(zone.local(update.instant))" == "2024-05-17 10:00:00")
        #expect(keeper.deadline(from: created, term: try #require(Term("8wh"))) == first)
    }

    // MARK: - Hours

    @Test(arguments: [
        "", "9-12", "09:00", "09:00-", "09:00-09:00", "12:00-09:00", "09:00-24:01", "24:00-24:00",
        "09:00 - 12:00", "09:00-12:00 ", "09:00:00.5-12:00",
    ])
    func `texts that are no stretch`(text: String) {
        #expect(WorkingHours.Stretch(text) == nil)
    }

    @Test(arguments: ["09:00-12:00", "00:00-24:00", "08:30:15-17:00"])
    func `stretches read and print`(text: String) {
        #expect(WorkingHours.Stretch(text)?.description == text)
    }

    @Test func `stretches that overlap are no hours`() throws {
        let list = try ["09:00-12:00", "11:00-13:00"].map {
            try #require(WorkingHours.Stretch($0))
        }
        #expect(WorkingHours(work: list) == nil)
        #expect(WorkingHours(work: list.reversed()) == nil)
        #expect(WorkingHours(work: []) == nil)
        #expect(WorkingHours(work: [list[0]], half: list) == nil)
    }
}
