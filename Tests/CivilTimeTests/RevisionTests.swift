import CivilTime
import Testing

/// A deadline is never shortened into the past by a revision of the calendar.
@Suite struct RevisionTests {
    private func keeper(_ calendar: WorkCalendar) throws -> Timekeeper {
        Timekeeper(zone: try zone("Asia/Shanghai"), calendar: calendar)
    }

    private func end(_ day: String) throws -> Instant {
        try zone("Asia/Shanghai").endOfDay(try date(day))
    }

    private func instant(_ text: String) throws -> Instant {
        try zone("Asia/Shanghai").instant(try local(text))
    }

    @Test(arguments: [
        // Loaded in time the cut-off goes back, loaded later it goes forward.
        ("2020-01-31", Roll.before, "2020-01-27 12:00", "2020-02-03"),
        ("2020-01-31", .before, "2020-01-23 12:00", "2020-01-23"),
        ("2020-01-31", .before, "2020-01-24 00:00", "2020-01-23"),
        ("2020-01-31", .before, "2020-01-24 00:01", "2020-02-03"),
        ("2020-01-31", .after, "2020-01-27 12:00", "2020-02-03"),
        ("2020-01-31", .none, "2020-01-27 12:00", "2020-01-31"),
        ("2020-02-10", .before, "2020-01-27 12:00", "2020-02-10"),
    ])
    func `the cut-offs of the revision of 2020-01-27`(
        cutOff: String,
        roll: Roll,
        loaded: String,
        due: String
    ) throws {
        let day = try date(cutOff)
        let old = try keeper(China.calendarBefore2020Revision()).endOfDay(day, roll: roll)
        let new = Revision.due(
            old: old.instant,
            cutOff: day,
            roll: roll,
            loadedAt: try instant(loaded),
            in: try keeper(China.calendar())
        )
        #expect(new.instant == (try end(due)))
    }

    @Test func `a term that more working days shorten into the past ends today`() throws {
        let old = try keeper(China.calendarBefore2019Revision())
        let new = try keeper(China.calendar())
        let start = try instant("2019-04-26 10:00")
        let term = Term.workdays(3)
        let was = old.deadline(from: start, term: term).instant
        #expect(was == (try end("2019-05-02")))
        let cases = [
            ("2019-04-29 09:00", "2019-04-30"),  // in time: the new date
            ("2019-05-01 09:00", "2019-05-02"),  // too late, and the next working day is 05-05
            ("2019-05-06 09:00", "2019-05-02"),  // late already: late as before
        ]
        for (loaded, due) in cases {
            let result = Revision.due(
                old: was,
                from: start,
                term: term,
                loadedAt: try instant(loaded),
                in: new
            )
            #expect(result.instant == (try end(due)), "\(loaded)")
        }
    }

    @Test func `a due date that moves later just moves`() throws {
        let new = try keeper(China.calendar())
        let start = try instant("2020-01-22 10:00")
        let was = try keeper(China.calendarBefore2020Revision())
            .deadline(from: start, term: .workdays(2)).instant
        #expect(was == (try end("2020-01-31")))
        for loaded in ["2020-01-27 12:00", "2020-02-02 12:00", "2020-03-01 12:00"] {
            let result = Revision.due(
                old: was,
                from: start,
                term: .workdays(2),
                loadedAt: try instant(loaded),
                in: new
            )
            #expect(result.instant == (try end("2020-02-03")), "\(loaded)")
        }
    }

    @Test func `no due date is ever shortened into the past`() throws {
        let seed = UInt64.random(in: 0...999_999)
        var generator = SeededGenerator(seed: seed)
        let base = try instant("2020-01-01 00:00")
        for _ in 0..<500 {
            let time = { (generator: inout SeededGenerator) in
                base + .hours(Int64.random(in: 0...2_000, using: &generator))
            }
            let (old, loaded) = (time(&generator), time(&generator))
            let recomputed = Deadline(instant: time(&generator), isProvisional: false)
            let after = Deadline(
                instant: max(recomputed.instant, time(&generator)),
                isProvisional: false
            )
            let due = Revision.due(
                old: old,
                recomputed: recomputed,
                rolledAfter: after,
                loadedAt: loaded
            ).instant
            #expect(due >= min(old, loaded), "seed \(seed)")
            #expect([old, recomputed.instant, after.instant].contains(due), "seed \(seed)")
        }
    }
}
