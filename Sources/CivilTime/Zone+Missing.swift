extension Zone {
    /// The zone as it was last known, marked as one that the tz database no longer has.
    ///
    /// What was computed keeps its meaning; schedules that count by the zone stand still, since
    /// neither old rules nor UTC would be right for what is still to come.
    public func missing() -> Zone {
        Zone(name: name, version: "missing", table: table)
    }

    /// A zone of which nothing but the name is known: its clocks are not to be used, and show UTC
    /// where something must be shown.
    public static func missing(named name: String) -> Zone {
        Zone(name: name, version: "missing", table: Zone.utc.table)
    }

    /// Whether the tz database no longer has the zone.
    public var isMissing: Bool { version == "missing" }
}

extension Timekeeper {
    /// Whether a zone or calendar is gone that something is counted by.
    public var lacksData: Bool {
        zone.isMissing || zones.values.contains { $0.isMissing } || lacksCalendar
    }

    /// Whether a calendar is gone that something is counted by.
    public var lacksCalendar: Bool {
        calendar.isMissing || calendars.values.contains { $0.isMissing }
    }

    /// The same calendars with those of the zones marked that the tz database no longer has.
    public func missing(zones gone: Set<String>) -> Timekeeper {
        guard !gone.isEmpty else { return self }
        return Timekeeper(
            zone: gone.contains(zone.name) ? zone.missing() : zone,
            calendar: calendar,
            zones: zones.mapValues { gone.contains($0.name) ? $0.missing() : $0 },
            calendars: calendars
        )
    }
}

extension WorkCalendar {
    /// A calendar of which nothing but the name is known: nothing is to be counted by it, and where
    /// something must be shown it is Monday to Friday.
    public static func missing(id: String) -> WorkCalendar {
        WorkCalendar(
            id: id,
            version: "missing",
            workweek: WorkCalendar.mondayToFriday.workweek,
            exceptions: [:],
            validFrom: nil,
            validThrough: nil
        )
    }

    /// Whether its file is gone or cannot be read.
    public var isMissing: Bool { version == "missing" }
}
