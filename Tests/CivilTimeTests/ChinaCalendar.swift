import CivilTime
import Testing

/// The work calendar of China 2019 to 2026, as the State Council's notices have it: for each year
/// the working days, the weekdays off, and the working days of weekends.
private let notices = """
    2019 250 01-01 02-04..08 04-05 05-01..03 06-07 09-13 10-01..04 10-07 | 02-02 02-03 04-28 05-05 09-29 10-12
    2020 249 01-01 01-24 01-27..31 04-06 05-01 05-04..05 06-25..26 10-01..02 10-05..08 | 01-19 04-26 05-09 06-28 09-27 10-10
    2021 250 01-01 02-11..12 02-15..17 04-05 05-03..05 06-14 09-20..21 10-01 10-04..07 | 02-07 02-20 04-25 05-08 09-18 09-26 10-09
    2022 249 01-03 01-31..02-04 04-04..05 05-02..04 06-03 09-12 10-03..07 | 01-29 01-30 04-02 04-24 05-07 10-08 10-09
    2023 249 01-02 01-23..27 04-05 05-01..03 06-22..23 09-29 10-02..06 | 01-28 01-29 04-23 05-06 06-25 10-07 10-08
    2024 251 01-01 02-12..16 04-04..05 05-01..03 06-10 09-16..17 10-01..04 10-07 | 02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12
    2025 248 01-01 01-28..31 02-03..04 04-04 05-01..02 05-05 06-02 10-01..03 10-06..08 | 01-26 02-08 04-27 09-28 10-11
    2026 248 01-01..02 02-16..20 02-23 04-06 05-01 05-04..05 06-19 09-25 10-01..02 10-05..07 | 01-04 02-14 02-28 05-09 09-20 10-10
    """

enum China {
    static func calendar() throws -> WorkCalendar {
        try calendar(exceptions: exceptions())
    }

    /// Before the notice of 2019-03-22 only 05-01 was off at Labour Day.
    static func calendarBefore2019Revision() throws -> WorkCalendar {
        var table = try exceptions()
        for text in ["2019-04-28", "2019-05-02", "2019-05-03", "2019-05-05"] {
            table[try date(text)] = nil
        }
        return calendar(exceptions: table)
    }

    /// Before the notice of 2020-01-27 Fri 01-31 and Sat 02-01 were work.
    static func calendarBefore2020Revision() throws -> WorkCalendar {
        var table = try exceptions()
        table[try date("2020-01-31")] = nil
        table[try date("2020-02-01")] = .work
        return calendar(exceptions: table)
    }

    /// The working days of each year as the notices' table counts them.
    static func yearCounts() throws -> [(year: Int, count: Int)] {
        try notices.split(separator: "\n").map { line in
            let words = line.split(separator: " ")
            return (try #require(Int(words[0])), try #require(Int(words[1])))
        }
    }

    private static func calendar(exceptions: [CivilDate: WorkCalendar.DayKind]) -> WorkCalendar {
        WorkCalendar(
            id: "cn",
            version: "test",
            workweek: WorkCalendar.mondayToFriday.workweek,
            exceptions: exceptions,
            validFrom: CivilDate("2019-01-01"),
            validThrough: CivilDate("2026-12-31")
        )
    }

    private static func exceptions() throws -> [CivilDate: WorkCalendar.DayKind] {
        // The notice for 2019 reached back into 2018.
        var table = [try date("2018-12-29"): WorkCalendar.DayKind.work]
        table[try date("2018-12-31")] = .off
        for line in notices.split(separator: "\n") {
            let words = line.split(separator: " ")
            var kind = WorkCalendar.DayKind.off
            for word in words[2...] {
                if word == "|" {
                    kind = .work
                    continue
                }
                for day in try days(String(word), year: String(words[0])) {
                    table[day] = kind
                }
            }
        }
        return table
    }

    /// The days of `02-04..08` or `01-31..02-04`.
    private static func days(_ word: String, year: String) throws -> [CivilDate] {
        let ends = word.split(separator: ".", omittingEmptySubsequences: true).map(String.init)
        let first = try date("\(year)-\(ends[0])")
        guard ends.count == 2 else { return [first] }
        let end = ends[1].count == 2 ? "\(ends[0].prefix(3))\(ends[1])" : ends[1]
        let last = try date("\(year)-\(end)")
        return (first.dayNumber...last.dayNumber).map { CivilDate(dayNumber: $0) }
    }
}
