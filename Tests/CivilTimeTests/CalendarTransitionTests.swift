import Testing

@testable import CivilTime

/// Elapses around clock changes beyond the cases of ``CalendarIssueTests``.
@Suite struct CalendarTransitionTests {
    /// A rule, where and from when it is asked, and the slots that follow in UTC.
    struct Row: Sendable {
        let rule: String
        let zone: String
        let after: String
        let slots: [String]

        init(_ rule: String, _ zone: String, after: String, _ slots: String...) {
            self.rule = rule
            self.zone = zone
            self.after = after
            self.slots = slots
        }
    }

    static let rows = [
        // Asked in the second copy of the fold, what the first copy had is over.
        Row("02:15,30,45", "Europe/Berlin", after: "2025-10-26 01:20", "2025-10-27 01:15"),
        Row(
            "02:15,30,45",
            "Europe/Berlin",
            after: "2025-10-26 00:20",
            "2025-10-26 00:30",
            "2025-10-26 00:45",
            "2025-10-27 01:15"
        ),
        // Several times in one gap elapse once.
        Row(
            "02:15,30,45",
            "Europe/Berlin",
            after: "2025-03-29 12:00",
            "2025-03-30 01:00",
            "2025-03-31 00:15"
        ),
        Row(
            "02,03:00",
            "Europe/Berlin",
            after: "2025-03-29 12:00",
            "2025-03-30 01:00",
            "2025-03-31 00:00"
        ),
        // Part of an elapsed rule lies in the gap: the rest is enough.
        Row(
            "*:0/15",
            "Europe/Berlin",
            after: "2025-03-30 00:30",
            "2025-03-30 00:45",
            "2025-03-30 01:00",
            "2025-03-30 01:15"
        ),
        Row(
            "hourly",
            "Europe/Berlin",
            after: "2025-03-29 23:30",
            "2025-03-30 00:00",
            "2025-03-30 01:00",
            "2025-03-30 02:00"
        ),
        // An elapsed rule of one date that falls into a gap or only into a fold.
        Row("2025-03-30 02:0/30", "Europe/Berlin", after: "2025-03-01 12:00", "2025-03-30 01:00"),
        Row(
            "2025-10-26 02:0/30",
            "Europe/Berlin",
            after: "2025-10-26 00:40",
            "2025-10-26 01:00",
            "2025-10-26 01:30"
        ),
        // A day that does not exist has no slot.
        Row(
            "daily",
            "Pacific/Apia",
            after: "2011-12-28 12:00",
            "2011-12-29 10:00",
            "2011-12-30 10:00",
            "2011-12-31 10:00"
        ),
        Row("*-*-30 12:00", "Pacific/Apia", after: "2011-12-01 00:00", "2012-01-29 22:00"),
        Row(
            "*-*-30 12:0/30",
            "Pacific/Apia",
            after: "2011-12-01 00:00",
            "2012-01-29 22:00",
            "2012-01-29 22:30"
        ),
        Row(
            "hourly",
            "Pacific/Apia",
            after: "2011-12-30 09:00",
            "2011-12-30 10:00",
            "2011-12-30 11:00"
        ),
        // A gap of seven hours.
        Row(
            "03:00",
            "Antarctica/Vostok",
            after: "1994-10-31 12:00",
            "1994-11-01 00:00",
            "1994-11-01 20:00"
        ),
    ]

    @Test(arguments: rows)
    func `slots at clock changes`(row: Row) throws {
        let expression = try CalendarExpression(row.rule)
        let zone = try zone(row.zone)
        var after = try utc(row.after)
        for expected in row.slots {
            let slot = try #require(expression.next(after: after, zone: zone))
            #expect(slot.instant == (try utc(expected)), "\(slot.instant)")
            after = slot.instant
        }
    }

    @Test func `a slot keeps the time that the rule names`() throws {
        let zone = try zone("Europe/Berlin")
        let gap = try CalendarExpression("02:30").next(after: utc("2025-03-30 00:00"), zone: zone)
        #expect(gap?.nominal == (try local("2025-03-30 02:30:00")))
        #expect(gap?.fold == 0)
        let rule = try CalendarExpression("*:0/30")
        let first = try #require(rule.next(after: utc("2025-10-25 23:59"), zone: zone))
        let third = try #require(rule.next(after: first.instant + .minutes(30), zone: zone))
        #expect(first.nominal == third.nominal)
        #expect([first.fold, third.fold] == [0, 1])
        #expect(first < third)
    }

    @Test(arguments: ["*:0/15", "02:0/15", "0/2:00", "02:15,30", "Sun 0..2:0/20", "daily"])
    func `every instant before a slot leads to it`(rule: String) throws {
        let zone = try zone("Europe/Berlin")
        let expression = try CalendarExpression(rule)
        for base in ["2025-03-29 22:00", "2025-10-25 21:00"] {
            var start = try utc(base)
            let end = start + .hours(8)
            while start < end, let slot = expression.next(after: start, zone: zone) {
                var between = start
                while between < min(slot.instant, end) {
                    let same = expression.next(after: between, zone: zone)
                    try #require(same == slot, "\(rule) after \(between)")
                    between = between + .seconds(397)
                }
                let before = slot.instant - Span(microseconds: 1)
                try #require(expression.next(after: before, zone: zone) == slot)
                start = slot.instant
            }
        }
    }
}
