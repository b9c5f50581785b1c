import CivilTime
import Testing

/// Slots of the grammar beyond systemd's, one line a case.
@Suite struct CalendarClauseTests {
    /// The keeper of the tests: Berlin, and China's calendar under the ids it may be named by.
    private func keeper(_ zoneName: String, _ calendar: WorkCalendar? = nil) throws -> Timekeeper {
        let cn = try China.calendar()
        return Timekeeper(
            zone: try zone(zoneName),
            calendar: calendar ?? cn,
            zones: ["Europe/Berlin": try zone("Europe/Berlin")],
            calendars: ["cn": cn, "mf": .mondayToFriday]
        )
    }

    /// What elapses, as identity and local time, and what is passed over, as cause and identities.
    private func trace(
        _ text: String,
        _ keeper: Timekeeper,
        from start: String,
        days: Int64
    ) throws -> [String] {
        let expression = try CalendarExpression(text)
        var after = keeper.zone.instant(try local(start)) - Span(microseconds: 1)
        let end = after + .days(days)
        var lines: [String] = []
        while after < end {
            let step = expression.step(after: after, through: end, in: keeper)
            // What another slot stands for at the same instant comes behind it.
            let due = step.slot?.instant ?? .distantFuture
            lines += step.skipped.filter { $0.first.instant < due }.map(line)
            if let slot = step.slot {
                let id = "\(slot.id)"
                let local = "\(keeper.zone.local(slot.instant))"
                lines.append(
                    (id == local ? id : "\(id) at \(local)") + (slot.isProvisional ? " ?" : "")
                )
            }
            lines += step.skipped.filter { $0.first.instant >= due }.map(line)
            after = step.through
        }
        return lines
    }

    private func line(_ run: SkippedRun) -> String {
        let last = run.count == 1 ? "" : " .. \(run.last.id) (\(run.count))"
        return "\(run.cause.rawValue): \(run.first.id)\(last)"
    }

