import Foundation
import Testing

@testable import CivilTime

@Suite struct ZoneTests {
    @Test func `abbreviations agree with Python`() throws {
        let names = ["Asia/Shanghai", "Europe/Dublin", "America/Nuuk", "Africa/Casablanca", "EST"]
        let script = """
            import datetime as d, sys, zoneinfo
            for name in sys.stdin.read().split():
                with open("\(zoneinfo)/" + name, "rb") as file:
                    zone = zoneinfo.ZoneInfo.from_file(file)
                for t in range(0, 4102444800, 91_234_567):
                    print(name, t, d.datetime.fromtimestamp(t, zone).tzname())
            """
        let output = try run("python3", ["-c", script], input: names.joined(separator: "\n"))
        let lines = output.split(separator: "\n")
        #expect(lines.count == names.count * 45)
        for line in lines {
            let fields = line.split(separator: " ").map(String.init)
            let instant = Instant(seconds: try #require(Int64(fields[1])))
            #expect(try zone(fields[0]).offset(at: instant).abbreviation == fields[2], "\(line)")
        }
    }

    @Test func `resolve finds exactly the instants that read so`() throws {
        var generator = SeededGenerator(seed: 3)
        for name in [
            "Europe/Berlin", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Apia",
            "America/St_Johns", "Antarctica/Troll", "Asia/Gaza", "Africa/Casablanca",
        ] {
            let zone = try zone(name)
            for _ in 0..<12 {
                // A transition, and every quarter of an hour around it.
                let start = Int64.random(in: 0...4_000_000_000, using: &generator)
                guard let transition = zone.segment(atSeconds: start).end else { continue }
                for quarter in -40..<40 {
                    let reading = (transition + Int64(quarter) * 900) * 1_000_000
                    check(CivilDateTime(reading: reading), in: zone)
                }
            }
        }
    }

    /// Compares with the definition: candidates are the offsets of the two days around.
    private func check(_ local: CivilDateTime, in zone: Zone) {
        var offsets: Set<Int> = []
        for hour in -30...30 {
            let near = Instant(microseconds: local.reading) + .hours(Int64(hour))
            offsets.insert(zone.offset(at: near).seconds)
        }
        let instants = offsets.map { Instant(microseconds: local.reading - Int64($0) * 1_000_000) }
            .filter { zone.local($0) == local }.sorted()
        switch zone.resolve(local) {
        case .unique(let only):
            if instants != [only] { Issue.record("\(zone) \(local): \(only), not \(instants)") }
        case .fold(let first, let second):
            if instants != [first, second] { Issue.record("\(zone) \(local): fold, \(instants)") }
        case .gap(let after, let shift):
            let isJump =
                zone.local(after) > local && zone.local(after - Span(microseconds: 1)) < local
            if !instants.isEmpty || !isJump || zone.local(shift) < local {
                Issue.record("\(zone) \(local): gap at \(after), \(instants)")
            }
        }
    }

    @Test(arguments: [
        ("Europe/Berlin", "2025-03-30 02:30:00", "2025-03-30T03:00:00+02:00"),
        ("Europe/Berlin", "2025-10-26 02:30:00", "2025-10-26T02:30:00+02:00"),
        ("Europe/Berlin", "2025-10-26 03:00:00", "2025-10-26T03:00:00+01:00"),
        ("Asia/Beirut", "2024-03-31 00:00:00", "2024-03-31T01:00:00+03:00"),
        ("Pacific/Apia", "2011-12-30 12:00:00", "2011-12-31T00:00:00+14:00"),
        ("Asia/Shanghai", "2019-01-11 00:00:00", "2019-01-11T00:00:00+08:00"),
        ("America/Caracas", "2010-01-01 00:00:00", "2010-01-01T00:00:00-04:30"),
        ("Pacific/Chatham", "2080-01-01 00:00:00", "2080-01-01T00:00:00+13:45"),
    ])
    func `local times become instants`(name: String, text: String, result: String) throws {
        let zone = try zone(name)
        #expect(zone.rfc3339(zone.instant(try local(text))) == result)
    }

    @Test func `a gap names the instant after it and the shifted reading`() throws {
        let resolution = try zone("Europe/Berlin").resolve(local("2025-03-30 02:30:00"))
        let after = try utc("2025-03-30 01:00:00")
        #expect(resolution == .gap(before: after, shift: after + .minutes(30)))
    }

    @Test(arguments: [
        ("Asia/Shanghai", "2020-10-10", "2020-10-09 16:00:00", "2020-10-10 16:00:00"),
        ("Asia/Beirut", "2024-03-31", "2024-03-30 22:00:00", "2024-03-31 21:00:00"),
        ("Asia/Beirut", "2024-03-30", "2024-03-29 22:00:00", "2024-03-30 22:00:00"),
        ("Pacific/Apia", "2011-12-29", "2011-12-29 10:00:00", "2011-12-30 10:00:00"),
        ("Pacific/Apia", "2011-12-31", "2011-12-30 10:00:00", "2011-12-31 10:00:00"),
        ("America/Havana", "2025-11-02", "2025-11-02 04:00:00", "2025-11-03 05:00:00"),
    ])
    func `days begin and end`(name: String, day: String, start: String, end: String) throws {
        let zone = try zone(name)
        #expect(zone.startOfDay(try date(day)) == (try utc(start)))
        #expect(zone.endOfDay(try date(day)) == (try utc(end)))
    }

    @Test func `a local mean time with seconds still prints its instant`() throws {
        // Shanghai was 8:05:43 ahead before 1901.
        let instant = try utc("1900-01-01 00:00:00")
        #expect(try zone("Asia/Shanghai").rfc3339(instant) == "1900-01-01T08:05:00+08:05")
    }

    @Test(arguments: [
        ("EST5EDT,0/0,J365/25", "2025-07-01 00:00:00", -4 * 3_600, true),
        ("EST5EDT,0/0,J365/25", "2025-01-01 04:00:00", -4 * 3_600, true),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2025-01-01 00:00:00", 0, true),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2025-07-01 00:00:00", 3_600, false),
        ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2025-03-28 23:59:59", 7_200, false),
        ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2025-03-29 00:00:00", 10_800, true),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2025-03-30 00:59:59", -7_200, false),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2025-03-30 01:00:00", -3_600, true),
        ("AAA0BBB,J60,J61", "2024-03-01 02:00:00", 3_600, true),
        ("AAA0BBB,59,60", "2024-02-29 02:00:00", 3_600, true),
        ("AAA0BBB,59,60", "2024-02-29 01:59:59", 0, false),
    ])
    func `rules at the end of a file`(
        text: String,
        at: String,
        seconds: Int,
        isDaylight: Bool
    ) throws {
        let rule = try #require(PosixRule(text))
        let offset = rule.offset(at: try utc(at).microseconds / 1_000_000)
        #expect(offset.seconds == seconds)
        #expect(offset.isDaylight == isDaylight)
    }

    @Test(arguments: [
        "", "CET", "CE-1", "CET-25", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J1", "<+1-1",
        "CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0 ", "CET-1:60",
    ])
    func `texts that are no rule`(text: String) {
        #expect(PosixRule(text) == nil)
    }

    @Test func `broken files are refused and never trap`() throws {
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(zoneinfo)/Europe/Berlin")))
        #expect(throws: ZoneError.notTZif(zone: "X")) { try Zone(name: "X", tzif: []) }
        #expect(throws: ZoneError.versionOne(zone: "X")) {
            try Zone(name: "X", tzif: Array(bytes[..<4]) + [0] + Array(bytes[5...]))
        }
        let right = try Data(contentsOf: URL(fileURLWithPath: "\(zoneinfo)/right/Europe/Berlin"))
        #expect(throws: ZoneError.leapSeconds(zone: "X")) {
            try Zone(name: "X", tzif: Array(right))
        }
        for length in 0..<bytes.count {
            #expect(throws: ZoneError.self) { try Zone(name: "X", tzif: Array(bytes[..<length])) }
        }
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<2_000 {
            var broken = bytes
            broken[.random(in: 0..<bytes.count, using: &generator)] = .random(
                in: 0...255,
                using: &generator
            )
            guard let zone = try? Zone(name: "X", tzif: broken) else { continue }
            _ = zone.resolve(try local("2025-03-30 02:30:00"))
        }
    }
}
