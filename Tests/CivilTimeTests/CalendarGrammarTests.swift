import CivilTime
import Testing

/// Normal forms and refusals of the grammar beyond systemd's.
@Suite struct CalendarGrammarTests {
    @Test(arguments: [
        ("*-*-10,20,~01 18:00", "*-*-10,20,~01 18:00:00"),
        ("*-*-~01,20,10", "*-*-10,20,~01 00:00:00"),
        ("*-*-~03,~01 9:00", "*-*~01,03 09:00:00"),
        ("*-*-~01,~01", "*-*~01 00:00:00"),
        ("*-02-28,~31", "*-02-28,~31 00:00:00"),
        ("*-*~29", "*-*~29 00:00:00"),
        ("*-*~31 12:00", "*-*~31 12:00:00"),
        ("*-*-wd3 10:00", "*-*-wd3 10:00:00"),
        ("*-*-wd~1,wd5,wd3", "*-*-wd3,wd5,wd~1 00:00:00"),
        ("Mon *-03-wd1", "Mon *-03-wd1 00:00:00"),
        ("month open", "month open"),
        ("month open 00:00", "month open"),
        ("dekad cut-off", "dekad cut-off"),
        ("dekad cut-off 18:00", "dekad cut-off 18:00:00"),
        ("quarter wd1", "quarter wd1"),
        ("half wd~2 09:30", "half wd~2 09:30:00"),
        ("year cut-off 0:0", "year cut-off 00:00:00"),
        ("every PT90M from 2026-01-01T00:00:00Z", "every 90min from 2026-01-01T00:00:00Z"),
        ("every 2h from 2026-01-01T00:00:00Z", "every 2h from 2026-01-01T00:00:00Z"),
        ("-3wd of month cut-off", "-3wd of month cut-off"),
        ("+P2D of *-*-10 9:00", "+2d of *-*-10 09:00:00"),
        ("-4h of -2wd of quarter cut-off", "-4h of -2wd of quarter cut-off"),
        ("-1w of *-*-20", "-7d of *-*-20 00:00:00"),
        ("09:00 | Mon 17:00", "*-*-* 09:00:00 | Mon *-*-* 17:00:00"),
        ("month open | -1d of month cut-off 9:00", "month open | -1d of month cut-off 09:00:00"),
        ("09:00 Europe/Berlin", "*-*-* 09:00:00 Europe/Berlin"),
        ("09:00 roll=after Asia/Shanghai", "*-*-* 09:00:00 Asia/Shanghai roll=after"),
        ("Mon 9:00 every 2w from 2026-01-05", "Mon *-*-* 09:00:00 every 2w from 2026-01-05"),
        ("9:00 every 10d from 2026-01-05 UTC", "*-*-* 09:00:00 UTC every 10d from 2026-01-05"),
        ("9:00 roll=none gap=after fold=first clock=fixed", "*-*-* 09:00:00"),
        (
            "9:00 clock=elapsed fold=both gap=shift",
            "*-*-* 09:00:00 gap=shift fold=both clock=elapsed"
        ),
        ("*:0/15 clock=fixed", "*-*-* *:00/15:00 clock=fixed"),
        ("*:0/15 | 09:00 clock=elapsed", "*-*-* *:00/15:00 | *-*-* 09:00:00 clock=elapsed"),
        ("9:00 roll=modified-before", "*-*-* 09:00:00 roll=modified-before"),
        (
            "hourly except off except cn except Sat,Sun",
            "*-*-* *:00:00 except off except cn except Sat,Sun *-*-*"
        ),
        ("hourly except 12-24 18:00", "*-*-* *:00:00 except *-12-24 18:00:00"),
        ("daily except month cut-off", "*-*-* 00:00:00 except month cut-off"),
        ("daily except daily 12:00", ""),
        ("daily except -1d of 05-01", "*-*-* 00:00:00 except -1d of *-05-01"),
        ("daily except de-by.2 utc", "*-*-* 00:00:00 UTC except de-by.2"),
        (
            "every 1h from 2026-01-01T00:00:00Z except Sun Europe/Berlin",
            "every 1h from 2026-01-01T00:00:00Z Europe/Berlin except Sun *-*-*"
        ),
        ("@1395716396 Europe/Berlin", "2014-03-25 02:59:56 UTC"),
        ("@ 5", "1970-01-01 00:00:05 UTC"),
        ("@+5", "1970-01-01 00:00:05 UTC"),
        ("@-0", "1970-01-01 00:00:00 UTC"),
        ("@00000000000005", "1970-01-01 00:00:05 UTC"),
    ])
    func `normal forms`(text: String, normal: String) throws {
        guard !normal.isEmpty else {
            #expect(throws: CalendarExpressionError.self) { try CalendarExpression(text) }
            return
        }
        let read = try CalendarExpression(text)
        #expect(read.description == normal)
        #expect(try CalendarExpression(normal) == read)
    }

