import Testing

@testable import CivilTime

/// Timers that fire again and again, or not at all, at a clock change.
@Suite struct TimerLoopTests {
    /// Zones with each kind of change, and a day before it.
    static let changes = [
        ("Europe/Berlin", "2026-03-28 12:00"), ("Europe/Berlin", "2026-10-24 12:00"),
        ("America/New_York", "2026-03-07 12:00"), ("America/New_York", "2026-10-31 12:00"),
        ("Asia/Beirut", "2026-03-28 12:00"), ("America/Havana", "2026-10-31 12:00"),
        ("Australia/Lord_Howe", "2026-10-03 03:00"), ("Australia/Lord_Howe", "2026-04-04 03:00"),
        ("Antarctica/Troll", "2026-03-28 12:00"), ("Antarctica/Troll", "2026-10-24 12:00"),
        ("Europe/Dublin", "2026-10-24 12:00"), ("Asia/Gaza", "2026-03-27 12:00"),
        ("Pacific/Apia", "2011-12-29 22:00"), ("Antarctica/Vostok", "2023-12-17 06:00"),
    ]

    static let rules = [
        "daily", "hourly", "00:00", "23:59:59", "02:30", "*:0/15", "02:0/15", "0/2:00", "02/4:30",
        "Sun 02:30", "01:30 fold=both", "02:30 gap=shift", "02:30 gap=before", "02:30 gap=skip",
    ]

    @Test(arguments: changes, rules)
    func `systemd32039 no rule fires without end at a clock change`(
        change: (String, String),
        rule: String
    ) throws {
        let zone = try zone(change.0)
        let keeper = Timekeeper(zone: zone, calendar: .mondayToFriday)
        let expression = try CalendarExpression(rule)
        let start = try utc(change.1 + ":00")
        let end = start + .days(3)
        var cursor = start
        var count = 0
        while let slot = expression.next(after: cursor, in: keeper), slot.instant <= end {
            try #require(slot.instant > cursor, "\(slot.instant) is not after \(cursor)")
            cursor = slot.instant
            count += 1
            try #require(count <= 4 * 24 * 3 + 1, "more than every quarter of an hour")
        }
        // Asked a moment before a slot, by a timer that fires early, the same slot comes.
        let early = expression.next(after: cursor - Span(microseconds: 1), in: keeper)
        #expect(count == 0 || early?.instant == cursor)
    }
}
