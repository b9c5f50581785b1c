import Foundation
import Testing

@testable import CivilTime

/// What the bytes of a file mean: fat and slim ones, rules at the end, versions.
@Suite struct ZoneFileTests {
    private func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(zoneinfo)/\(name)")))
    }

    @Test func `files without the transitions that the rule gives are the same zones`() throws {
        var cut = 0
        for fat in try Set(allZoneNames().map(bytes)) {
            let footer = TZifBytes.footer(of: fat)
            guard let rule = PosixRule(footer) else { continue }
            var slim = try TZifBytes(fat, footer: footer)
            // From the end, as long as the rule alone says the same of the time before.
            while slim.transitions.count > 1, let last = slim.transitions.last,
                let start = slim.transitions.dropLast().last,
                let kind = slim.kinds.dropLast().last,
                last - start < 300 * 86_400,
                [start, last - 1].allSatisfy({ rule.offset(at: $0) == slim.offsets[Int(kind)] }),
                rule.offset(at: last) == slim.kinds.last.map({ slim.offsets[Int($0)] })
            {
                slim.keep { $0 < last }
                cut += 1
            }
            let (one, two) = (
                try Zone(name: "X", tzif: fat), try Zone(name: "X", tzif: slim.bytes)
            )
            for (left, right) in zip(stretches(one), stretches(two)) where left != right {
                Issue.record("\(footer): fat \(left), slim \(right)")
                break
            }
            #expect(stretches(one).count == stretches(two).count, "\(footer)")
        }
        #expect(cut > 3_000)
    }

    @Test func `zic's slim files are the same zones as the machine's`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try run("/usr/sbin/zic", ["-b", "slim", "-d", folder, "\(zoneinfo)/tzdata.zi"])
        // Not Gaza: the zic of glibc 2.36 drops its changes of 2072 to 2086 from a slim file.
        for name in [
            "Asia/Shanghai", "Europe/Berlin", "Europe/Dublin", "Asia/Jerusalem", "Etc/UTC",
            "America/Nuuk", "Pacific/Chatham", "Africa/Casablanca", "Australia/Lord_Howe",
            "America/New_York", "Pacific/Apia", "Antarctica/Troll",
        ] {
            #expect(stretches(try zone(name, in: folder)) == stretches(try zone(name)), "\(name)")
        }
    }

    /// When each stretch with one offset ends since 1970, with its offset.
    private func stretches(_ zone: Zone) -> [[Int64]] {
        var found: [[Int64]] = []
        var start: Int64? = 0
        while let second = start {
            let segment = zone.segment(atSeconds: second)
            found.append([segment.offset, segment.end ?? .max])
            start = segment.end
        }
        return found
    }

    @Test(arguments: [
        // Daylight time that is one hour back, in winter (Dublin).
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2090-03-26 00:59:59", 0),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2090-03-26 01:00:00", 3_600),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2090-10-29 00:59:59", 3_600),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2090-10-29 01:00:00", 0),
        // Hour 50: two days after the fourth Thursday (Gaza).
        ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2090-03-24 23:59:59", 7_200),
        ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2090-03-25 00:00:00", 10_800),
        ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2090-10-27 22:59:59", 10_800),
        ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2090-10-27 23:00:00", 7_200),
        // Hour -1: the evening before the last Sunday (Nuuk).
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2090-03-26 00:59:59", -7_200),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2090-03-26 01:00:00", -3_600),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2090-10-29 00:59:59", -3_600),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2090-10-29 01:00:00", -7_200),
        // Quarters of an hour, and the year's turn in summer (Chatham).
        ("<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45", "2090-04-01 13:59:59", 49_500),
        ("<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45", "2090-04-01 14:00:00", 45_900),
        ("<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45", "2090-09-23 13:59:59", 45_900),
        ("<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45", "2091-01-01 00:00:00", 49_500),
        // No change any more (Casablanca).
        ("<+01>-1", "2090-04-15 00:00:00", 3_600),
        // Daylight time all year round, and a zone that changes by days of the year.
        ("XXX3EDT4,0/0,J365/23", "2090-01-01 03:00:00", -14_400),
        ("EST5EDT,0/0,J365/25", "2090-07-01 00:00:00", -14_400),
        ("AAA0BBB,J60,J61", "2092-03-01 02:00:00", 3_600),
        ("AAA0BBB,59,60", "2092-02-29 02:00:00", 3_600),
    ])
    func `a file that is a rule alone answers by it`(text: String, at: String, offset: Int) throws {
        let zone = try Zone(name: "X", tzif: TZifBytes(footer: text).bytes)
        #expect(zone.offset(at: try utc(at)).seconds == offset)
    }

    @Test func `daylight time all year round is one stretch`() throws {
        let zone = try Zone(name: "X", tzif: TZifBytes(footer: "EST5EDT,0/0,J365/25").bytes)
        #expect(zone.segment(atSeconds: 0).end == nil)
    }

    @Test func `explicit changes hold until the rule begins (Casablanca)`() throws {
        let zone = try zone("Africa/Casablanca")
        #expect(zone.offset(at: try utc("2087-04-15 00:00:00")).seconds == 0)
        #expect(zone.offset(at: try utc("2087-05-12 00:00:00")).seconds == 3_600)
    }

    @Test func `a rule that disagrees with the last transition holds right after it`() throws {
        var file = TZifBytes(footer: "BBB-1")
        (file.transitions, file.kinds) = ([1_000], [0])
        let zone = try Zone(name: "X", tzif: file.bytes)
        #expect(zone.offset(at: Instant(seconds: 1_000)).seconds == 0)
        #expect(zone.offset(at: Instant(seconds: 1_001)).seconds == 3_600)
    }

    @Test(arguments: [
        [Int64.min, .max], [-9_007_199_255, 9_007_199_255], [Int64.max - 1, .max], [-1 << 59, 0],
    ])
    func `transitions off the time line change nothing on it`(transitions: [Int64]) throws {
        for footer in ["", "AAA0", "CET-1CEST,M3.5.0,M10.5.0/3"] {
            var file = TZifBytes(footer: footer)
            (file.transitions, file.kinds) = (transitions, [0, 0])
            let zone = try Zone(name: "X", tzif: file.bytes)
            for instant in [Instant.distantPast, .distantFuture, Instant(seconds: 0)] {
                _ = zone.resolve(zone.local(instant))
            }
        }
    }

    @Test(arguments: [
        ("PST8PDT,M3.2.0,M11.1.0", Int64.max, "2026-11-15T00:00:00-08:00"),
        ("MST7", 1_780_000_000, "2026-11-15T00:00:00-07:00"),
    ])
    func `Vancouver follows the file, whatever else the machine believes`(
        footer: String,
        end: Int64,
        text: String
    ) throws {
        var file = try TZifBytes(bytes("America/Vancouver"), footer: footer)
        file.keep { $0 < end }
        let zone = try Zone(name: "America/Vancouver", tzif: file.bytes)
        #expect(zone.rfc3339(zone.instant(try local("2026-11-15 00:00:00"))) == text)
        #expect(zone.offset(at: try utc("2026-07-01 00:00:00")).seconds == -7 * 3_600)
    }

    @Test func `the version names the release and follows the bytes`() throws {
        let berlin = try bytes("Europe/Berlin")
        let plain = try Zone(name: "Europe/Berlin", tzif: berlin).version
        #expect(plain.count == 16)
        #expect(try Zone(name: "X", tzif: berlin, tzdata: "2025b").version == "2025b-\(plain)")
        #expect(try Zone(name: "X", tzif: bytes("Etc/UTC")).version != plain)
        #expect(try zone("UTC").version == zone("Etc/UTC").version)
    }
}
