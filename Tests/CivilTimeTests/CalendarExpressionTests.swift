import CivilTime
import Testing

@Suite struct CalendarExpressionTests {
    private static let accepted = [
        "minutely", "hourly", "daily", "weekly", "monthly", "quarterly", "semiannually", "yearly",
        "annually", "Hourly", "bi-annually", "Mon", "Mon,Tue", "mon..fri 09:00",
        "Monday,Wednesday..friday", "Sat,Sun 2025-*-* 10:00", "Mon-Fri", "Mon..Sun", "Mon,", "Tue ",
        "*-*-*", "*:0/15", "*:*", "*:*:*", "0/2:00", "02/4:30", "09:00,30", "*-*-10,20", "*-*~01",
        "*-*~01..03", "*-*~07/1", "Mon *-05~07/1", "*-02~03", "01-31", "2025-01..12/3-01",
        "99-01-01", "00-01-01", "10..12:00", "*-*-1..5,3,1/4", "12,10,12,14:00", "*:*:0/0.5",
        "*:*:1.5..3.25/0.25", "*:*:5..10", "@1395716396", "2025-03-04", "2025-03-04 05:06:07.25",
        "Thu,Fri 2012-*-1,5 11:12:13", "Wed 17:48", "*-*-7 0:0:0", "10-15", "daily UTC",
        "*:0/5 utc", "5..5:00", "0..7/3:00", "*-1/2-01", "2003-03-05 05:40",
        "*-*-* 00:59:59.1234567",
        "1..20/30:00", "05:40", "Fri,Sat,Sun..Sun", "*-*~20/5", "*-*~05/2",
    ]

    private static let refused = [
        "", " ", "bogus", "10", "*", "*/2-*-*", "10/2..12:00", "24:00", "23:59:60", "*:0/0",
        "Sat..Mon", "2025-01-01T10:00", "Mon10:00", "Mon Tue", "Mon..", "Mon..Tue..Wed", "*-*~32",
        "*-*~00", "*-*~1/2", "*-13-01", "*-00-01", "*-*-32", "*-*-00", "1969-01-01", "2200-01-01",
        "2025-01",
        "2025-01-01-01", "*-*~01-02", "10:00:00:00", "10:", ":10", "10:60", "*:*:60", "25..26:00",
        "*:0/60", "5..3:00", "*,1:00", "1,:00", "10:00 10:00", "*:*:1.", "@", "@x", "Mon,,Tue",
        "*-*~03..01", "*:*:1..1.5", "10:00x", "1.5:00", "00:00:1..2/0.0", "99999999:00", "Mond",
    ]

    @Test func `normal forms and refusals are those of systemd`() throws {
        let texts = CalendarExpressionTests.accepted + CalendarExpressionTests.refused
        let answers = try systemd(texts, iterations: 1)
        try #require(answers.count == texts.count)
        for (text, answer) in zip(texts, answers) {
            let read = try? CalendarExpression(text)
            #expect(read?.description == answer.normalForm, "“\(text)”")
            if let read {
                #expect(try CalendarExpression(read.description) == read, "“\(text)”")
            }
        }
        #expect(answers.count { $0.normalForm != nil } == CalendarExpressionTests.accepted.count)
    }

    @Test func `random texts are read as systemd reads them`() throws {
        let seed = UInt64.random(in: 0...99_999)
        var generator = SeededGenerator(seed: seed)
        let texts = (0..<600).map { _ in randomExpression(&generator) }
        let answers = try systemd(texts, iterations: 1)
        try #require(answers.count == texts.count)
        for (text, answer) in zip(texts, answers) {
            do {
                let read = try CalendarExpression(text)
                #expect(read.description == answer.normalForm, "“\(text)”, seed \(seed)")
                #expect(try CalendarExpression(read.description) == read, "“\(text)”")
            } catch {
                // systemd accepts rules that never elapse; we refuse them.
                let isNever = error.message.contains("never elapses")
                #expect(isNever || answer.normalForm == nil, "“\(text)” \(error), seed \(seed)")
            }
        }
    }

