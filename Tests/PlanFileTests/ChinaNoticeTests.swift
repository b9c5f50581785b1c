import CivilTime
import PlanFile
import Testing

/// `etc/calendars/cn.yaml` against the table of the time reference: for each year the working days,
/// the weekdays off, and behind the bar the working days of weekends.
@Suite struct ChinaNoticeTests {
    private static let notices = [
        "2019 250 01-01 02-04..08 04-05 05-01..03 06-07 09-13 10-01..04 10-07 | 02-02 02-03 04-28 05-05 09-29 10-12",
        "2020 249 01-01 01-24 01-27..31 04-06 05-01 05-04..05 06-25..26 10-01..02 10-05..08 | 01-19 04-26 05-09 06-28 09-27 10-10",
        "2021 250 01-01 02-11..12 02-15..17 04-05 05-03..05 06-14 09-20..21 10-01 10-04..07 | 02-07 02-20 04-25 05-08 09-18 09-26 10-09",
        "2022 249 01-03 01-31..02-04 04-04..05 05-02..04 06-03 09-12 10-03..07 | 01-29 01-30 04-02 04-24 05-07 10-08 10-09",
        "2023 249 01-02 01-23..27 04-05 05-01..03 06-22..23 09-29 10-02..06 | 01-28 01-29 04-23 05-06 06-25 10-07 10-08",
        "2024 251 01-01 02-12..16 04-04..05 05-01..03 06-10 09-16..17 10-01..04 10-07 | 02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
        "2025 248 01-01 01-28..31 02-03..04 04-04 05-01..02 05-05 06-02 10-01..03 10-06..08 | 01-26 02-08 04-27 09-28 10-11",
        "2026 248 01-01..02 02-16..20 02-23 04-06 05-01 05-04..05 06-19 09-25 10-01..02 10-05..07 | 01-04 02-14 02-28 05-09 09-20 10-10",
    ]

    /// The days of `02-04..08` or `01-31..02-04`.
    private func days(_ word: String, year: String) throws -> [CivilDate] {
        let ends = word.split(separator: ".").map(String.init)
        let first = try #require(CivilDate("\(year)-\(ends[0])"))
        guard ends.count == 2 else { return [first] }
        let end = ends[1].count == 2 ? "\(ends[0].prefix(3))\(ends[1])" : ends[1]
        let last = try #require(CivilDate("\(year)-\(end)"))
        return (first.dayNumber...last.dayNumber).map { CivilDate(dayNumber: $0) }
    }

    @Test(arguments: notices)
    func `each year has exactly the days of the table`(line: String) throws {
        let calendar = try CalendarLibrary(directories: ["\(Fixtures.etc)/calendars"])
            .calendar(["cn"])
        let words = line.split(separator: " ").map(String.init)
        var expected: [String] = []
        var kind = "off"
        for word in words.dropFirst(2) {
            if word == "|" { kind = "work" }
            for day in word == "|" ? [] : try days(word, year: words[0]) {
                expected.append("\(day) \(kind)")
            }
        }
        let weekdays = WorkCalendar.mondayToFriday
        let found = calendar.exceptions.compactMap { day, kind in
            let differs = calendar.isWorkday(day) != weekdays.isWorkday(day)
            return "\(day.year)" == words[0] && differs ? "\(day) \(kind)" : nil
        }
        #expect(found.sorted() == expected.sorted())
        let first = try #require(CivilDate("\(words[0])-01-01"))
        let last = try #require(CivilDate("\(words[0])-12-31"))
        #expect(calendar.workdays(from: first, through: last) == Int(words[1]))
    }

    @Test(arguments: [("2019-D01", 64, 18), ("2026-D01", 36, 8)])
    func `dekad cut-offs on days off`(first: String, count: Int, off: Int) throws {
        let calendar = try CalendarLibrary(directories: ["\(Fixtures.etc)/calendars"])
            .calendar(["cn"])
        var period = try #require(Period(first))
        var daysOff = 0
        for _ in 0..<count {
            daysOff += calendar.isWorkday(period.lastDay) ? 0 : 1
            period = period.next
        }
        #expect(daysOff == off)
    }
}
