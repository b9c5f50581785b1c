import CivilTime
import Testing

@Suite struct CronLineTests {
    private static let lines: [(line: String, expression: String)] = [
        ("* * * * *", "*-*-* *:*:00"),
        ("*/15 * * * *", "*-*-* *:00/15:00"),
        ("0 9 10 * 5", "Fri *-*-* 09:00:00 | *-*-10 09:00:00"),
        ("0 9 */2 * 5", "Fri *-*-01/2 09:00:00"),
        ("0 9 10 * */2", "Tue,Thu,Sat,Sun *-*-10 09:00:00"),
        ("0 9 10 * *", "*-*-10 09:00:00"),
        ("0 9 * * 1-5", "Mon..Fri *-*-* 09:00:00"),
        ("0 9 1-31 * 5", "*-*-* 09:00:00"),
        ("0 9 10 * 0-7", "*-*-* 09:00:00"),
        ("30 4 1,15 * sun", "Sun *-*-* 04:30:00 | *-*-01,15 04:30:00"),
        ("0 0 * * 0", "Sun *-*-* 00:00:00"),
        ("0 0 * * 7", "Sun *-*-* 00:00:00"),
        ("0 0 * * 5-7", "Fri..Sun *-*-* 00:00:00"),
        ("0 0 * JAN-mar,12 Mon,WED", "Mon,Wed *-01..03,12-* 00:00:00"),
        ("0 0 1 */3 *", "*-01/3-01 00:00:00"),
        ("0 0 1 2-8/3 *", "*-02..08/3-01 00:00:00"),
        ("0 0 1 2-10/4 *", "*-02/4-01 00:00:00"),
        ("5/20 * * * *", "*-*-* *:05/20:00"),
        ("\t0  22-23,0-2\t* * *  ", "*-*-* 00..02,22,23:00:00"),
        // Cron looks for a `*`, our rule at the values: the difference is written out.
        ("0 */2 * * *", "*-*-* 00/2:00:00 clock=elapsed"),
        ("*/40 9 * * *", "*-*-* 09:00,40:00 clock=elapsed"),
        ("0 0-23 * * *", "*-*-* *:00:00 clock=fixed"),
        ("0-59 9 * * *", "*-*-* 09:00..59:00"),
        ("0,20,40 9 * * *", "*-*-* 09:00,20,40:00"),
        ("0,20,40 * * * *", "*-*-* *:00/20:00"),
        (
            "1-59/2 3 * * *",
            "*-*-* 03:"
                + stride(from: 1, through: 59, by: 2).map { $0 < 10 ? "0\($0)" : "\($0)" }
                .joined(separator: ",") + ":00"
        ),
        // Extensions.
        ("0 18 L * *", "*-*~01 18:00:00"),
        ("0 18 10,20,L * *", "*-*-10,20,~01 18:00:00"),
        ("0 18 LW * *", "Mon..Thu *-*~01 18:00:00 | Fri *-*~01..03 18:00:00"),
        ("0 18 L * 5", "Fri *-*-* 18:00:00 | *-*~01 18:00:00"),
        ("0 18 * * 5#3", "Fri *-*-15..21 18:00:00"),
        ("0 18 */2 * fri#3", "Fri *-*-15..21/2 18:00:00"),
        ("0 18 * * 5#5", "Fri *-*-29..31 18:00:00"),
        ("0 18 * * 0L", "Sun *-*~01..07 18:00:00"),
        ("0 18 1 * 1#1,5L", "Mon *-*-01..07 18:00:00 | Fri *-*~01..07 18:00:00 | *-*-01 18:00:00"),
        // Days that the months named do not have are left out, if others remain.
        ("0 0 30 2 5", "Fri *-02-* 00:00:00"),
        ("0 0 31 * *", "*-*-31 00:00:00"),
        ("@hourly", "*-*-* *:00:00"),
        ("@daily", "*-*-* 00:00:00"),
        ("@midnight", "*-*-* 00:00:00"),
        ("@weekly", "Sun *-*-* 00:00:00"),
        ("@Monthly", "*-*-01 00:00:00"),
        ("@yearly", "*-01-01 00:00:00"),
        (" @annually ", "*-01-01 00:00:00"),
    ]

    @Test func `lines become calendar expressions in normal form`() throws {
        for (line, expression) in CronLineTests.lines {
            #expect(try CronLine(line).expression == expression, "“\(line)”")
        }
    }

    @Test func `a zone stands before the clock clause`() throws {
        let line = try CronLine("0 */2 * * *")
        #expect(
            line.expression(zone: "Europe/Berlin") == "*-*-* 00/2:00:00 Europe/Berlin clock=elapsed"
        )
    }

    private static let refused: [(line: String, column: Int, hint: String)] = [
        ("", 1, "the minute is missing"),
        ("0 9 * *", 8, "the weekday is missing"),
        ("0 9 * * * *", 11, "nothing may follow"),
        ("60 9 * * *", 1, "the minute is 0 to 59"),
        ("0 24 * * *", 3, "the hour is 0 to 23"),
        ("0 9 0 * *", 5, "the day of the month is 1 to 31"),
        ("0 9 * 13 *", 7, "the month is 1 to 12"),
        ("0 9 * * 8", 9, "the weekday is 0 to 7"),
        ("0 9 * foo *", 7, "write a number or jan"),
        ("0 9 * * tuesday", 12, "no list"),
        ("0 9 * * fri-sun", 9, "runs upwards"),
        ("0 22-2 * * *", 3, "22-23,0-2"),
        ("*/0 * * * *", 3, "a step"),
        ("*/ * * * *", 3, "a step"),
        ("1,, * * * *", 3, "no list"),
        ("0~30 * * * *", 2, "no list"),
        ("0 9 ? * 5", 5, "no list"),
        ("0 9 * * 5#6", 11, "1 to 5"),
        ("0 9 */2 * 5L", 11, "counted from the month's end"),
        ("0 9 30 2 *", 5, "never runs"),
        ("0 9 31 2,4,6 *", 5, "never runs"),
        ("0 9 LW * */6", 5, "never runs"),
        ("@reboot", 1, "no calendar rule"),
        ("@often", 1, "is unknown"),
        ("@daily now", 8, "nothing may follow"),
    ]

    @Test func `what cannot be read or never runs is refused with its column`() {
        for row in CronLineTests.refused {
            do {
                let line = try CronLine(row.line)
                Issue.record("“\(row.line)” was read as \(line.expression)")
            } catch {
                #expect(error.column == row.column, "“\(row.line)” \(error)")
                #expect(error.message.contains(row.hint), "“\(row.line)” \(error)")
            }
        }
    }
}