    private func randomExpression(_ generator: inout SeededGenerator) -> String {
        func pick(_ choices: [String]) -> String {
            choices.randomElement(using: &generator) ?? ""
        }
        func number(_ range: ClosedRange<Int>) -> String {
            String(Int.random(in: range, using: &generator))
        }
        func field(_ range: ClosedRange<Int>) -> String {
            let forms = [
                "*", number(range), number(range), number(range) + ".." + number(range),
                number(range) + "/" + number(1...9),
                number(range) + ".." + number(range) + "/" + number(1...9),
                number(range) + "," + number(range),
            ]
            return pick(forms)
        }
        let days = ["", "", "", "Mon ", "Tue..Fri ", "Sat,Sun ", "fri,mon..tue "]
        // Within ~01..22: in a list systemd 252 refuses more by mistake, 3 days for each element.
        let date = [
            "", "\(field(1...12))-\(field(1...31)) ", "*-\(field(1...12))~\(field(1...22)) ",
            "\(field(2020...2030))-\(field(1...12))-\(field(1...28)) ",
        ]
        let time = [
            "\(field(0...23)):\(field(0...59))",
            "\(field(0...23)):\(field(0...59)):\(field(0...59))",
        ]
        return pick(days) + pick(date) + pick(time)
    }

    @Test(arguments: [
        ("*-02-30", 6, "never elapses: no month"),
        ("2025-02-29", 9, "never elapses: no month"),
        ("*-04,06-31", 9, "never elapses: no month"),
        ("Mon 2025-01-01", 1, "never falls on that weekday"),
        ("2025-01-32", 9, "the day does not fit into 1..31"),
        ("*-*~32 10:00", 5, "the day does not fit into 1..31"),
        ("Mon 25:00", 5, "the hour does not fit into 0..23"),
        ("Mon 10:00:61", 11, "the second does not fit into 0..59"),
        ("Mon 10:61", 8, "the minute does not fit into 0..59"),
        ("Sat..Mon", 9, "runs forward"),
        ("10", 3, "HH:MM"),
        ("", 1, "empty"),
        ("Mon,foo 10:00", 5, "a weekday is expected"),
    ])
    func `refusals say what and where`(text: String, column: Int, part: String) {
        let error = #expect(throws: CalendarExpressionError.self) { try CalendarExpression(text) }
        #expect(error?.column == column)
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
        #expect(error?.description.hasPrefix("column \(column): ") == true)
    }

    private static let rules = [
        "minutely", "hourly", "daily", "weekly", "monthly", "quarterly", "semiannually", "annually",
        "Mon..Fri 09:00", "Sat,Sun 10:30:15", "*-*-10,20 18:00", "*-*~01 18:00", "*-*~01..03 12:00",
        "*-02~01", "*-02-29", "Mon *-05~07/1", "*:0/15", "*:*:0/20", "0/2:00", "02/4:30",
        "Fri *-*-13", "2024..2030/2-03-01 06:00", "*-1/3-15 08:00", "Wed *-*-1..7 17:00",
        "09..17:30",
        "Wed 2096-02-29..29", "*-*-31", "22,23,0..3:50,55", "*-01,07-01 00:00:01", "Thu 2099-12-31",
        "*-*~10/5 03:00",
    ]

    @Test(arguments: ["2025-06-15 12:34:56", "2024-02-28 23:59:59", "2099-12-20 00:00:00"])
    func `slots in UTC are those of systemd`(base: String) throws {
        let start = try utc(base)
        try compare(zone: .utc, suffix: "", base: start, iterations: 40)
    }

    @Test(arguments: ["2025-06-15 12:34:56", "2025-12-01 00:00:00"])
    func `slots in Berlin are those of systemd away from transitions`(base: String) throws {
        let start = try utc(base)
        try compare(
            zone: zone("Europe/Berlin"),
            suffix: " Europe/Berlin",
            base: start,
            iterations: 12
        )
    }

