import CivilTime
import Testing

/// Recurrences and cron lines as alternatives of calendar expressions.
@Suite struct RecurrenceExpressionTests {
    private let berlin: Zone

    init() throws {
        berlin = try zone("Europe/Berlin")
    }

    private var keeper: Timekeeper {
        Timekeeper(zone: .utc, calendar: .mondayToFriday, zones: ["Europe/Berlin": berlin])
    }

    private func elapses(_ text: String, after: String, _ count: Int) throws -> [String] {
        let expression = try CalendarExpression(text)
        var found: [String] = []
        var instant = try utc(after)
        while found.count < count, let slot = expression.next(after: instant, in: keeper) {
            found.append(String(slot.instant.rfc3339.dropLast(4)))
            instant = slot.instant
            #expect(expression.instant(of: slot.id, in: keeper) == slot.instant, "\(slot.id)")
        }
        return found
    }

    @Test(arguments: [
        (
            "dtstart;tzid=Europe/Berlin:20260105T090000 rrule:freq=weekly roll=after",
            "DTSTART;TZID=Europe/Berlin:20260105T090000 RRULE:FREQ=WEEKLY roll=after"
        ),
        (
            "DTSTART:20260105T090000 RRULE:FREQ=DAILY Europe/Berlin gap=skip",
            "DTSTART:20260105T090000 RRULE:FREQ=DAILY Europe/Berlin"
        ),
        (
            "DTSTART;TZID=Europe/Berlin:20260105T090000 RRULE:FREQ=DAILY Europe/Berlin gap=after",
            "DTSTART;TZID=Europe/Berlin:20260105T090000 RRULE:FREQ=DAILY gap=after"
        ),
        (
            "DTSTART:20260105T090000Z RRULE:FREQ=DAILY | Mon 08:00 except off",
            "DTSTART:20260105T090000Z RRULE:FREQ=DAILY | Mon *-*-* 08:00:00 except off"
        ),
        (
            "Mon 08:00 | DTSTART:20260105T090000\nRRULE:FREQ=HOURLY gap=skip fold=both clock=elapsed",
            "Mon *-*-* 08:00:00 | DTSTART:20260105T090000 RRULE:FREQ=HOURLY gap=skip fold=both "
                + "clock=elapsed"
        ),
        (
            "-2wd of DTSTART:20260110T090000 RRULE:FREQ=MONTHLY",
            "-2wd of DTSTART:20260110T090000 RRULE:FREQ=MONTHLY"
        ),
        (
            "*-*-* 09:00 except DTSTART:20260110T090000 RRULE:FREQ=MONTHLY;INTERVAL=1",
            "*-*-* 09:00:00 except DTSTART:20260110T090000 RRULE:FREQ=MONTHLY"
        ),
    ])
    func `a recurrence stands where a pattern does`(text: String, normal: String) throws {
        let expression = try CalendarExpression(text)
        #expect(expression.description == normal)
        #expect(try CalendarExpression(normal) == expression)
    }

    @Test(arguments: [
        ("DTSTART:20260105T090000 RRULE:FREQ=DAYLY", 36, "FREQ is one of"),
        ("Mon 08:00 | DTSTART:20260105T090000 RRULE:FREQ=DAYLY", 48, "FREQ is one of"),
        (
            "DTSTART;TZID=Europe/Berlin:20260105T090000 RRULE:FREQ=DAILY Asia/Shanghai", 1,
            "leave Asia/Shanghai away"
        ),
        (
            "DTSTART;TZID=Europe/Berlin:20260105T090000 | DTSTART:20260105T090000Z", 46, "one zone"
        ),
        ("DTSTART;TZID=Europe/Berlin:20260105T090000 | @1767225600", 46, "in UTC"),
        ("DTSTART:20260105T090000 RRULE:FREQ=DAILY bogus", 42, "neither a time"),
    ])
    func `mistakes have their column in the whole text`(
        text: String,
        column: Int,
        hint: String
    ) throws {
        do {
            let read = try CalendarExpression(text)
            Issue.record("read as \(read)")
        } catch {
            #expect(error.column == column, "\(error)")
            #expect(error.message.contains(hint), "\(error)")
        }
    }