    @Test(
        arguments: [
            // Dekad cut-offs, and months that are too short.
            (
                "*-*-10,20,~01 18:00", "2026-02-01", 31,
                ["2026-02-10 18:00:00", "2026-02-20 18:00:00", "2026-02-28 18:00:00"]
            ),
            ("*-*~30 12:00", "2026-01-01", 90, ["2026-01-02 12:00:00", "2026-03-02 12:00:00"]),
            ("*-*~31 12:00", "2026-01-01", 90, ["2026-01-01 12:00:00", "2026-03-01 12:00:00"]),
            ("*-*-30,~31", "2026-02-01", 60, ["2026-03-01 00:00:00", "2026-03-30 00:00:00"]),
            // Strides.
            (
                "Mon 09:00 every 2w from 2026-01-05", "2026-12-07", 31,
                ["2026-12-07 09:00:00", "2026-12-21 09:00:00", "2027-01-04 09:00:00"]
            ),
            (
                "Mon,Fri 09:00 every 2w from 2026-01-07", "2026-01-01", 26,
                [
                    "2026-01-09 09:00:00", "2026-01-12 09:00:00", "2026-01-23 09:00:00",
                    "2026-01-26 09:00:00",
                ]
            ),
            (
                "09:00 every 10d from 2026-01-05", "2026-01-01", 30,
                ["2026-01-05 09:00:00", "2026-01-15 09:00:00", "2026-01-25 09:00:00"]
            ),
            // Working days of a month and of longer periods.
            ("*-*-wd3 10:00", "2020-10-01", 30, ["2020-10 wd3 10:00:00 at 2020-10-12 10:00:00"]),
            ("*-*-wd~1 10:00", "2026-02-01", 30, ["2026-02 wd~1 10:00:00 at 2026-02-28 10:00:00"]),
            (
                "quarter wd1 09:00", "2020-10-01", 90,
                ["2020-Q4 wd1 09:00:00 at 2020-10-09 09:00:00"]
            ),
            (
                "dekad wd2 09:00", "2020-10-01", 20,
                [
                    "2020-D28 wd2 09:00:00 at 2020-10-10 09:00:00",
                    "2020-D29 wd2 09:00:00 at 2020-10-13 09:00:00",
                ]
            ),
            ("half wd~1", "2026-06-20", 20, ["2026-H1 wd~1 00:00:00 at 2026-06-30 00:00:00"]),
            ("year wd1 08:00", "2026-01-01", 10, ["2026 wd1 08:00:00 at 2026-01-04 08:00:00"]),
            ("dekad wd3 09:00", "2020-10-01", 10, ["calendar: 2020-D28 wd3 09:00:00"]),
            ("dekad wd~3 09:00", "2020-10-01", 10, ["calendar: 2020-D28 wd~3 09:00:00"]),
            (
                "*-10-wd1,wd~17", "2020-10-01", 30,
                ["2020-10 wd1 00:00:00 at 2020-10-09 00:00:00", "calendar: 2020-10 wd~17 00:00:00"]
            ),
            // Rolls; section 9's table.
            (
                "*-03-31 18:00 roll=before", "2019-03-20", 20,
                ["2019-03-31 18:00:00 at 2019-03-29 18:00:00"]
            ),
            (
                "*-03-31 18:00 roll=after", "2019-03-20", 20,
                ["2019-03-31 18:00:00 at 2019-04-01 18:00:00"]
            ),
            (
                "*-01-31 18:00 roll=after", "2020-01-20", 20,
                ["2020-01-31 18:00:00 at 2020-02-03 18:00:00"]
            ),
            (
                "*-01-31 18:00 roll=before", "2020-01-20", 20,
                ["2020-01-31 18:00:00 at 2020-01-23 18:00:00"]
            ),
            ("*-10-10 18:00 roll=after", "2020-10-01", 20, ["2020-10-10 18:00:00"]),
            (
                "*-02-20 18:00 roll=before", "2026-02-10", 20,
                ["2026-02-20 18:00:00 at 2026-02-14 18:00:00"]
            ),
            (
                "*-02-20 18:00 roll=nearest", "2026-02-10", 20,
                ["2026-02-20 18:00:00 at 2026-02-24 18:00:00"]
            ),
            (
                "*-05-31 18:00 roll=modified-after", "2026-05-20", 20,
                ["2026-05-31 18:00:00 at 2026-05-29 18:00:00"]
            ),
            (
                "*-08-01 18:00 roll=modified-before", "2026-07-25", 20,
                ["2026-08-01 18:00:00 at 2026-08-03 18:00:00"]
            ),
            (
                "Fri,Sat,Sun 09:00 roll=before", "2026-01-09", 3,
                ["2026-01-09 09:00:00", "calendar: 2026-01-10 09:00:00 .. 2026-01-11 09:00:00 (2)"]
            ),
            (
                "Sat,Sun,Mon 09,10:00 roll=after", "2026-01-10", 3,
                [
                    "2026-01-10 09:00:00 at 2026-01-12 09:00:00",
                    "calendar: 2026-01-11 09:00:00 .. 2026-01-12 09:00:00 (2)",
                    "2026-01-10 10:00:00 at 2026-01-12 10:00:00",
                    "calendar: 2026-01-11 10:00:00 .. 2026-01-12 10:00:00 (2)",
                ]
            ),
            // Periods: the exclusive end of the last day, rolled.
            (
                "dekad cut-off", "2026-01-02", 31,
                ["2026-01-11 00:00:00", "2026-01-21 00:00:00", "2026-02-01 00:00:00"]
            ),
            (
                "month cut-off roll=after", "2026-01-25", 10,
                ["2026-02-01 00:00:00 at 2026-02-03 00:00:00"]
            ),
            (
                "month cut-off 18:00 roll=before", "2026-01-25", 10,
                ["2026-01-31 18:00:00 at 2026-01-30 18:00:00"]
            ),
            ("half open", "2026-01-01", 200, ["2026-01-01 00:00:00", "2026-07-01 00:00:00"]),
            (
                "quarter open 08:00", "2026-01-01", 91,
                ["2026-01-01 08:00:00", "2026-04-01 08:00:00"]
            ),
            // Offsets.
            (
                "-3wd of month cut-off", "2020-10-20", 12,
                ["2020-11-01 00:00:00 at 2020-10-29 00:00:00"]
            ),
            (
                "+2wd of *-10-10 09:00", "2020-10-10", 10,
                ["2020-10-10 09:00:00 at 2020-10-13 09:00:00"]
            ),
            (
                "-2d of *-*-10 09:00 roll=after", "2026-05-01", 12,
                ["2026-05-10 09:00:00 at 2026-05-09 09:00:00"]
            ),
            (
                "-4h of month cut-off", "2026-01-30", 3,
                ["2026-02-01 00:00:00 at 2026-01-31 20:00:00"]
            ),
            (
                "+90min of -1d of *-*-10 09:00", "2026-01-05", 10,
                ["2026-01-10 09:00:00 at 2026-01-09 10:30:00"]
            ),
            (
                "+1wd of Sat,Sun,Fri 09:00", "2026-01-09", 4,
                [
                    "2026-01-09 09:00:00 at 2026-01-12 09:00:00",
                    "calendar: 2026-01-10 09:00:00 .. 2026-01-11 09:00:00 (2)",
                ]
            ),
            // Exceptions.
            (
                "09:00 except off", "2026-01-01", 5,
                [
                    "calendar: 2026-01-01 09:00:00 .. 2026-01-03 09:00:00 (3)",
                    "2026-01-04 09:00:00", "2026-01-05 09:00:00",
                ]
            ),
            (
                "09:00 except mf", "2026-01-02", 4,
                [
                    "2026-01-02 09:00:00",
                    "excluded: 2026-01-03 09:00:00 .. 2026-01-04 09:00:00 (2)",
                    "2026-01-05 09:00:00",
                ]
            ),
            (
                "*:0/15 except Sat,Sun", "2026-01-02 23:30", 3,
                [
                    "2026-01-02 23:30:00", "2026-01-02 23:45:00",
                    "excluded: 2026-01-03 00:00:00 .. 2026-01-04 23:45:00 (192)",
                ] + (0..<94).map { "2026-01-05 \(pad($0 / 4)):\(pad($0 % 4 * 15)):00" }
            ),
            (
                "09,10:00 except Mon 10:00", "2026-01-04", 2,
                [
                    "2026-01-04 09:00:00", "2026-01-04 10:00:00", "2026-01-05 09:00:00",
                    "excluded: 2026-01-05 10:00:00",
                ]
            ),
            (
                "09:00 except month cut-off", "2026-01-30", 3,
                ["2026-01-30 09:00:00", "excluded: 2026-01-31 09:00:00", "2026-02-01 09:00:00"]
            ),
            (
                "09:00 except -1d of 05-01", "2026-04-29", 3,
                ["2026-04-29 09:00:00", "excluded: 2026-04-30 09:00:00", "2026-05-01 09:00:00"]
            ),
            (
                "09:00 except *-*-wd1", "2026-03-01", 3,
                ["2026-03-01 09:00:00", "excluded: 2026-03-02 09:00:00", "2026-03-03 09:00:00"]
            ),
            // Unions.
            (
                "09:00 | *-*-05 17:00", "2026-01-04", 2,
                ["2026-01-04 09:00:00", "2026-01-05 09:00:00", "2026-01-05 17:00:00"]
            ),
            (
                "*:0/30 | *-*-* 00:00,30 except *-*-05", "2026-01-04 23:00", 1,
                [
                    "2026-01-04 23:00:00", "2026-01-04 23:30:00",
                    "excluded: 2026-01-05 00:00:00 .. 2026-01-05 22:30:00 (46)",
                ]
            ),
            (
                "*-*-10 09:00 | -1d of *-*-10 09:00", "2026-01-05", 10,
                ["2026-01-10 09:00:00 -1d at 2026-01-09 09:00:00", "2026-01-10 09:00:00"]
            ),
            (
                "*-*-10 09:00 | *-*-11 09:00 roll=after", "2026-10-10", 3,
                ["2026-10-10 09:00:00", "2026-10-11 09:00:00 at 2026-10-12 09:00:00"]
            ),
            // Beyond what the calendar knows.
            (
                "*-01-10 09:00 roll=after", "2027-01-08", 5,
                ["2027-01-10 09:00:00 at 2027-01-11 09:00:00 ?"]
            ),
            ("*-01-10 09:00", "2027-01-08", 5, ["2027-01-10 09:00:00"]),
            ("*-*-wd1", "2027-01-01", 5, ["2027-01 wd1 00:00:00 at 2027-01-01 00:00:00 ?"]),
            (
                "-3wd of *-01-01 09:00", "2026-12-28", 5,
                ["2027-01-01 09:00:00 at 2026-12-29 09:00:00 ?"]
            ),
            (
                "09:00 except off", "2026-12-31", 2,
                ["2026-12-31 09:00:00", "2027-01-01 09:00:00 ?"]
            ),
        ] as [(String, String, Int64, [String])]
    )
    func `slots in China`(text: String, start: String, days: Int64, lines: [String]) throws {
        let start = start.contains(":") ? start : "\(start) 00:00"
        let found = try trace(text, keeper("Asia/Shanghai"), from: start, days: days)
        #expect(found == lines)
    }