    /// Compares up to the first transition that comes within 48 hours of a slot.
    private func compare(zone: Zone, suffix: String, base: Instant, iterations: Int) throws {
        let rules = CalendarExpressionTests.rules
        let answers = try systemd(rules.map { $0 + suffix }, iterations: iterations, base: base)
        try #require(answers.count == rules.count)
        var compared = 0
        for (rule, answer) in zip(rules, answers) {
            let expression = try CalendarExpression(rule)
            var after = base
            for expected in answer.elapses {
                let slot = expression.next(after: after, zone: zone)
                let offsets = [after, expected - .days(2), expected + .days(2)].map {
                    zone.offset(at: $0)
                }
                guard Set(offsets).count == 1 else { break }
                try #require(slot?.instant == expected, "“\(rule)” after \(after)")
                after = expected
                compared += 1
            }
            if answer.elapses.isEmpty, zone.name == "UTC" {
                #expect(expression.next(after: base, zone: zone) == nil, "“\(rule)”")
            }
        }
        #expect(compared > rules.count * iterations / 3)
    }

    @Test func `the horizon is the end of 2199`() throws {
        let daily = try CalendarExpression("daily")
        let last = daily.next(after: try utc("2199-12-30 12:00:00"), zone: .utc)
        #expect(last?.nominal == (try local("2199-12-31 00:00:00")))
        #expect(daily.next(after: try utc("2199-12-31 00:00:00"), zone: .utc) == nil)
        #expect(daily.next(after: .distantFuture, zone: .utc) == nil)
        let first = daily.next(after: .distantPast, zone: try zone("Europe/Berlin"))
        #expect(first?.nominal == (try local("1970-01-01 00:00:00")))
        let far = try CalendarExpression("2199-12-31 *:*:*")
        let slot = far.next(after: try utc("1970-01-01 00:00:00"), zone: try zone("Europe/Berlin"))
        #expect(slot?.nominal == (try local("2199-12-31 00:00:00")))
    }

    @Test func `an expression in UTC ignores the zone`() throws {
        let expression = try CalendarExpression("09:00 UTC")
        let slot = expression.next(after: try utc("2025-01-01 00:00"), zone: try zone("Asia/Tokyo"))
        #expect(slot?.instant == (try utc("2025-01-01 09:00")))
        #expect(expression.description == "*-*-* 09:00:00 UTC")
    }
}

/// What systemd says of one expression.
private struct SystemdAnswer {
    /// Nil if systemd refuses the expression.
    var normalForm: String?
    var elapses: [Instant] = []
}

/// Asks `systemd-analyze` for all expressions in one call.
private func systemd(
    _ expressions: [String],
    iterations: Int,
    base: Instant = Instant(seconds: 1_750_000_000)
) throws -> [SystemdAnswer] {
    let baseText = base.rfc3339.replacing("T", with: " ").replacing("Z", with: " UTC")
    let options = ["calendar", "--iterations=\(iterations)", "--base-time=\(baseText)", "--"]
    let output = try run("systemd-analyze", options + expressions)
    var answers = [SystemdAnswer()]
    for line in output.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        if line.isEmpty {
            // One empty line stands between two answers, and a refusal prints nothing.
            answers.append(SystemdAnswer())
            continue
        }
        let parts = line.split(separator: ":", maxSplits: 1).map {
            $0.trimmingPrefix { $0 == " " }
        }
        guard parts.count == 2 else { continue }
        let index = answers.count - 1
        if parts[0] == "Normalized form" {
            answers[index].normalForm = String(parts[1])
        } else if parts[0] == "Next elapse" || parts[0].hasPrefix("Iter.") {
            let words = parts[1].split(separator: " ")
            if words.count == 4 {
                answers[index].elapses.append(try utc("\(words[1]) \(words[2])"))
            }
        }
    }
    if output.isEmpty || output.hasSuffix("\n\n") || answers.count < expressions.count {
        answers.append(SystemdAnswer())
    }
    return Array(answers.prefix(expressions.count))
}