    private static let lists: [(text: String, after: String, elapses: String)] = [
        (
            "DTSTART;TZID=Europe/Berlin:20260328T023000 RRULE:FREQ=DAILY", "2026-03-27 00:00",
            "2026-03-28T01:30, 2026-03-30T00:30, 2026-03-31T00:30"
        ),
        (
            "DTSTART;TZID=Europe/Berlin:20260328T023000 RRULE:FREQ=DAILY gap=shift",
            "2026-03-28 12:00", "2026-03-29T01:30, 2026-03-30T00:30"
        ),
        (
            "DTSTART;TZID=Europe/Berlin:20260328T023000 RRULE:FREQ=DAILY gap=after",
            "2026-03-28 12:00", "2026-03-29T01:00, 2026-03-30T00:30"
        ),
        (
            "DTSTART;TZID=Europe/Berlin:20261024T023000 RRULE:FREQ=DAILY", "2026-10-24 12:00",
            "2026-10-25T00:30, 2026-10-26T01:30"
        ),
        (
            "DTSTART;TZID=Europe/Berlin:20261024T023000 RRULE:FREQ=DAILY fold=both",
            "2026-10-24 12:00", "2026-10-25T00:30, 2026-10-25T01:30, 2026-10-26T01:30"
        ),
        // Python's dateutil leaves the repeated hour out; ours counts each real hour.
        (
            "DTSTART;TZID=Europe/Berlin:20261025T000000 RRULE:FREQ=HOURLY", "2026-10-24 23:59",
            "2026-10-25T00:00, 2026-10-25T01:00, 2026-10-25T02:00"
        ),
        (
            "DTSTART:20260105T090000 RRULE:FREQ=WEEKLY;COUNT=2 RDATE:20260106T090000",
            "2026-01-01 00:00", "2026-01-05T09:00, 2026-01-06T09:00, 2026-01-12T09:00"
        ),
        (
            "DTSTART:20260105T090000 RRULE:FREQ=DAILY except off", "2026-01-08 12:00",
            "2026-01-09T09:00, 2026-01-12T09:00"
        ),
        (
            "DTSTART:20260110T090000 RRULE:FREQ=MONTHLY roll=after", "2026-01-01 00:00",
            "2026-01-12T09:00, 2026-02-10T09:00"
        ),
        (
            "-2wd of DTSTART:20260110T090000 RRULE:FREQ=MONTHLY", "2026-01-01 00:00",
            "2026-01-08T09:00, 2026-02-06T09:00"
        ),
        (
            "DTSTART:20260105T090000 RRULE:FREQ=WEEKLY | Tue 10:00", "2026-01-05 00:00",
            "2026-01-05T09:00, 2026-01-06T10:00, 2026-01-12T09:00"
        ),
        (
            "*-*-* 09:00 except DTSTART:20260106T090000 RRULE:FREQ=DAILY;INTERVAL=2",
            "2026-01-05 00:00", "2026-01-05T09:00, 2026-01-07T09:00, 2026-01-09T09:00"
        ),
        (
            "DTSTART:20260105T090000 RRULE:FREQ=DAILY except *-*-* 00:00", "2026-01-05 00:00",
            "2026-01-05T09:00"
        ),
        (
            "Mon..Thu *-*~01 18:00:00 | Fri *-*~01..03 18:00:00", "2026-01-01 00:00",
            "2026-01-30T18:00, 2026-02-27T18:00, 2026-03-31T18:00"
        ),
    ]

    @Test func `recurrences elapse with zones and clauses`() throws {
        for row in RecurrenceExpressionTests.lists {
            let wanted = row.elapses.split(separator: ", ").map(String.init)
            let found = try elapses(row.text, after: row.after, wanted.count)
            #expect(found == wanted, "“\(row.text)”")
        }
    }

    @Test func `excluded dates and gaps are told as passed over`() throws {
        let text = "DTSTART;TZID=Europe/Berlin:20260327T023000 RRULE:FREQ=DAILY "
        let expression = try CalendarExpression(text + "EXDATE:20260328T023000")
        let step = expression.step(
            after: try utc("2026-03-27 12:00"),
            through: try utc("2026-04-01 00:00"),
            in: keeper
        )
        #expect(step.skipped.map(\.cause) == [.excluded, .gap])
        #expect(
            step.skipped.map(\.first.nominal.description) == [
                "2026-03-28 02:30:00", "2026-03-29 02:30:00",
            ]
        )
        #expect(step.slot?.nominal.description == "2026-03-30 02:30:00")
        let gone = SlotID(text: "2026-03-28 02:30:00")
        #expect(expression.instant(of: gone, in: keeper) == nil)
    }

    @Test(arguments: [
        "0 9 10 * 5", "*/40 9 * * *", "0 0-23 * * *", "0-59 9 * * *", "0 18 10,20,L * *",
        "0 18 LW * *", "0 18 */2 * fri#3", "0 18 1 * 1#1,5L", "5/20 22-23,0-2 */3 * *",
        "1-59/2 3 * 2-10/4 *", "@weekly", "@hourly",
    ])
    func `the expression of a cron line is in normal form`(line: String) throws {
        for zone in [nil, "Europe/Berlin"] {
            let text = try CronLine(line).expression(zone: zone)
            #expect(try CalendarExpression(text).description == text)
        }
    }
}
