import CivilTime
import Testing

@Suite struct TimekeeperTests {
    private func keeper(_ calendar: WorkCalendar) throws -> Timekeeper {
        Timekeeper(zone: try zone("Asia/Shanghai"), calendar: calendar)
    }

    /// The instant of a local time in Shanghai.
    private func shanghai(_ text: String) throws -> Instant {
        try zone("Asia/Shanghai").instant(local(text))
    }

    /// One column of the worked vector of the chain: what falls on which day.
    struct ChainVector: Sendable {
        let due: String
        let reminders: [String]
        let urge: String
        let circular: String
        let supervise: [String]
        let hearing: String
        let statement: String
    }

    static let chain = [
        ChainVector(
            due: "2019-11-29",
            reminders: ["2019-11-26", "2019-11-28"],
            urge: "2019-12-02",
            circular: "2019-12-04",
            supervise: ["2019-12-03", "2019-12-05", "2019-12-09"],
            hearing: "2019-12-05",
            statement: "2019-12-12"
        ),
        ChainVector(
            due: "2020-02-03",
            reminders: ["2020-01-21", "2020-01-23"],
            urge: "2020-02-04",
            circular: "2020-02-06",
            supervise: ["2020-02-05", "2020-02-07", "2020-02-11"],
            hearing: "2020-02-07",
            statement: "2020-02-14"
        ),
    ]

    @Test(arguments: chain)
    func `the worked vector of the chain`(vector: ChainVector) throws {
        let keeper = try keeper(China.calendar())
        let due = keeper.endOfDay(try date(vector.due), roll: .none).instant
        #expect(due == keeper.zone.endOfDay(try date(vector.due)))

        let reminders = [3, 1].map { keeper.before(due, .workdays($0)) }
        #expect(reminders == (try vector.reminders.map { try shanghai("\($0) 09:00") }))
        #expect(keeper.after(due, .workdays(1)) == (try shanghai("\(vector.urge) 09:00")))
        #expect(keeper.after(due, .workdays(3)) == (try shanghai("\(vector.circular) 09:00")))

        // Nobody acts: each supervise duty begins where the one below was due.
        var start = due
        for day in vector.supervise {
            start = keeper.deadline(from: start, term: .workdays(2)).instant
            #expect(start == keeper.zone.endOfDay(try date(day)))
        }

        // The head urges at noon of the day on which the first supervise duty is due.
        let urged = try shanghai("\(vector.supervise[0]) 12:00")
        let followUp = keeper.deadline(from: urged, term: .workdays(2)).instant
        #expect(followUp == keeper.zone.endOfDay(try date(vector.supervise[1])))
        let second = keeper.deadline(from: followUp, term: .workdays(2)).instant
        #expect(second == keeper.zone.endOfDay(try date(vector.supervise[2])))

        let proposed = keeper.after(due, .workdays(3))
        let heard = keeper.deadline(from: proposed, term: .workdays(1)).instant
        #expect(heard == keeper.zone.endOfDay(try date(vector.hearing)))
        let statement = keeper.deadline(from: heard, term: .workdays(5)).instant
        #expect(statement == keeper.zone.endOfDay(try date(vector.statement)))
    }

    @Test(arguments: [
        ("2020-10-09 10:00:00", "15s", "2020-10-09 10:00:15"),
        ("2020-10-09 10:00:00", "4h", "2020-10-09 14:00:00"),
        ("2020-10-09 10:00:00", "1d", "2020-10-11 00:00:00"),
        ("2020-10-09 10:00:00", "1wd", "2020-10-11 00:00:00"),
        ("2020-10-09 10:00:00", "2wd", "2020-10-13 00:00:00"),
        ("2020-10-10 00:00:00", "2wd", "2020-10-13 00:00:00"),
        ("2020-10-10 00:00:00.000001", "2wd", "2020-10-14 00:00:00"),
        ("2020-10-01 10:00:00", "1wd", "2020-10-10 00:00:00"),
    ])
    func `terms end`(start: String, term: String, end: String) throws {
        let keeper = try keeper(China.calendar())
        let deadline = keeper.deadline(from: try shanghai(start), term: try #require(Term(term)))
        #expect(deadline == Deadline(instant: try shanghai(end), isProvisional: false))
    }

    @Test func `the cut-off of 2020-01-31 before and after the revision`() throws {
        let day = try date("2020-01-31")
        let before = try keeper(China.calendarBefore2020Revision()).endOfDay(day, roll: .before)
        #expect(before.instant == (try shanghai("2020-02-01 00:00")))
        let after = try keeper(China.calendar()).endOfDay(day, roll: .after)
        #expect(after.instant == (try shanghai("2020-02-04 00:00")))
    }

    @Test func `working days beyond the last notice are provisional`() throws {
        let keeper = try keeper(China.calendar())
        let start = try shanghai("2026-12-30 10:00")
        #expect(!keeper.deadline(from: start, term: .workdays(1)).isProvisional)
        #expect(keeper.deadline(from: start, term: .workdays(2)).isProvisional)
        #expect(!keeper.deadline(from: start, term: .days(9)).isProvisional)
        #expect(!keeper.deadline(from: start, term: .elapsed(.days(9))).isProvisional)
        #expect(keeper.endOfDay(try date("2027-01-02"), roll: .before).isProvisional)
        #expect(!keeper.endOfDay(try date("2027-01-02"), roll: .none).isProvisional)
    }

    @Test(arguments: [
        ("2019-11-29 23:59:59", 0), ("2019-11-30 00:00:00", 0), ("2019-12-01 12:00:00", 0),
        ("2019-12-02 00:00:00", 1), ("2019-12-03 18:00:00", 2), ("2019-12-09 00:00:00", 6),
    ])
    func `lateness counts working days`(at: String, days: Int) throws {
        let keeper = try keeper(China.calendar())
        let due = try shanghai("2019-11-30 00:00")
        #expect(keeper.lateness(due: due, at: try shanghai(at)) == days)
    }

    @Test func `reminders may be counted in every unit`() throws {
        let keeper = try keeper(China.calendar())
        let due = try shanghai("2020-10-11 00:00")
        #expect(keeper.before(due, .elapsed(.hours(4))) == (try shanghai("2020-10-10 20:00")))
        #expect(keeper.before(due, .days(2)) == (try shanghai("2020-10-08 09:00")))
        #expect(keeper.before(due, .workdays(2)) == (try shanghai("2020-09-30 09:00")))
        #expect(keeper.after(due, .elapsed(.hours(4))) == (try shanghai("2020-10-11 04:00")))
        #expect(keeper.after(due, .days(2)) == (try shanghai("2020-10-12 09:00")))
        #expect(keeper.after(due, .workdays(2)) == (try shanghai("2020-10-13 09:00")))
    }

    @Test func `the version names zone and calendar`() throws {
        let keeper = Timekeeper(zone: .utc, calendar: .mondayToFriday)
        #expect(keeper.version == "UTC@built-in mon-fri@1")
    }
}
