import CivilTime
import PlanFile
import Testing

@Suite struct CalendarReaderTests {
    private func china() throws -> WorkCalendar {
        let path = "\(Fixtures.etc)/calendars/cn.yaml"
        return try CalendarReader().read(Fixtures.text(path), name: path)
    }

    @Test(arguments: [
        (2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248),
        (2026, 248),
    ])
    func `China's years have as many working days as announced`(year: Int, days: Int) throws {
        let first = try #require(CivilDate("\(year)-01-01"))
        let last = try #require(CivilDate("\(year)-12-31"))
        #expect(try china().workdays(from: first, through: last) == days)
    }

    @Test(arguments: [
        ("2019-03-31", "2019-03-29", "2019-04-01"), ("2020-01-31", "2020-01-23", "2020-02-03"),
        ("2020-10-10", "2020-10-10", "2020-10-10"), ("2021-02-20", "2021-02-20", "2021-02-20"),
        ("2026-02-20", "2026-02-14", "2026-02-24"), ("2026-02-28", "2026-02-28", "2026-02-28"),
        ("2026-05-10", "2026-05-09", "2026-05-11"), ("2026-09-20", "2026-09-20", "2026-09-20"),
    ])
    func `China's cut-offs roll as the reference says`(
        date: String,
        before: String,
        after: String
    ) throws {
        let calendar = try china()
        let date = try #require(CivilDate(date))
        #expect(calendar.roll(date, .before).description == before)
        #expect(calendar.roll(date, .after).description == after)
    }

    @Test func `18 of the 64 dekad cut-offs of the seed are no working days`() throws {
        let calendar = try china()
        var cutOffs: [CivilDate] = []
        var month = try #require(CivilDate("2019-01-01"))
        while cutOffs.count < 64 {
            cutOffs += [month.adding(days: 9), month.adding(days: 19), month.lastOfMonth]
            month = month.adding(months: 1)
        }
        #expect(cutOffs.prefix(64).last?.description == "2020-10-10")
        #expect(cutOffs.prefix(64).count { !calendar.isWorkday($0) } == 18)
    }

    @Test func `China is known through 2026, and its version says so`() throws {
        let calendar = try china()
        #expect(calendar.id == "cn")
        #expect(calendar.validFrom?.description == "2018-12-29")
        #expect(calendar.validThrough?.description == "2026-12-31")
        #expect(calendar.version.hasPrefix("2026-12-31-"))
        #expect(calendar.version.count == 27)
    }

    @Test func `another text of a calendar is another version`() throws {
        let reader = CalendarReader()
        let first = try reader.read(base, name: "c.yaml")
        let second = try reader.read(base + "\n# more", name: "c.yaml")
        #expect(first.version != second.version)
        #expect(first.exceptions == second.exceptions)
    }

    @Test(arguments: mistakes)
    func `a mistake in a calendar is named with its place`(mistake: Mistake) throws {
        try #require(base.contains(mistake.old))
        let text = base.replacing(mistake.old, with: mistake.new)
        #expect(Fixtures.calendarProblems(in: text) == mistake.problems)
    }

    @Test func `mistakes of a calendar are named with the file of the calendar`() throws {
        let reader = PlanReader(calendarDirectories: ["\(Fixtures.etc)/plans"], hostZone: "UTC")
        let text = Fixtures.base.replacing("calendar: cn", with: "calendar: office")
        let error = #expect(throws: PlanProblems.self) { try reader.read(text, name: "t.yaml") }
        let problem = try #require(error?.problems.first)
        #expect(problem.file == "\(Fixtures.etc)/plans/office.yaml")
        #expect(problem.line == 1)
    }
}

private let base = """
    calendar: { id: xx, workweek: [Mon, Tue, Wed, Thu, Fri], from: 2019-01-01, through: 2019-12-31, source: us }
    years:
      2019:
        off: [2019-01-01, 2019-02-04..2019-02-08]
        work: [2019-02-02]
    """