    @Test(
        arguments: [
            ("02:30", "2025-03-30", ["2025-03-30 02:30:00 at 2025-03-30 03:00:00"]),
            ("02:30 gap=before", "2025-03-30", ["2025-03-30 02:30:00 at 2025-03-30 01:59:59"]),
            ("02:30 gap=shift", "2025-03-30", ["2025-03-30 02:30:00 at 2025-03-30 03:30:00"]),
            ("02:30 gap=skip", "2025-03-30", ["gap: 2025-03-30 02:30:00"]),
            (
                "02:15,30,45", "2025-03-30",
                [
                    "2025-03-30 02:15:00 at 2025-03-30 03:00:00",
                    "gap-merged: 2025-03-30 02:30:00 .. 2025-03-30 02:45:00 (2)",
                ]
            ),
            (
                "02,03:00", "2025-03-30",
                ["2025-03-30 02:00:00 at 2025-03-30 03:00:00", "gap-merged: 2025-03-30 03:00:00"]
            ),
            (
                "02..03:30 gap=shift", "2025-03-30",
                ["2025-03-30 02:30:00 at 2025-03-30 03:30:00", "gap-merged: 2025-03-30 03:30:00"]
            ),
            (
                "03:00 | 02:30 gap=shift", "2025-03-30",
                ["2025-03-30 03:00:00", "2025-03-30 02:30:00 at 2025-03-30 03:30:00"]
            ),
            (
                "01:59:59 | 02:30 gap=before", "2025-03-30",
                ["2025-03-30 01:59:59", "gap-merged: 2025-03-30 02:30:00"]
            ),
            (
                "02:0/15", "2025-03-30",
                [
                    "2025-03-30 02:00:00 at 2025-03-30 03:00:00",
                    "gap-merged: 2025-03-30 02:15:00 .. 2025-03-30 02:45:00 (3)",
                ]
            ),
            (
                "02:0/15 gap=skip", "2025-03-30",
                ["gap: 2025-03-30 02:00:00 .. 2025-03-30 02:45:00 (4)"]
            ),
            (
                "02:0/15 clock=fixed gap=shift", "2025-03-30",
                (0..<4).map {
                    "2025-03-30 02:\(pad($0 * 15)):00 at 2025-03-30 03:\(pad($0 * 15)):00"
                }
            ),
            ("02,03:0/30", "2025-03-30", ["2025-03-30 03:00:00", "2025-03-30 03:30:00"]),
            ("02:30 clock=elapsed", "2025-03-30", ["2025-03-30 02:30:00 at 2025-03-30 03:00:00"]),
            ("02:30 except Sun", "2025-03-30", ["excluded: 2025-03-30 02:30:00"]),
            ("02:30", "2025-10-26", ["2025-10-26 02:30:00"]),
            (
                "02:30 fold=second", "2025-10-26",
                ["2025-10-26 02:30:00 fold 1 at 2025-10-26 02:30:00"]
            ),
            (
                "02:30 fold=both", "2025-10-26",
                ["2025-10-26 02:30:00", "2025-10-26 02:30:00 fold 1 at 2025-10-26 02:30:00"]
            ),
            (
                "02:30 clock=elapsed", "2025-10-26",
                ["2025-10-26 02:30:00", "2025-10-26 02:30:00 fold 1 at 2025-10-26 02:30:00"]
            ),
            (
                "*:0/30 clock=fixed", "2025-10-26",
                (0..<48).map { "2025-10-26 \(pad($0 / 2)):\(pad($0 % 2 * 30)):00" }
            ),
            (
                "every 90min from 2025-10-26T00:00:00Z except 10-27..31", "2025-10-26",
                (0..<15).map {
                    "2025-10-26T\(pad($0 * 90 / 60)):\(pad($0 * 90 % 60)):00Z at 2025-10-26 \(pad($0 < 1 ? 2 : 1 + $0 * 90 / 60)):\(pad($0 * 90 % 60)):00"
                } + ["2025-10-26T22:30:00Z at 2025-10-26 23:30:00"]
            ),
        ] as [(String, String, [String])]
    )
    func `slots in Berlin`(text: String, day: String, lines: [String]) throws {
        let hours: Int64 = day.contains("-03-") ? 23 : 25
        let keeper = try keeper("Europe/Berlin", .mondayToFriday)
        let start = keeper.zone.instant(try local("\(day) 00:00"))
        var found = try trace(text, keeper, from: "\(day) 00:00", days: 1)
        if hours == 25 {
            found += try trace(text, keeper, from: "\(day) 23:00", days: 1).filter {
                $0.contains(day)
            }
        }
        var unique: [String] = []
        for line in found where line.contains(day) && !unique.contains(line) {
            unique.append(line)
        }
        #expect(unique == lines, "\(start)")
    }

