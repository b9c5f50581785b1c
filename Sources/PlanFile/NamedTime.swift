import CivilTime

/// The zones and work calendars that expressions of a plan name beside the plan's own.
///
/// A class, since every expression adds to it while the draft is only read.
final class NamedTime {
    private var zones: [String: Zone] = [:]
    private var calendars: [String: WorkCalendar] = [:]

    /// Loads what an expression names; what cannot be had is noted at the expression's place.
    func load(_ expression: CalendarExpression, at spot: Spot, _ time: TimeReader) {
        if let name = expression.zoneName, zones[name] == nil {
            let found = time.zones(named: [Placed(value: name, spot: spot)])
            zones.merge(found) { first, _ in first }
        }
        for name in expression.calendarNames where calendars[name] == nil {
            let found = time.calendars(named: [Placed(value: name, spot: spot)])
            calendars.merge(found) { first, _ in first }
        }
    }

    /// Returns a timekeeper that knows them.
    func keeper(_ keeper: Timekeeper) -> Timekeeper {
        Timekeeper(
            zone: keeper.zone,
            calendar: keeper.calendar,
            zones: zones,
            calendars: calendars
        )
    }
}
