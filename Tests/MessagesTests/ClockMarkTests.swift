import CivilTime
import DubanAPI
import Foundation
import Messages
import Testing

@Test(
    arguments: [
        ("02:30", "2026-03-29 02:30:00", .moved),
        ("02:30 gap=skip", "2026-03-29 02:30:00", .skipped),
        ("02:30,45", "2026-03-29 02:45:00", .merged), ("02:30", "2026-10-25 02:30:00", .once),
        ("*:30", "2026-10-25 02:30:00", .repeated),
        ("*:30", "2026-10-25 02:30:00 fold 1", .repeated),
        ("02:30", "2026-03-30 02:30:00", nil), ("09:00", "2026-03-29 09:00:00", nil),
    ] as [(String, String, ScheduleAPI.ClockMark?)]
)
func `a slot tells what a change of clocks does to it`(
    text: String,
    slot: String,
    mark: ScheduleAPI.ClockMark?
) throws {
    let path = "/usr/share/zoneinfo/Europe/Berlin"
    let bytes = try #require(FileManager.default.contents(atPath: path))
    let zone = try Zone(name: "Europe/Berlin", tzif: Array(bytes))
    let keeper = Timekeeper(zone: zone, calendar: .mondayToFriday)
    let local = try #require(CivilDateTime(String(slot.prefix(19))))
    let found = ScheduleAPI.ClockMark(
        of: slot,
        at: zone.instant(local),
        by: try CalendarExpression(text),
        in: keeper
    )
    #expect(found == mark)
}
