import CivilTime
import Testing

/// Clock changes that a rule touches, its fields at an instant, and slots found again.
@Suite struct CalendarExplainTests {
    private func keeper(_ name: String = "Europe/Berlin") throws -> Timekeeper {
        Timekeeper(zone: try zone(name), calendar: .mondayToFriday)
    }

    @Test(arguments: [
        ("02:30", ["2025-03-30 moved 01:00", "2025-10-26 ranOnce"]),
        ("02:30 gap=skip fold=both", ["2025-03-30 skipped", "2025-10-26 repeated"]),
        ("02:30 gap=before", ["2025-03-30 moved 00:59", "2025-10-26 ranOnce"]),
        ("02:15,30", ["2025-03-30 moved 01:00", "2025-03-30 merged", "2025-10-26 ranOnce"]),
        ("*:0/15", ["2025-10-26 repeated"]),
        ("02:0/15", ["2025-03-30 moved 01:00", "2025-03-30 merged", "2025-10-26 repeated"]),
        ("+1h of 02:30", ["2025-03-30 moved 02:00", "2025-10-26 ranOnce"]),
        ("09:00", []),
        ("Mon 02:30", []),
        ("02:30 except Sun", []),
        ("every 1h from 2025-01-01T00:00:00Z", []),
    ])
    func `clock changes of a year in Berlin`(rule: String, wanted: [String]) throws {
        let changes = try CalendarExpression(rule).clockChanges(
            after: utc("2025-01-01 00:00"),
            until: utc("2026-01-01 00:00"),
            in: keeper()
        )
        let found = changes.map { change in
            if case .moved(let instant) = change.effect {
                return "\(change.date) moved \(CivilDateTimeText.clock(instant))"
            }
            return "\(change.date) \(change.effect)"
        }
        #expect(found == wanted)
    }

