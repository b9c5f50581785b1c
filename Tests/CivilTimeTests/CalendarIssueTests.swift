import CivilTime
import Testing

/// Regression tests, each named after the issue of the project that had it wrong or was asked for it.
@Suite struct CalendarIssueTests {
    /// A rule, its zone, an instant in UTC, and the slots in UTC that follow.
    struct Row: Sendable {
        let rule: String
        let zone: String
        let after: String
        let slots: [String]

        init(_ rule: String, _ zone: String, _ after: String, _ slots: [String]) {
            self.rule = rule
            self.zone = zone
            self.after = after
            self.slots = slots
        }
    }

    private func check(_ row: Row) throws {
        let expression = try CalendarExpression(row.rule)
        let keeper = Timekeeper(zone: try zone(row.zone), calendar: .mondayToFriday)
        var after = try utc(row.after)
        for wanted in row.slots {
            let slot = try #require(expression.next(after: after, in: keeper))
            #expect(slot.instant == (try utc(wanted)), "\(row.rule) after \(after)")
            after = slot.instant
        }
    }

    @Test(arguments: [
        Row(
            "*:0/15",
            "Europe/Berlin",
            "2025-10-26 00:30",
            [
                "2025-10-26 00:45", "2025-10-26 01:00", "2025-10-26 01:15", "2025-10-26 01:30",
                "2025-10-26 01:45", "2025-10-26 02:00",
            ]
        ),
        Row(
            "hourly",
            "Europe/Berlin",
            "2025-10-25 23:30",
            ["2025-10-26 00:00", "2025-10-26 01:00", "2025-10-26 02:00"]
        ),
        Row(
            "minutely",
            "Europe/Berlin",
            "2025-10-26 00:58",
            ["2025-10-26 00:59", "2025-10-26 01:00", "2025-10-26 01:01"]
        ),
        Row(
            "*:0/15",
            "Australia/Lord_Howe",
            "2025-04-05 14:30",
            ["2025-04-05 14:45", "2025-04-05 15:00", "2025-04-05 15:15", "2025-04-05 15:30"]
        ),
        Row(
            "02:0/15",
            "Europe/Berlin",
            "2025-10-25 12:00",
            [
                "2025-10-26 00:00", "2025-10-26 00:15", "2025-10-26 00:30", "2025-10-26 00:45",
                "2025-10-26 01:00", "2025-10-26 01:15", "2025-10-26 01:30", "2025-10-26 01:45",
                "2025-10-27 01:00",
            ]
        ),
    ])
    func `systemd8647, elapsed rules stop in a fold`(row: Row) throws {
        try check(row)
    }

    @Test(arguments: [
        Row(
            "02:30",
            "Europe/Berlin",
            "2025-03-29 12:00",
            ["2025-03-30 01:00", "2025-03-31 00:30"]
        ),
        Row(
            "Sun 02:30",
            "Europe/Berlin",
            "2025-03-29 12:00",
            ["2025-03-30 01:00", "2025-04-06 00:30"]
        ),
        Row(
            "02:0/15",
            "Europe/Berlin",
            "2025-03-29 12:00",
            ["2025-03-30 01:00", "2025-03-31 00:00", "2025-03-31 00:15"]
        ),
        Row(
            "0/2:00",
            "Europe/Berlin",
            "2025-03-29 22:00",
            ["2025-03-29 23:00", "2025-03-30 01:00", "2025-03-30 02:00", "2025-03-30 04:00"]
        ),
    ])
    func `systemd5595, a time in a gap is lost`(row: Row) throws {
        try check(row)
    }

    @Test(arguments: [
        Row("daily", "Asia/Beirut", "2024-03-29 22:00", ["2024-03-30 22:00", "2024-03-31 21:00"]),
        Row("daily", "Africa/Cairo", "2024-04-24 22:00", ["2024-04-25 22:00", "2024-04-26 21:00"]),
        Row(
            "daily",
            "America/Havana",
            "2024-03-09 05:00",
            ["2024-03-10 05:00", "2024-03-11 04:00"]
        ),
        Row(
            "daily",
            "America/Santiago",
            "2024-09-07 04:00",
            ["2024-09-08 04:00", "2024-09-09 03:00"]
        ),
        Row(
            "daily",
            "Atlantic/Azores",
            "2026-03-28 01:00",
            ["2026-03-29 01:00", "2026-03-30 00:00"]
        ),
    ])
    func `a gap at midnight`(row: Row) throws {
        try check(row)
    }