private let mistakes: [Mistake] = [
    Mistake(
        "source: us",
        "sauce: us",
        "1:97: unknown key `sauce` in a calendar; did you mean `source`?"
    ),
    Mistake(
        ", source: us",
        "",
        "1:11: calendar `xx` has no `source`; name the notices that it follows"
    ),
    Mistake(
        "id: xx, ",
        "",
        "1:11: calendar has no `id`; give it the id of its file name"
    ),
    Mistake(
        "through: 2019-12-31",
        "through: 2018-12-31",
        "1:85: `through` 2018-12-31 is before `from` 2019-01-01"
    ),
    Mistake(
        "through: 2019-12-31",
        "through: 2220-12-31",
        "1:85: `through` is more than 200 years after `from`"
    ),
    Mistake(
        "  2019:\n",
        "  2020: { published: 2019-11-21 }\n  2019:\n",
        "3:3: year 2020 is outside of 2019-01-01 through 2019-12-31, the days of this calendar"
    ),
    Mistake(
        "[Mon, ",
        "[Monday, ",
        "1:32: `Monday` is no weekday; write one of Mon, Tue, Wed, Thu, Fri, Sat, Sun"
    ),
    Mistake(
        "2019-01-01, 2019-02-04",
        "2018-12-31, 2019-02-04",
        "4:11: `2018-12-31` is not in the year 2019"
    ),
    Mistake(
        "2019-01-01, 2019-02-04",
        "2019-01-05, 2019-02-04",
        "4:11: 2019-01-05 is Sat, off anyway; list only days that differ from the work week"
    ),
    Mistake(
        "2019-01-01, 2019-02-04",
        "2019-02-05, 2019-02-04",
        "4:23: 2019-02-05 is given twice; keep one"
    ),
    Mistake(
        "..2019-02-08",
        "..2019-02-01",
        "4:23: `2019-02-04..2019-02-01` is no day; write 2019-02-04 or 2019-02-04..2019-02-08"
    ),
    Mistake(
        "[2019-02-02]",
        "[2019-02-31]",
        "5:12: `2019-02-31` is no day; write 2019-02-04 or 2019-02-04..2019-02-08"
    ),
    Mistake(
        "[2019-02-02]",
        "[2019-03-04]",
        "5:12: 2019-03-04 is Mon, worked anyway; list only days that differ from the work week"
    ),
    Mistake(
        "[2019-02-02]",
        "2019-02-02",
        "5:11: `work` is a text; write a list: [2019-02-04..2019-02-08]"
    ),
    Mistake(
        "  2019:\n",
        "  '19':\n",
        "3:3: `19` is no year; write one such as 2019"
    ),
    Mistake(
        "  2019:\n",
        "  2019: {}\n  2019:\n",
        "4:3: year 2019 is given twice; keep one"
    ),
    Mistake(
        "    work:",
        "    works:",
        "5:5: unknown key `works` in a year; did you mean `work`?"
    ),
    Mistake(
        "source: us",
        "source: us, hours: { work: [09:00-12:00, 11:00-13:00] }",
        "1:138: `11:00-13:00` begins before 09:00-12:00 ends; put them in order"
    ),
    Mistake(
        "source: us",
        "source: us, hours: { half: [09:00-12:00] }",
        "1:116: `hours` has no `work`; write `work: [09:00-12:00, 14:00-18:00]`"
    ),
    Mistake(
        "source: us",
        "source: us, hours: { work: [9-12] }",
        "1:125: `9-12` is no stretch of a day; write a stretch such as 09:00-12:00"
    ),
    Mistake(
        "source: us",
        "source: us, half-days: [Fri]",
        "1:120: Fri stands in `workweek` and in `half-days`; keep one"
    ),
    Mistake(
        "    work: [2019-02-02]",
        "    half: [2019-02-05]",
        "5:12: 2019-02-05 is given twice; keep one"
    ),
    Mistake(
        "    work: [2019-02-02]",
        "    work: [{ day: 2019-02-02, as: Friday }]",
        "5:35: `Friday` is no weekday; write one of Mon, Tue, Wed, Thu, Fri, Sat, Sun"
    ),
    Mistake(
        "    work: [2019-02-02]",
        "    off: [{ day: 2019-02-02, as: Fri }]",
        "5:5: key `off` is given twice, first in line 4 at column 5; keep one"
    ),
    Mistake(
        "    work: [2019-02-02]",
        "    work: [2019-02-02]\nrevisions: [ { source: us, off: [2019-05-06] } ]",
        "6:14: revision has no `published`; write the day on which it was published"
    ),
    Mistake(
        "    work: [2019-02-02]",
        "    work: [2019-02-02]\nrevisions: [ { published: 2019-01-05, source: us } ]",
        "6:14: a revision without days; write `off`, `work` or `half`"
    ),
    Mistake(
        "    work: [2019-02-02]",
        "    work: [2019-02-02]\n"
            + "revisions: [ { published: 2019-01-05, source: us, work: [2019-02-02] } ]",
        "6:58: 2019-02-02 is Sat, worked anyway; list only days that differ from the work week"
    ),
    Mistake(
        "    work: [2019-02-02]",
        "    work: [2019-02-02]\n"
            + "revisions: [ { published: 2019-01-05, source: us, off: [2019-02-02] },\n"
            + "  { published: 2019-01-04, source: us, work: [2019-02-02] } ]",
        "7:16: 2019-01-04 is before 2019-01-05; put revisions in order"
    ),
]
