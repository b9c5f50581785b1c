import CivilTime
import Testing

@testable import PlanFile

/// Zones and calendars that calendar expressions name.
@Suite struct TimeReaderTests {
    private let problems = Problems(file: "t.yaml")

    private var reader: TimeReader {
        TimeReader(
            calendarDirectories: ["\(Fixtures.etc)/calendars"],
            zoneDirectory: "/usr/share/zoneinfo",
            hostZone: "UTC",
            values: Values(problems: problems)
        )
    }

    private func placed(_ names: [String]) -> [Placed<String>] {
        names.enumerated().map {
            Placed(value: $0.element, spot: Spot(line: $0.offset + 1, column: 5))
        }
    }

    private var lines: [String] { problems.error?.problems.map(\.description) ?? [] }

    @Test func `zones are found by name, each once, and UTC needs no file`() {
        let names = ["Europe/Berlin", "UTC", "Asia/Shanghai", "Europe/Berlin"]
        let zones = reader.zones(named: placed(names))
        #expect(zones.keys.sorted() == ["Asia/Shanghai", "Europe/Berlin"])
        #expect(zones["Europe/Berlin"]?.name == "Europe/Berlin")
        #expect(lines == [])
    }

    @Test func `a zone that is not there is noted where it is named`() {
        let zones = reader.zones(named: placed(["Mars/Olympus", "../etc/passwd", "UTC"]))
        #expect(zones.isEmpty)
        #expect(
            lines == [
                "t.yaml:1:5: zone `Mars/Olympus`: not found below /usr/share/zoneinfo",
                "t.yaml:2:5: zone `../etc/passwd`: not a name of the tz database",
            ]
        )
    }

    @Test func `calendars are found by id, with those that they extend`() {
        let calendars = reader.calendars(named: placed(["de-by", "cn", "de-by"]))
        #expect(calendars.keys.sorted() == ["cn", "de-by"])
        #expect(calendars["de-by"]?.layers.first?.level == "de")
        #expect(lines == [])
    }

    @Test func `a calendar that is not there is noted where it is named`() {
        let calendars = reader.calendars(named: placed(["xy", "X Y"]))
        #expect(calendars.isEmpty)
        #expect(
            lines == [
                "t.yaml:1:5: no calendar `xy`: no file xy.yaml in \(Fixtures.etc)/calendars",
                "t.yaml:2:5: `X Y` is no id of a calendar",
            ]
        )
    }
}
