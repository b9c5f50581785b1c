import CivilTime
import Testing

@Suite struct WorkCalendarTests {
    @Test func `each year has the working days of its notice`() throws {
        let calendar = try China.calendar()
        for (year, count) in try China.yearCounts() {
            let first = try date("\(year)-01-01")
            let last = try date("\(year)-12-31")
            #expect(calendar.workdays(from: first, through: last) == count, "\(year)")
        }
    }

    @Test(arguments: [
        ("2019-03-31", false, "2019-03-29", "2019-04-01"),
        ("2020-01-31", false, "2020-01-23", "2020-02-03"),
        ("2020-10-10", true, "2020-10-10", "2020-10-10"),
        ("2021-02-20", true, "2021-02-20", "2021-02-20"),
        ("2026-02-20", false, "2026-02-14", "2026-02-24"),
        ("2026-02-28", true, "2026-02-28", "2026-02-28"),
        ("2026-05-10", false, "2026-05-09", "2026-05-11"),
        ("2026-09-20", true, "2026-09-20", "2026-09-20"),
    ])
    func `cut-offs roll to working days`(
        day: String,
        isWorkday: Bool,
        before: String,
        after: String
    ) throws {
        let calendar = try China.calendar()
        let cutOff = try date(day)
        #expect(calendar.isWorkday(cutOff) == isWorkday)
        #expect(calendar.roll(cutOff, .none) == cutOff)
        #expect(calendar.roll(cutOff, .before) == (try date(before)))
        #expect(calendar.roll(cutOff, .after) == (try date(after)))
    }

    @Test func `the dekad of National Day 2020 has two working days`() throws {
        let calendar = try China.calendar()
        let dekad = try #require(Period("2020-D28"))
        #expect(calendar.workdays(from: dekad.firstDay, through: dekad.lastDay) == 2)
    }

    @Test(arguments: [("2019-D01", 64, 18), ("2026-D01", 36, 8)])
    func `dekad cut-offs on days off`(first: String, count: Int, off: Int) throws {
        let calendar = try China.calendar()
        var period = try #require(Period(first))
        var daysOff = 0
        for _ in 0..<count {
            daysOff += calendar.isWorkday(period.lastDay) ? 0 : 1
            period = period.next
        }
        #expect(daysOff == off)
    }

    @Test func `three working days after 2019-04-26, before and after the revision`() throws {
        let start = try date("2019-04-26")
        let before = try China.calendarBefore2019Revision().adding(workdays: 3, to: start)
        #expect(before == (try date("2019-05-02")))
        #expect(try China.calendar().adding(workdays: 3, to: start) == date("2019-04-30"))
    }

    @Test(arguments: [
        ("2020-10-09", 0, "2020-10-09"), ("2020-10-01", 0, "2020-10-01"),
        ("2020-10-01", 1, "2020-10-09"), ("2020-10-09", 1, "2020-10-10"),
        ("2020-10-10", 1, "2020-10-12"), ("2020-10-09", -1, "2020-09-30"),
        ("2020-10-05", -2, "2020-09-29"),
    ])
    func `adding counts strictly`(day: String, count: Int, result: String) throws {
        let sum = try China.calendar().adding(workdays: count, to: date(day))
        #expect(sum == (try date(result)))
    }

    @Test func `adding and counting agree`() throws {
        let calendar = try China.calendar()
        let seed = UInt64.random(in: 0...9_999)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let offset = Int.random(in: 0...2_500, using: &generator)
            let start = try date("2019-01-01").adding(days: offset)
            let count = Int.random(in: 1...120, using: &generator)
            let later = calendar.adding(workdays: count, to: start)
            let counted = calendar.workdays(from: start.adding(days: 1), through: later)
            #expect(counted == count, "seed \(seed)")
            #expect(calendar.isWorkday(later), "seed \(seed)")
            let earlier = calendar.adding(workdays: -count, to: start)
            let countedBack = calendar.workdays(from: earlier, through: start.adding(days: -1))
            #expect(countedBack == count, "seed \(seed)")
        }
    }

    @Test func `days without a notice are provisional`() throws {
        let calendar = try China.calendar()
        #expect(!calendar.isProvisional(try date("2026-12-31")))
        #expect(calendar.isProvisional(try date("2027-01-01")))
        #expect(!calendar.isProvisional(try date("2019-01-01")))
        #expect(calendar.isProvisional(try date("2018-12-31")))
        #expect(!WorkCalendar.mondayToFriday.isProvisional(try date("2190-01-01")))
    }

    @Test func `counting ends with the calendar of years`() throws {
        let last = try date("9999-12-30")
        let calendar = WorkCalendar.mondayToFriday
        #expect(calendar.adding(workdays: 400, to: last) == (try date("9999-12-31")))
        #expect(calendar.workdays(from: last, through: try date("2020-01-01")) == 0)
    }

    @Test func `stages are laid out backwards`() throws {
        let windows = BackwardSchedule.windows(
            end: try date("2019-12-31"),
            stages: [("S1", 15), ("S2", 60), ("S3", 25), ("S4", 10)],
            buffer: 3,
            calendar: try China.calendar()
        )
        let text = windows.map { "\($0.name) \($0.start)..\($0.end)" }
        #expect(
            text == [
                "S1 2019-07-12..2019-08-01", "S2 2019-08-07..2019-11-04",
                "S3 2019-11-08..2019-12-12", "S4 2019-12-18..2019-12-31",
            ]
        )
    }

    @Test func `an end date on a day off leaves the stage its working days`() throws {
        let windows = BackwardSchedule.windows(
            end: try date("2020-10-11"),
            stages: [("only", 3)],
            buffer: 0,
            calendar: try China.calendar()
        )
        let start = try date("2020-09-30")
        #expect(windows == [StageWindow(name: "only", start: start, end: try date("2020-10-11"))])
    }
}
