import CivilTime
import Foundation
import Testing

@Suite struct CivilDateTests {
    @Test(arguments: [
        ("0001-01-01", "0401-01-01"), ("1882-12-31", "2200-01-01"), ("9990-01-01", "9999-12-31"),
    ])
    func `dates and day numbers agree day by day`(first: String, last: String) throws {
        var previous = try date(first)
        for number in (previous.dayNumber + 1)...(try date(last).dayNumber) {
            let date = CivilDate(dayNumber: number)
            // Only differences are reported: this many expectations would take minutes.
            let isNext =
                date.day == previous.day + 1 || (date.day == 1 && previous.lastOfMonth == previous)
            let weekday = previous.weekday.rawValue % 7 + 1
            if !isNext || date.dayNumber != number || date.weekday.rawValue != weekday {
                Issue.record("\(date) does not follow \(previous)")
                return
            }
            previous = date
        }
        #expect(previous.description == last)
    }

    @Test(arguments: [
        ("2019-04-26", Weekday.friday), ("2020-10-10", .saturday), ("1970-01-01", .thursday),
        ("2000-02-29", .tuesday), ("0001-01-01", .monday), ("2026-09-20", .sunday),
    ])
    func `weekdays of known dates`(text: String, weekday: Weekday) throws {
        #expect(try date(text).weekday == weekday)
    }

    @Test(arguments: [
        "2019-02-29", "1900-02-29", "2020-04-31", "2020-13-01", "2020-00-10", "0000-01-01",
        "2020-1-01", "20200101", "2020-01-01 ", " 2020-01-01", "2020-01-0a", "", "+020-01-01",
    ])
    func `texts that are no date`(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test(arguments: [
        ("2020-01-31", 1, "2020-02-29"), ("2020-02-29", 12, "2021-02-28"),
        ("2020-01-31", -2, "2019-11-30"), ("2020-12-15", 1, "2021-01-15"),
        ("2020-01-15", -1, "2019-12-15"), ("2020-05-31", 0, "2020-05-31"),
        ("9999-12-31", 1, "9999-12-31"), ("0001-01-31", -13, "0001-01-31"),
        ("2025-11-30", 3, "2026-02-28"), ("2020-01-01", Int.max, "9999-12-01"),
    ])
    func `adding months clamps to the month`(text: String, months: Int, result: String) throws {
        #expect(try date(text).adding(months: months).description == result)
    }

    @Test func `adding days stops at the ends`() throws {
        #expect(try date("2020-02-28").adding(days: 2).description == "2020-03-01")
        #expect(try date("2020-02-28").adding(days: .max).description == "9999-12-31")
        #expect(try date("2020-02-28").adding(days: .min).description == "0001-01-01")
    }

    @Test func `the first and the last day of a month`() throws {
        #expect(try date("2020-02-10").firstOfMonth == date("2020-02-01"))
        #expect(try date("2020-02-10").lastOfMonth == date("2020-02-29"))
    }

    @Test(arguments: [
        ("2020-10-10 09:00:00", "2020-10-10 09:00:00"),
        ("2020-10-10T09:00", "2020-10-10 09:00:00"),
        ("2020-10-10 23:59:59.25", "2020-10-10 23:59:59.25"),
    ])
    func `local times print what they read`(text: String, printed: String) throws {
        let value = try local(text)
        #expect(value.description == printed)
        let data = try JSONEncoder().encode([value])
        #expect(String(decoding: data, as: UTF8.self) == "[\"\(printed)\"]")
        #expect(try JSONDecoder().decode([CivilDateTime].self, from: data) == [value])
    }

    @Test(arguments: [
        "2020-10-10", "2020-10-10 24:00:00", "2020-10-10 23:59:60", "2020-10-10 9:00:00",
        "2020-10-10 09:00:00.", "2020-10-10  09:00:00", "2020-10-10 09:00:00.1234567",
    ])
    func `texts that are no local time`(text: String) {
        #expect(CivilDateTime(text) == nil)
    }

    @Test func `dates are text in JSON`() throws {
        let data = try JSONEncoder().encode([try date("2020-10-10")])
        #expect(String(decoding: data, as: UTF8.self) == "[\"2020-10-10\"]")
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CivilDate].self, from: Data("[\"2020-02-30\"]".utf8))
        }
    }
}
