/// A zone and a work calendar together: all arithmetic of deadlines.
///
/// A due instant is mostly the exclusive end of a local day, so arithmetic counts from the
/// *reference day* of an instant: the local date one microsecond before it.
public struct Timekeeper: Sendable {
    /// The zone whose days are counted.
    public let zone: Zone
    /// The calendar whose working days are counted.
    public let calendar: WorkCalendar
    /// Further zones, by name, for expressions that name one of their own.
    public let zones: [String: Zone]
    /// Further calendars, by id, for expressions that name one in `except`.
    public let calendars: [String: WorkCalendar]

    /// The local time at which reminders that are counted in days go out.
    private static let reminderTime = TimeOfDay(microsecondOfDay: 9 * 3_600_000_000)

    /// Puts a zone and a calendar together.
    public init(
        zone: Zone,
        calendar: WorkCalendar,
        zones: [String: Zone] = [:],
        calendars: [String: WorkCalendar] = [:]
    ) {
        self.zone = zone
        self.calendar = calendar
        self.zones = zones
        self.calendars = calendars
    }

    /// The same calendars in the zone that an expression names; nil if that zone is not known, so
    /// that a schedule whose zone is gone stands still instead of running on another's clocks.
    public func keeper(for expression: CalendarExpression) -> Timekeeper? {
        guard let name = expression.zoneName else { return self }
        if name == "UTC" { return inZone(.utc) }
        if name == zone.name { return self }
        return zones[name].map(inZone)
    }

    private func inZone(_ zone: Zone) -> Timekeeper {
        Timekeeper(zone: zone, calendar: calendar, zones: zones, calendars: calendars)
    }

    /// Zone and calendar with their versions, for records.
    public var version: String {
        "\(zone.name)@\(zone.version) \(calendar.id)@\(calendar.version)"
    }

    /// Zone and calendar with their versions, and those of all that expressions name.
    public var fullVersion: String {
        let zones = zones.values.filter { $0.name != zone.name }.sorted { $0.name < $1.name }
        let calendars = calendars.values.filter { $0.id != calendar.id }.sorted { $0.id < $1.id }
        let more =
            zones.map { "\($0.name)@\($0.version)" }
            + calendars.map { "\($0.id)@\($0.version)" }
        return ([version] + more).joined(separator: " ")
    }

    /// Returns the local date one microsecond before an instant, so that the exclusive end of a day
    /// belongs to that day.
    public func referenceDay(_ instant: Instant) -> CivilDate {
        zone.local(instant - Span(microseconds: 1)).date
    }

    /// Returns what is wrong with counting a term here, nil if nothing is; such a term never ends.
    public func refusal(of term: Term) -> String? {
        guard case .workTime = term, calendar.hours == nil else { return nil }
        return "`\(term)` counts working time, and the calendar `\(calendar.id)` has no `hours`; "
            + "give it hours, or count working days such as 2wd"
    }

    /// Returns when a term ends; days and working days run to the end of the local day.
    ///
    /// Working time ends where the hours have been open for so long; see ``refusal(of:)`` for
    /// calendars that have none.
    public func deadline(from start: Instant, term: Term) -> Deadline {
        switch term {
        case .elapsed(let span):
            return Deadline(instant: start + span, isProvisional: false)
        case .days(let count):
            let day = referenceDay(start).adding(days: count)
            return Deadline(instant: zone.endOfDay(day), isProvisional: false)
        case .workdays(let count):
            let first = referenceDay(start)
            let last = calendar.adding(workdays: count, to: first)
            let isProvisional = calendar.isProvisional(first) || calendar.isProvisional(last)
            return Deadline(instant: zone.endOfDay(last), isProvisional: isProvisional)
        case .workTime(let span):
            let never = Deadline(instant: .distantFuture, isProvisional: true)
            return deadline(from: start, open: span) ?? never
        }
    }

    /// Returns the exclusive end of a local day after rolling it.
    public func endOfDay(_ date: CivilDate, roll: Roll) -> Deadline {
        let day = calendar.roll(date, roll)
        let isCounted = roll != Roll.none
        let isUnknown = calendar.isProvisional(date) || calendar.isProvisional(day)
        return Deadline(instant: zone.endOfDay(day), isProvisional: isCounted && isUnknown)
    }

    /// Returns when a reminder before a due instant goes out; days and working days count from the
    /// reference day, and the time is 09:00 local.
    public func before(_ due: Instant, _ offset: Term) -> Instant {
        switch offset {
        case .elapsed(let span): due - span
        case .days(let count): morning(referenceDay(due).adding(days: -count))
        case .workdays(let count):
            morning(calendar.adding(workdays: -count, to: referenceDay(due)))
        case .workTime(let span): start(before: due, open: span) ?? .distantPast
        }
    }

    /// Returns when a reminder after a due instant goes out; days and working days count from the
    /// reference day, and the time is 09:00 local.
    public func after(_ due: Instant, _ offset: Term) -> Instant {
        switch offset {
        case .elapsed(let span): due + span
        case .days(let count): morning(referenceDay(due).adding(days: count))
        case .workdays(let count):
            morning(calendar.adding(workdays: count, to: referenceDay(due)))
        case .workTime(let span): deadline(from: due, open: span)?.instant ?? .distantFuture
        }
    }

    private func morning(_ date: CivilDate) -> Instant {
        zone.instant(CivilDateTime(date: date, time: Timekeeper.reminderTime))
    }

    /// Returns how many working days late an act is: those after the reference day of the due
    /// instant, through the local day of the act; 0 before the due instant.
    public func lateness(due: Instant, at instant: Instant) -> Int {
        guard instant >= due else { return 0 }
        let first = referenceDay(due).adding(days: 1)
        return calendar.workdays(from: first, through: zone.local(instant).date)
    }
}
