import Testing

@testable import CivilTime

/// The hard cases since 1970 of the time reference, section 2.7: a line each.
@Suite struct ZoneHardCaseTests {
    @Test(arguments: [
        // zone, local time in the gap, first instant after it, shift: read with the offset before
        (
            "Australia/Lord_Howe", "2026-10-04 02:15:00", "2026-10-03 15:30:00",
            "2026-10-03 15:45:00"
        ),
        ("Antarctica/Troll", "2026-03-29 02:30:00", "2026-03-29 01:00:00", "2026-03-29 02:30:00"),
        ("Antarctica/Casey", "2009-10-18 04:59:59", "2009-10-17 18:00:00", "2009-10-17 20:59:59"),
        (
            "America/Danmarkshavn", "1996-01-01 02:00:00", "1996-01-01 03:00:00",
            "1996-01-01 05:00:00"
        ),
        ("Antarctica/Vostok", "1994-11-01 06:59:00", "1994-11-01 00:00:00", "1994-11-01 06:59:00"),
        ("Africa/Monrovia", "1972-01-07 00:44:29", "1972-01-07 00:44:30", "1972-01-07 01:28:59"),
        ("Pacific/Kwajalein", "1993-08-21 12:00:00", "1993-08-21 12:00:00", "1993-08-22 00:00:00"),
        ("Pacific/Kiritimati", "1994-12-31 12:00:00", "1994-12-31 10:00:00", "1994-12-31 22:00:00"),
        ("Pacific/Enderbury", "1994-12-31 12:00:00", "1994-12-31 11:00:00", "1994-12-31 23:00:00"),
        ("Pacific/Kanton", "1994-12-31 12:00:00", "1994-12-31 11:00:00", "1994-12-31 23:00:00"),
        ("Pacific/Apia", "2011-12-30 12:00:00", "2011-12-30 10:00:00", "2011-12-30 22:00:00"),
        ("Pacific/Fakaofo", "2011-12-30 12:00:00", "2011-12-30 11:00:00", "2011-12-30 23:00:00"),
        ("Africa/Cairo", "2026-04-24 00:00:00", "2026-04-23 22:00:00", "2026-04-23 22:00:00"),
        ("Asia/Beirut", "2026-03-29 00:00:00", "2026-03-28 22:00:00", "2026-03-28 22:00:00"),
        ("America/Havana", "2026-03-08 00:00:00", "2026-03-08 05:00:00", "2026-03-08 05:00:00"),
        ("America/Santiago", "2026-09-06 00:00:00", "2026-09-06 04:00:00", "2026-09-06 04:00:00"),
        ("Atlantic/Azores", "2026-03-29 00:00:00", "2026-03-29 01:00:00", "2026-03-29 01:00:00"),
    ])
    func `a gap`(name: String, text: String, after: String, shift: String) throws {
        let expected = Resolution.gap(before: try utc(after), shift: try utc(shift))
        #expect(try zone(name).resolve(local(text)) == expected)
    }

    @Test(arguments: [
        // zone, local time that exists twice, the first instant, the second
        (
            "Australia/Lord_Howe", "2026-04-05 01:45:00", "2026-04-04 14:45:00",
            "2026-04-04 15:15:00"
        ),
        ("Antarctica/Troll", "2026-10-25 01:00:00", "2026-10-24 23:00:00", "2026-10-25 01:00:00"),
        ("Antarctica/Casey", "2010-03-05 00:30:00", "2010-03-04 13:30:00", "2010-03-04 16:30:00"),
        ("Antarctica/Vostok", "1994-01-31 20:00:00", "1994-01-31 13:00:00", "1994-01-31 20:00:00"),
        ("Antarctica/Vostok", "2023-12-18 00:30:00", "2023-12-17 17:30:00", "2023-12-17 19:30:00"),
        ("Africa/Cairo", "2026-10-29 23:30:00", "2026-10-29 20:30:00", "2026-10-29 21:30:00"),
        ("Asia/Beirut", "2026-10-24 23:30:00", "2026-10-24 20:30:00", "2026-10-24 21:30:00"),
        ("America/Havana", "2026-11-01 00:30:00", "2026-11-01 04:30:00", "2026-11-01 05:30:00"),
        ("America/Santiago", "2026-04-04 23:30:00", "2026-04-05 02:30:00", "2026-04-05 03:30:00"),
        ("Atlantic/Azores", "2026-10-25 00:30:00", "2026-10-25 00:30:00", "2026-10-25 01:30:00"),
    ])
    func `a fold`(name: String, text: String, first: String, second: String) throws {
        let expected = Resolution.fold(first: try utc(first), second: try utc(second))
        #expect(try zone(name).resolve(local(text)) == expected)
    }

    @Test(arguments: [
        ("Pacific/Kwajalein", "1993-08-21"),
        ("Pacific/Kiritimati", "1994-12-31"),
        ("Pacific/Enderbury", "1994-12-31"),
        ("Pacific/Kanton", "1994-12-31"),
        ("Pacific/Apia", "2011-12-30"),
        ("Pacific/Fakaofo", "2011-12-30"),
    ])
    func `a day that does not exist`(name: String, text: String) throws {
        let zone = try zone(name)
        let day = try date(text)
        #expect(!zone.exists(day))
        #expect(zone.exists(day.adding(days: -1)))
        #expect(zone.exists(day.adding(days: 1)))
        #expect(zone.startOfDay(day) == zone.startOfDay(day.adding(days: 1)))
        #expect(zone.endOfDay(day.adding(days: -1)) == zone.startOfDay(day))
    }

    @Test(arguments: [
        "Z", "localtime", "posixrules", "posix/UTC", "right/UTC", "+08:00", "-08", "",
        "/etc/passwd",
        "../passwd", "Asia/../x", "Asia/", "Asia//x", "Asia/Shang hai", "Zürich", "tzdata.zi",
    ])
    func `a text that is no zone name`(name: String) {
        #expect(throws: ZoneError.invalidName(name)) { try Zone(name: name, tzif: []) }
    }

    @Test func `each name of the tz database is a zone name`() throws {
        for name in ["UTC", "EST", "Etc/GMT+8", "GMT-0", "Zulu", "America/Port-au-Prince", "W-SU"] {
            #expect(Zone.isValidName(name), "\(name)")
        }
    }

    @Test func `a zone that is gone keeps its past and is marked`() throws {
        let berlin = try zone("Europe/Berlin")
        let keeper = Timekeeper(
            zone: berlin,
            calendar: .mondayToFriday,
            zones: ["Asia/Tokyo": try zone("Asia/Tokyo")]
        )
        let left = keeper.missing(zones: ["Europe/Berlin"])
        #expect(left.zone.isMissing && left.zones["Asia/Tokyo"]?.isMissing == false)
        #expect(left.version.hasPrefix("Europe/Berlin@missing "))
        let instant = try utc("2026-07-01 00:00:00")
        #expect(left.zone.local(instant) == berlin.local(instant))
        #expect(!keeper.missing(zones: []).zone.isMissing)
    }
}