    @Test(arguments: [
        ("*-*-10,wd3", 5, "either days or working days"),
        ("*-*-wd32", 5, "counted from 1 to 31"),
        ("*-*-wd0", 5, "counted from 1 to 31"),
        ("*-*-~0", 6, "~1 to ~31"),
        ("*-*~10,~01", 5, "count from the month's end already"),
        ("*-wd1-10", 6, "stand last"),
        ("month", 6, "“open”, “cut-off” or a working day"),
        ("month close", 7, "“open”, “cut-off” or a working day"),
        ("dekad wd12", 7, "counted from 1 to 11"),
        ("every 2w from 2026-01-01T00:00:00Z", 7, "write a time and then every 2w"),
        ("every 90x from 2026-01-01T00:00:00Z", 7, "is no duration"),
        ("every 90min from 2026-01-01", 18, "is no instant"),
        ("every 90min", 12, "“from” is expected"),
        ("-3wd month cut-off", 6, "“of” is expected"),
        ("-3x of month open", 2, "is no term"),
        ("-1d of -3h of 09:00", 1, "shift the date first"),
        ("+1d of every 1h from 2026-01-01T00:00:00Z", 1, "an interval has no date"),
        ("09:00 roll=up", 12, "none of none, before, after, nearest, modified-before"),
        ("09:00 gap=late", 11, "none of after, before, shift, skip"),
        ("09:00 fold=3", 12, "none of first, second, both"),
        ("09:00 clock=wall", 13, "none of elapsed, fixed"),
        ("09:00 rol=after", 7, "there are roll, gap, fold and clock"),
        ("09:00 roll=after roll=before", 18, "there is one roll"),
        ("09:00 UTC UTC", 11, "there is one zone"),
        ("09:00 PST", 7, "zone of the tz database"),
        ("09:00 europe", 7, "zone of the tz database"),
        ("09:00 Europe/Berlin | 10:00", 21, "alternatives come first"),
        ("09:00 every 2x from 2026-01-05", 14, "“w” for weeks or “d” for days"),
        ("09:00 every 0w from 2026-01-05", 13, "1 to 9999 weeks or days"),
        ("09:00 every 2w from 2026-02-30", 21, "is no date"),
        ("09:00 every 2w", 15, "“w” for weeks"),
        ("*-02-29 every 2d from 2097-01-02 except *-02-29", 34, "all of its slots are excepted"),
        ("Mon *-*-* every 7d from 2026-01-06", 11, "the stride never meets"),
        ("2025-01-01 every 1d from 2026-01-01", 12, "the stride never meets"),
        ("Mon,Tue 09:00 except Mon..Wed", 15, "all of its slots are excepted"),
        ("Mon,Tue 09:00 except Mon 09:00 except Tue 08,09:00", 32, "all of its slots"),
        ("*-01-01 *:* except 00..22:* except 23:*", 29, "all of its slots"),
        ("*-02-30 | daily", 6, "no month named has that day"),
        ("*-04,06-~31", 9, "no month named has that day"),
        ("daily | Mon 2025-01-01", 9, "never falls on that weekday"),
        ("daily except *-02-30", 19, "no month named has that day"),
        ("daily except", 13, "“except” is expected"),
        ("every 1h from 2026-01-01T00:00:00Z roll=after", 1, "means nothing"),
        ("every 1h from 2026-01-01T00:00:00Z UTC", 1, "leave the zone away"),
        ("daily  UTC", 7, "neither a time"),
        ("09:00 UTC ", 10, "nothing may follow"),
        ("Mon,föö 10:00", 5, "a weekday is expected"),
        ("09:00 roll=äh gap=x", 12, "is none of"),
    ])
    func `refusals say what and where`(text: String, column: Int, part: String) {
        let error = #expect(throws: CalendarExpressionError.self) { try CalendarExpression(text) }
        #expect(error?.column == column, "\(error?.description ?? "")")
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: ["Sat,Sun *-*-wd3 every 2w from 2026-01-05", "Sat *-*-wd1 except Mon"])
    func `what depends on a calendar is not refused when read`(text: String) throws {
        _ = try CalendarExpression(text)
    }

    @Test func `rules that are all past are read`() throws {
        let past = try CalendarExpression("2019-01-11")
        let keeper = Timekeeper(zone: .utc, calendar: .mondayToFriday)
        #expect(past.next(after: try utc("2026-01-01 00:00"), in: keeper) == nil)
    }

    @Test(arguments: ["every 1h from 2026-01-01T00:00:00Z", "year cut-off", "year wd1", "daily"])
    func `nothing elapses after 2199`(text: String) throws {
        let keeper = Timekeeper(zone: .utc, calendar: .mondayToFriday)
        let rule = try CalendarExpression(text)
        #expect(rule.next(after: try utc("2200-01-02 00:00"), in: keeper) == nil)
        #expect(rule.next(after: try utc("2198-06-01 00:00"), in: keeper) != nil)
    }

    @Test func `names that have to be loaded`() throws {
        let text = "09:00 Europe/Berlin except off except de except cn except de"
        let expression = try CalendarExpression(text)
        #expect(expression.zoneName == "Europe/Berlin")
        #expect(expression.calendarNames == ["cn", "de"])
        let keeper = Timekeeper(zone: .utc, calendar: .mondayToFriday)
        #expect(expression.next(after: try utc("2026-01-01 00:00"), in: keeper) == nil)
    }

    @Test func `printing and reading again is the identity`() throws {
        let seed = UInt64.random(in: 0...99_999)
        var random = RandomExpression(seed: seed)
        var read = 0
        for _ in 0..<1_500 {
            let text = random.expression()
            guard let first = try? CalendarExpression(text) else { continue }
            read += 1
            let again = try CalendarExpression(first.description)
            #expect(again == first, "“\(text)”, seed \(seed)")
            #expect(again.description == first.description, "“\(text)”, seed \(seed)")
        }
        #expect(read > 1_000, "seed \(seed)")
    }

    @Test func `an expression is one reference`() {
        #expect(MemoryLayout<CalendarExpression>.size == 8)
    }
}
