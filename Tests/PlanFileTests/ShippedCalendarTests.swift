import CivilTime
import PlanFile
import Supervision
import Testing

/// The work calendars in `etc/calendars`.
@Suite struct ShippedCalendarTests {
    private static let ids = ["cn", "de", "de-by", "uk", "uk-sct", "us"]
    private let library = CalendarLibrary(directories: ["\(Fixtures.etc)/calendars"])

    private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    private func known(_ day: String) throws -> WorkCalendar {
        try library.calendar(["cn"]).asKnown(on: date(day))
    }

    @Test(arguments: ids)
    func `each is known from 2019 through 2026 at least`(id: String) throws {
        let calendar = try library.calendar([id])
        #expect(calendar.id == id)
        #expect(!calendar.isProvisional(try date("2019-01-01")))
        #expect(!calendar.isProvisional(try date("2026-12-31")))
        let summary = CalendarSummary(calendar, today: try date("2026-06-01"))
        #expect(summary.years.map(\.year).starts(with: 2019...2026))
        #expect(summary.years.allSatisfy { (245...262).contains($0.workdays) })
    }

    @Test(arguments: [
        ("de", ["de"]), ("de-by", ["de", "de-by"]), ("uk-sct", ["uk", "uk-sct"]), ("cn", ["cn"]),
    ])
    func `a calendar is made of those that it extends`(id: String, layers: [String]) throws {
        let summary = CalendarSummary(try library.calendar([id]), today: try date("2026-06-01"))
        #expect(summary.layers == layers)
    }

    @Test(arguments: [
        ("de", "2026-06-04", true), ("de-by", "2026-06-04", false), ("de-by", "2026-10-03", false),
        ("de-by", "2026-05-25", false), ("uk", "2026-04-06", false), ("uk-sct", "2026-04-06", true),
        ("uk-sct", "2026-04-03", false), ("uk-sct", "2026-08-31", true),
        ("uk", "2026-08-31", false), ("uk", "2022-09-19", false), ("us", "2026-07-03", false),
        ("us", "2020-06-19", true), ("us", "2021-06-18", false), ("us", "2021-12-31", false),
    ])
    func `days of the west`(id: String, day: String, isWorkday: Bool) throws {
        #expect(try library.calendar([id]).isWorkday(date(day)) == isWorkday)
    }

    @Test func `the notice for 2019 reached into 2018`() throws {
        let calendar = try library.calendar(["cn"])
        #expect(calendar.isWorkday(try date("2018-12-29")))
        #expect(!calendar.isWorkday(try date("2018-12-31")))
        #expect(!calendar.isProvisional(try date("2018-12-31")))
        #expect(calendar.isProvisional(try date("2018-12-28")))
        let before = try known("2018-12-05")
        #expect(!before.isWorkday(try date("2018-12-29")))
        #expect(before.isWorkday(try date("2018-12-31")))
        #expect(before.isProvisional(try date("2018-12-31")))
    }

    @Test(arguments: [
        ("2019-03-21", "2019-05-02"), ("2019-03-22", "2019-04-30"), ("2026-01-01", "2019-04-30"),
    ])
    func `three working days after 2019-04-26, as known on a day`(
        day: String,
        expected: String
    ) throws {
        let sum = try known(day).adding(workdays: 3, to: date("2019-04-26"))
        #expect(sum == (try date(expected)))
    }

    @Test func `2020-01-31 as known on the day before the notice and on its day`() throws {
        let day = try date("2020-01-31")
        let before = try known("2020-01-26")
        #expect(before.isWorkday(day))
        #expect(before.isWorkday(try date("2020-02-01")))
        let after = try known("2020-01-27")
        #expect(!after.isWorkday(day))
        #expect(after.roll(day, .before) == (try date("2020-01-23")))
        #expect(after.roll(day, .after) == (try date("2020-02-03")))
        #expect(before.validThrough == (try date("2020-12-31")))
    }

    @Test(arguments: [("2019-11-20", "2019-12-31"), ("2019-11-21", "2020-12-31")])
    func `China's next year is known from the notice on`(day: String, through: String) throws {
        #expect(try known(day).validThrough == (try date(through)))
    }

    @Test(arguments: [
        ("cn", "2026-10-31", 0), ("cn", "2026-11-01", 1), ("cn", "2025-12-31", 0),
        ("cn", "2027-01-01", 1), ("de", "2026-11-01", 0), ("de-by", "2027-11-01", 1),
    ])
    func `from 1 November on the next year is missed`(id: String, day: String, count: Int) throws {
        let summary = CalendarSummary(try library.calendar([id]), today: try date(day))
        #expect(summary.warnings.count == count)
        #expect(summary.warnings.allSatisfy { $0.hasPrefix("\(id) ") })
    }

    @Test func `the days of a summary are those that differ`() throws {
        let calendar = try library.calendar(["cn"])
        let today = try date("2026-06-01")
        #expect(CalendarSummary(calendar, today: today).days == nil)
        let days = try #require(CalendarSummary(calendar, today: today, hasDays: true).days)
        #expect(days.count == calendar.exceptions.count)
        let revised = try #require(days.first { $0.date == "2020-01-31" })
        #expect(revised.kind == "off" && revised.weekday == "Fri" && revised.by == "cn")
        #expect(revised.published == "2020-01-27")
        #expect(days.map(\.date) == days.map(\.date).sorted())
    }

    @Test func `layers of a plan are put on top of each other once`() throws {
        let calendar = try library.calendar(["de", "de-by"])
        #expect(calendar.id == "de+de-by")
        let same = try library.calendar(["de-by"])
        #expect(calendar.layers == same.layers)
        #expect(calendar.validThrough == (try date("2027-12-31")))
    }

    @Test func `a plan may name a list of calendars`() throws {
        let text = Fixtures.base.replacing("calendar: cn", with: "calendar: [de, de-by]")
        let plan = try Fixtures.reader.read(text, name: "t.yaml")
        #expect(plan.timekeeper.calendar.id == "de+de-by")
        let wrong = Fixtures.base.replacing("calendar: cn", with: "calendar: [de, xy]")
        #expect(Fixtures.problems(in: wrong).count == 1)
        #expect(Fixtures.problems(in: wrong).first?.hasPrefix("3:12: no calendar `xy`") == true)
        let empty = Fixtures.base.replacing("calendar: cn", with: "calendar: []")
        #expect(Fixtures.problems(in: empty).first?.contains("is empty") == true)
    }
}