    @Test(arguments: [
        Row(
            "02/4:00",
            "Europe/Berlin",
            "2025-03-29 21:00",
            ["2025-03-30 01:00", "2025-03-30 04:00"]
        ),
        Row(
            "02/4:30",
            "Australia/Sydney",
            "2025-10-04 13:00",
            ["2025-10-04 16:00", "2025-10-04 19:30"]
        ),
    ])
    func `systemd13745, no answer on the eve of a gap`(row: Row) throws {
        try check(row)
    }

    @Test func `a fixed time in a fold elapses once`() throws {
        try check(
            Row(
                "02:30",
                "Europe/Berlin",
                "2025-10-25 12:00",
                ["2025-10-26 00:30", "2025-10-27 01:30"]
            )
        )
    }

    @Test(arguments: [
        Row(
            "Mon 09:00 every 2w from 2026-01-05",
            "Europe/Berlin",
            "2026-12-07 12:00",
            ["2026-12-21 08:00", "2027-01-04 08:00"]
        )
    ])
    func `systemd6024 and systemd34406, every other week`(row: Row) throws {
        try check(row)
    }

    @Test func `systemd6036, after a backward step the same slot comes again`() throws {
        try check(Row("hourly", "Europe/Berlin", "2026-05-01 10:30", ["2026-05-01 11:00"]))
        try check(Row("hourly", "Europe/Berlin", "2026-05-01 08:30", ["2026-05-01 09:00"]))
    }

    @Test func `systemd16347, a clock of the year 2098`() throws {
        try check(
            Row(
                "*-*-* 02:30",
                "Europe/Berlin",
                "2098-03-29 12:00",
                ["2098-03-30 01:00", "2098-03-31 00:30"]
            )
        )
        try check(
            Row(
                "weekly",
                "Europe/Berlin",
                "2098-10-26 12:00",
                ["2098-10-26 23:00", "2098-11-02 23:00"]
            )
        )
    }

    @Test(arguments: ["*:*:0/20", "*:0/5", "02:30", "0..3:0/30 clock=fixed"])
    func `systemd32039, no loop at a clock change`(rule: String) throws {
        let expression = try CalendarExpression(rule)
        let keeper = Timekeeper(zone: try zone("Europe/Berlin"), calendar: .mondayToFriday)
        for start in ["2025-03-29 22:00", "2025-10-25 22:00"] {
            var after = try utc(start)
            let end = after + .hours(8)
            while after < end, let slot = expression.next(after: after, in: keeper) {
                try #require(slot.instant > after)
                after = slot.instant
            }
            #expect(after >= end)
        }
    }

    @Test func `open-webui 26954, a rare rule is found without walking`() throws {
        let expression = try CalendarExpression(
            "Mon 2196-02-29 02:30 | *-02-29 02:30 except 2024..2195-*-*"
        )
        let keeper = Timekeeper(zone: try zone("Europe/Berlin"), calendar: .mondayToFriday)
        let clock = ContinuousClock()
        let took = try clock.measure {
            let slot = try #require(expression.next(after: utc("2020-03-01 00:00"), in: keeper))
            #expect(slot.nominal == (try local("2196-02-29 02:30:00")))
        }
        #expect(took < .milliseconds(500))
    }

    @Test(arguments: [
        ("after", ["2025-03-30 01:00"]), ("before", ["2025-03-30 00:59:59"]),
        ("shift", ["2025-03-30 01:30"]), ("skip", ["2025-03-31 00:30"]),
    ])
    func `cron-utils 213, the gap policy is the schedule's`(gap: String, slots: [String]) throws {
        try check(Row("02:30 gap=\(gap)", "Europe/Berlin", "2025-03-29 12:00", slots))
    }

    @Test func `nomad 5410, a job at 02:30 runs on the day of the gap`() throws {
        try check(
            Row(
                "02:30",
                "America/New_York",
                "2019-03-09 12:00",
                ["2019-03-10 07:00", "2019-03-11 06:30"]
            )
        )
        try check(
            Row(
                "01:30",
                "America/New_York",
                "2019-11-02 12:00",
                ["2019-11-03 05:30", "2019-11-04 06:30"]
            )
        )
    }

    @Test func `rundeck 3234, a job in the fold runs once, or twice if asked`() throws {
        try check(
            Row(
                "02:30",
                "Europe/Berlin",
                "2025-10-25 12:00",
                ["2025-10-26 00:30", "2025-10-27 01:30"]
            )
        )
        try check(
            Row(
                "02:30 fold=second",
                "Europe/Berlin",
                "2025-10-25 12:00",
                ["2025-10-26 01:30", "2025-10-27 01:30"]
            )
        )
        try check(
            Row(
                "02:30 fold=both",
                "Europe/Berlin",
                "2025-10-25 12:00",
                ["2025-10-26 00:30", "2025-10-26 01:30", "2025-10-27 01:30"]
            )
        )
    }
}