    @Test(arguments: [
        ("daily", ["2011-12-29 00:00:00", "2011-12-31 00:00:00", "gap: 2011-12-30 00:00:00"]),
        (
            "daily gap=shift",
            ["2011-12-29 00:00:00", "2011-12-31 00:00:00", "gap: 2011-12-30 00:00:00"]
        ),
        (
            "daily gap=before",
            ["2011-12-29 00:00:00", "2011-12-31 00:00:00", "gap: 2011-12-30 00:00:00"]
        ),
        (
            "0/6:00 clock=elapsed",
            (0..<4).map { "2011-12-29 \(pad($0 * 6)):00:00" } + [
                "2011-12-31 00:00:00", "gap: 2011-12-30 00:00:00 .. 2011-12-30 18:00:00 (4)",
            ] + (1..<4).map { "2011-12-31 \(pad($0 * 6)):00:00" }
        ),
        ("Fri 12:00", ["gap: 2011-12-30 12:00:00"]),
        ("-1d of *-12-31 12:00", ["gap: 2011-12-31 12:00:00"]),
    ])
    func `a date that does not exist has no slot and a record`(text: String, lines: [String]) throws
    {
        #expect(try trace(text, keeper("Pacific/Apia"), from: "2011-12-29 00:00", days: 2) == lines)
    }

    @Test func `a cut-off on a date that does not exist is the start of the next`() throws {
        let found = try trace(
            "year cut-off",
            keeper("Pacific/Kiritimati"),
            from: "1994-12-25 00:00",
            days: 10
        )
        #expect(found == ["1995-01-01 00:00:00"])
    }
}

private func pad(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
}
