import CivilTime
import Foundation
import Testing

/// The zone and the work calendar of China in 2019 and 2020, by the notices of the State Council.
enum China {
    /// Weekdays off, then working days of weekends.
    private static let off = """
        2018-12-31 2019-01-01 2019-02-04..2019-02-08 2019-04-05 2019-05-01..2019-05-03 2019-06-07 \
        2019-09-13 2019-10-01..2019-10-04 2019-10-07 2020-01-01 2020-01-24 2020-01-27..2020-01-31 \
        2020-04-06 2020-05-01 2020-05-04..2020-05-05 2020-06-25..2020-06-26 2020-10-01..2020-10-02 \
        2020-10-05..2020-10-08
        """
    private static let work = """
        2018-12-29 2019-02-02 2019-02-03 2019-04-28 2019-05-05 2019-09-29 2019-10-12 2020-01-19 \
        2020-04-26 2020-05-09 2020-06-28 2020-09-27 2020-10-10
        """

    static func keeper() throws -> Timekeeper {
        var exceptions: [CivilDate: WorkCalendar.DayKind] = [:]
        for (text, kind) in [(off, WorkCalendar.DayKind.off), (work, .work)] {
            for word in text.split(separator: " ") {
                let ends = try word.split(separator: ".").map { try date(String($0)) }
                let (first, last) = (ends[0].dayNumber, ends[ends.count - 1].dayNumber)
                for day in first...last { exceptions[CivilDate(dayNumber: day)] = kind }
            }
        }
        let calendar = WorkCalendar(
            id: "cn",
            version: "test",
            workweek: WorkCalendar.mondayToFriday.workweek,
            exceptions: exceptions,
            validFrom: try date("2019-01-01"),
            validThrough: try date("2020-12-31")
        )
        return Timekeeper(zone: try zone("Asia/Shanghai"), calendar: calendar)
    }
}

/// Reads a zone of the machine's tz database.
func zone(_ name: String) throws -> Zone {
    let data = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)"))
    return try Zone(name: name, tzif: Array(data))
}