    @Test(arguments: [
        ("Mon..Fri 09:00", "2026-05-08 07:00", ""),
        ("Mon..Fri 09:00", "2026-05-09 07:00", "weekday"),
        ("*-*-10 09:00", "2026-05-09 08:00", "date time"),
        ("Mon *-*-10 09:00", "2026-05-10 07:00", "weekday"),
        ("*-*-10 09:00 roll=after", "2026-05-11 07:00", ""),
        ("02:30", "2025-03-30 01:00", ""),
        ("09:00 every 2d from 2026-05-01", "2026-05-08 07:00", "every"),
        ("09:00 except Sat", "2026-05-09 07:00", "except"),
        ("09:00 except off", "2026-05-09 07:00", "except"),
        ("month open 09:00", "2026-05-02 07:00", "period"),
        ("month cut-off", "2026-04-30 22:00", ""),
        ("every 1h from 2026-01-01T00:00:00Z", "2026-05-09 07:01", "interval"),
        ("Mon 09:00 | Sat 10:00", "2026-05-09 07:00", "weekday time"),
    ])
    func `fields that do not match`(rule: String, at: String, wanted: String) throws {
        let fields = try CalendarExpression(rule).fields(at: utc(at), in: keeper())
        #expect(!fields.isEmpty)
        #expect(
            fields.filter { !$0.matches }.map(\.name).joined(separator: " ") == wanted,
            "\(fields)"
        )
    }

    @Test func `fields say what there is`() throws {
        let expression = try CalendarExpression("Mon..Fri 09:00 Europe/Berlin")
        let fields = try expression.fields(at: utc("2026-05-09 08:00"), in: keeper())
        #expect(fields.map(\.name) == ["weekday", "date", "time", "zone"])
        #expect(fields.map(\.asked) == ["Mon..Fri", "*-*-*", "09:00:00", "Europe/Berlin"])
        #expect(fields.map(\.shown) == ["Sat", "2026-05-09", "10:00:00", "2026-05-09 10:00:00"])
        #expect(fields.map(\.matches) == [false, true, false, true])
    }

    @Test func `a field is written in figures, whatever the reader's language`() throws {
        let cutOff = try CalendarExpression("month cut-off")
            .fields(at: utc("2026-04-30 22:00"), in: keeper())
        #expect(cutOff.map(\.asked) == ["month cut-off", "24:00"])
        #expect(cutOff.map(\.shown) == ["2026-04-30", "24:00"])
        let gone = try CalendarExpression("09:00 Mars/Olympus").fields(
            at: utc("2026-05-09 08:00"),
            in: keeper()
        )
        #expect(gone.map(\.shown) == ["-"])
    }

    @Test(arguments: [
        ("*-01-31 18:00 roll=after", "2020-01-31 18:00:00", "2020-02-03 10:00"),
        ("*-01-31 18:00 roll=before", "2020-01-31 18:00:00", "2020-01-23 10:00"),
        ("*-*-wd3 10:00", "2020-10 wd3 10:00:00", "2020-10-12 02:00"),
        ("*-*-31 18:00", "2020-01-30 18:00:00", ""),
        ("*-*-wd3 10:00", "2020-10 wd4 10:00:00", ""),
        ("09:00", "2020-01-30 10:00:00", ""),
        ("09:00 except off", "2020-01-30 09:00:00", ""),
        ("every 1h from 2020-01-01T00:00:00Z", "2020-01-01T05:00:00Z", "2020-01-01 05:00"),
        ("every 1h from 2020-01-01T00:00:00Z", "2020-01-01T05:00:01Z", ""),
        ("09:00", "nonsense", ""),
    ])
    func `a slot is found again in China`(rule: String, id: String, wanted: String) throws {
        let keeper = Timekeeper(zone: try zone("Asia/Shanghai"), calendar: try China.calendar())
        let found = try CalendarExpression(rule).instant(of: SlotID(text: id), in: keeper)
        #expect(found == (wanted.isEmpty ? nil : try utc(wanted)))
    }

    @Test func `a slot moves with new zone and calendar data and stays itself`() throws {
        let rule = try CalendarExpression("*-01-31 18:00 roll=before")
        let old = Timekeeper(
            zone: try zone("Asia/Shanghai"),
            calendar: try China.calendarBefore2020Revision()
        )
        let slot = try #require(rule.next(after: utc("2020-01-01 00:00"), in: old))
        #expect(slot.instant == (try utc("2020-01-31 10:00")))
        let new = Timekeeper(zone: try zone("Asia/Tokyo"), calendar: try China.calendar())
        #expect(rule.instant(of: slot.id, in: new) == (try utc("2020-01-23 09:00")))
    }

    @Test func `the bound on steps hands back how far it came`() throws {
        let rule = try CalendarExpression("*:*:* except 2026-*-* 00..23:*:*")
        let keeper = Timekeeper(zone: .utc, calendar: .mondayToFriday)
        let start = try utc("2026-01-01 00:00")
        let step = rule.step(after: start, through: start + .hours(5), in: keeper)
        #expect(step.slot == nil)
        #expect(step.through > start && step.through < start + .hours(5))
        #expect(step.skipped.map(\.count) == [4_096])
        #expect(step.skipped.first?.last.instant == step.through)
    }

    @Test(arguments: [
        ("2020-10-10 18:00:00", "2020-10-10 18:00:00"),
        ("2025-10-26 02:30:00 fold 1", "2025-10-26 02:30:00 fold 1"),
        ("2020-10 wd3 10:00:00", "2020-10 wd3 10:00:00"),
        ("2020-10-10T10:00:00Z", "2020-10-10T10:00:00Z"),
        ("2020-10-10T10:00:00", "2020-10-10T10:00:00"),
        ("2020-10-10 10:00", "2020-10-10 10:00"),
    ])
    func `an identity keeps its text`(text: String, wanted: String) {
        #expect(SlotID(text: text).text == wanted)
    }

    @Test func `an identity from text is the one of the slot`() throws {
        let nominal = try local("2025-10-26 02:30:00")
        #expect(SlotID(text: "2025-10-26 02:30:00 fold 1") == SlotID(nominal: nominal, fold: 1))
    }
}

private enum CivilDateTimeText {
    /// Hour and minute of an instant in UTC.
    static func clock(_ instant: Instant) -> String {
        String(instant.rfc3339.dropFirst(11).prefix(5))
    }
}
