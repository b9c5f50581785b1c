import CivilTime
import PlanFile
import Testing

/// Calendars from other formats.
@Suite struct CalendarImportTests {
    private func ics(_ events: String) -> [UInt8] {
        let text =
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
            + events.replacing("\n", with: "\r\n") + "\r\nEND:VCALENDAR\r\n"
        return Array(text.utf8)
    }

    private func event(_ lines: String...) -> String {
        "BEGIN:VEVENT\n" + lines.joined(separator: "\n") + "\nEND:VEVENT"
    }

    private func problems(_ body: () throws -> Void) -> [String] {
        do {
            try body()
            return []
        } catch let error as PlanProblems {
            return error.problems.map { "\($0.line): \($0.message)" }
        } catch {
            return ["\(error)"]
        }
    }

    @Test func `events become a calendar that the reader takes`() throws {
        let text = ics(
            [
                event("DTSTART;VALUE=DATE:20260216", "DTEND;VALUE=DATE:20260224", "SUMMARY:春节"),
                event("DTSTART;VALUE=DATE:20260214", "SUMMARY:春节 补班 第1天/共2天"),
                event(
                    "DTSTART;VALUE=DATE:20260501",
                    "DTEND;VALUE=DATE:20260501",
                    "SUMMARY:Labour",
                    "  Day\\, off"
                ),
                event("DTSTART;VALUE=DATE:20270102", "SUMMARY:Make-up Working Day: Saturday"),
                event("DTSTART:20260601T090000Z", "SUMMARY:Meeting"),
                event("DTSTART;VALUE=DATE:20260714", "RRULE:FREQ=YEARLY", "SUMMARY:Feast"),
                event(
                    "DTSTART;VALUE=DATE:20260603",
                    "BEGIN:VALARM",
                    "SUMMARY:班",
                    "END:VALARM",
                    "SUMMARY:Feast"
                ),
            ].joined(separator: "\n")
        )
        let imported = try CalendarImport.ics(text, name: "cn.ics")
        #expect(
            imported.notes == [
                "line 22: Meeting has a time and is left out",
                "line 26: Feast repeats and is left out",
            ]
        )
        let yaml = try #require(imported.yaml(id: "test", source: "a \"feed\" of\nholidays"))
        #expect(
            yaml == """
                calendar:
                  id: test
                  from: 2026-01-01
                  through: 2027-12-31
                  source: "a \\"feed\\" of holidays"
                years:
                  2026:
                    off:
                      - 2026-02-16  # 春节
                      - 2026-02-17  # 春节
                      - 2026-02-18  # 春节
                      - 2026-02-19  # 春节
                      - 2026-02-20  # 春节
                      - 2026-02-23  # 春节
                      - 2026-05-01  # Labour Day, off
                      - 2026-06-03  # Feast
                    work:
                      - 2026-02-14  # 春节 补班 第1天/共2天
                  2027:
                    work:
                      - 2027-01-02  # Make-up Working Day: Saturday

                """
        )
        let calendar = try CalendarReader().read(yaml, name: "test.yaml")
        #expect(calendar.exceptions.count == 10)
    }

    @Test(arguments: [
        ("国庆节 上班", true), ("Make-up day", true), ("Special Working Day", true),
        ("Extra workday", true), ("春节 调休", false), ("Christmas", false), ("休", false),
    ])
    func `the make-up rule on the summary`(summary: String, isWork: Bool) throws {
        // On a Saturday only work is worth a line, on a Friday only a day off.
        let text = ics(event("DTSTART;VALUE=DATE:20260214", "SUMMARY:\(summary)"))
        #expect(try CalendarImport.ics(text, name: "a").isEmpty != isWork)
        let friday = ics(event("DTSTART;VALUE=DATE:20260213", "SUMMARY:\(summary)"))
        #expect(try CalendarImport.ics(friday, name: "a").isEmpty == isWork)
    }

    @Test func `a fold may split a character`() throws {
        // 班 is E7 8F AD in UTF-8; a writer that counts bytes folds in the middle of it.
        var bytes = ics(event("DTSTART;VALUE=DATE:20260214", "SUMMARY:补班"))
        let end = try #require(bytes.lastIndex(of: 0xAD))
        bytes.insert(contentsOf: Array("\r\n ".utf8), at: end)
        #expect(String(validating: bytes, as: UTF8.self) == nil)
        let imported = try CalendarImport.ics(bytes, name: "a")
        #expect(imported.yaml(id: "a", source: "a")?.contains("2026-02-14  # 补班") == true)
        bytes.remove(at: end + 3)
        #expect(
            problems { _ = try CalendarImport.ics(bytes, name: "a") }
                == ["5: not UTF-8; save it as UTF-8"]
        )
    }

    @Test func `what is no calendar is refused`() {
        #expect(
            problems { _ = try CalendarImport.ics(Array("hello".utf8), name: "a") }
                == ["1: no `BEGIN:VCALENDAR`; this is no iCalendar file"]
        )
        let broken = ics(event("DTSTART;VALUE=DATE:20260230", "SUMMARY:x"))
        #expect(
            problems { _ = try CalendarImport.ics(broken, name: "a") }
                == ["4: no date such as 20190202 in this line"]
        )
        let both = ics(
            event("DTSTART;VALUE=DATE:20260214", "SUMMARY:班") + "\n"
                + event("DTSTART;VALUE=DATE:20260214", "SUMMARY:off")
        )
        #expect(
            problems { _ = try CalendarImport.ics(both, name: "a") }
                == ["7: 2026-02-14 is off by one event and work by another; keep one"]
        )
        let long = ics(event("DTSTART;VALUE=DATE:20260214", "DTEND;VALUE=DATE:20990101"))
        #expect(
            problems { _ = try CalendarImport.ics(long, name: "a") }.first?
                .hasPrefix("3: an event of ") == true
        )
        let none = ics(event("SUMMARY:off"))
        #expect(
            problems { _ = try CalendarImport.ics(none, name: "a") }
                == ["3: an event without DTSTART"]
        )
    }

    private static let bankHolidays = """
        {"england-and-wales":{"division":"england-and-wales","events":[\
        {"title":"Early May bank holiday","date":"2026-05-04","notes":"","bunting":true},\
        {"title":"Christmas Day \\u2013 \\/","date":"2026-12-25","notes":"","bunting":true},\
        {"title":"Boxing Day","date":"2026-12-28","notes":"Substitute day","bunting":true}]},\
        "scotland":{"division":"scotland","events":[\
        {"title":"2nd January","date":"2026-01-02","notes":"","bunting":true}]}}
        """

    @Test(arguments: [
        ("england-and-wales", ["2026-05-04", "2026-12-25", "2026-12-28"]),
        ("scotland", ["2026-01-02"]),
    ])
    func `GOV_UK's bank holidays`(division: String, days: [String]) throws {
        let imported = try CalendarImport.govUK(
            Self.bankHolidays,
            name: "b.json",
            division: division
        )
        let yaml = try #require(imported.yaml(id: "uk", source: "www.gov.uk/bank-holidays"))
        let calendar = try CalendarReader().read(yaml, name: "uk.yaml")
        #expect(calendar.exceptions.keys.sorted().map(\.description) == days)
        #expect(imported.yaml(id: "no id", source: "x") == nil)
    }

    @Test(arguments: [
        ("{}", "1: no table of divisions; is this bank-holidays.json?"),
        ("[]", "1: no table of divisions; is this bank-holidays.json?"),
        (#"{"wales":{}}"#, "1: no division `scotland`; the file has wales"),
        (#"{"scotland":{}}"#, "1: no list of `events` in `scotland`"),
        (
            #"{"scotland":{"events":[{"title":"x","date":"2026-02-30"}]}}"#,
            "1: an event without a `date` such as 2026-12-25"
        ),
    ])
    func `what is not GOV_UK's file is refused`(text: String, problem: String) {
        let found = problems {
            _ = try CalendarImport.govUK(text, name: "b.json", division: "scotland")
        }
        #expect(found == [problem])
    }
}
