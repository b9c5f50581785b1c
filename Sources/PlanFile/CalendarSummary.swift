public import CivilTime

/// What a work calendar holds, for people who check it.
public struct CalendarSummary: Codable, Sendable {
    /// The working days of a year that is known as a whole.
    public struct Year: Codable, Sendable {
        /// The year.
        public let year: Int
        /// Its working days, half days included.
        public let workdays: Int
        /// How many of them are half days.
        public let halfDays: Int
    }

    /// A day that a notice names.
    public struct Day: Codable, Sendable {
        /// The day, `2019-02-02`.
        public let date: String
        /// Its weekday, `Sat`.
        public let weekday: String
        /// What it is: `work`, `off` or `half`.
        public let kind: String
        /// The weekday as which it is worked, if the notice names one.
        public let asWeekday: String?
        /// The id of the calendar file that says so last.
        public let by: String
        /// When that was published, if the file says.
        public let published: String?
        /// Which notice it was, if the file says.
        public let source: String?
    }

    /// The name of the calendar.
    public let id: String
    /// The calendar files that it is made of, the lowest first.
    public let layers: [String]
    /// The first day that all of them know.
    public let from: String?
    /// The last day that all of them know.
    public let through: String?
    /// The version, as records have it.
    public let version: String
    /// Whether it has hours, so that working time can be counted.
    public let hasHours: Bool
    /// How many revisions there are.
    public let revisions: Int
    /// The years that are known as a whole.
    public let years: [Year]
    /// What somebody should see to.
    public let warnings: [String]
    /// Each day that a notice names; nil if they were not asked for.
    public let days: [Day]?

    /// Sums up a calendar.
    ///
    /// - Parameters:
    ///   - calendar: The calendar.
    ///   - today: The day on which somebody looks, for warnings.
    ///   - hasDays: Whether each day that a notice names is listed.
    public init(_ calendar: WorkCalendar, today: CivilDate, hasDays: Bool = false) {
        id = calendar.id
        layers = CalendarSummary.levels(calendar)
        from = calendar.validFrom?.description
        through = calendar.validThrough?.description
        version = calendar.version
        hasHours = calendar.hours != nil
        revisions = calendar.layers.count { $0.isRevision }
        years = CalendarSummary.years(calendar)
        warnings = CalendarSummary.warning(calendar, today: today).map { [$0] } ?? []
        days = hasDays ? CalendarSummary.days(calendar) : nil
    }

    private static func levels(_ calendar: WorkCalendar) -> [String] {
        var levels: [String] = []
        for layer in calendar.layers where !levels.contains(layer.level) {
            levels.append(layer.level)
        }
        return levels
    }

    private static func years(_ calendar: WorkCalendar) -> [Year] {
        guard let from = calendar.validFrom, let through = calendar.validThrough else { return [] }
        return (from.year...through.year).compactMap { year in
            guard let first = CivilDate(year: year, month: 1, day: 1),
                let last = CivilDate(year: year, month: 12, day: 31)
            else { return nil }
            let days = (first.dayNumber...last.dayNumber).map { CivilDate(dayNumber: $0) }
            guard !days.contains(where: { calendar.isProvisional($0) }) else { return nil }
            return Year(
                year: year,
                workdays: calendar.workdays(from: first, through: last),
                halfDays: days.count { calendar.kind(of: $0) == .half }
            )
        }
    }

    /// Returns that the next year should be known by now, nil if it is or if it is too early.
    private static func warning(_ calendar: WorkCalendar, today: CivilDate) -> String? {
        guard let through = calendar.validThrough else { return nil }
        if through < today {
            return "\(calendar.id) ended on \(through): every day from then on is a guess; "
                + "add the notices that came out since"
        }
        let next = today.year + 1
        guard today.month >= 11, through.year < next else { return nil }
        return "\(calendar.id) does not know \(next): it ends on \(through); "
            + "add the notice for \(next) and move `through`"
    }

    private static func days(_ calendar: WorkCalendar) -> [Day] {
        var last: [CivilDate: WorkCalendarLayer] = [:]
        for layer in calendar.layers {
            for date in layer.days.keys { last[date] = layer }
        }
        return last.sorted { $0.key < $1.key }.map { date, layer in
            let weekday = calendar.effectiveWeekday(of: date)
            return Day(
                date: date.description,
                weekday: date.weekday.abbreviation,
                kind: calendar.kind(of: date).rawValue,
                asWeekday: weekday == date.weekday ? nil : weekday.abbreviation,
                by: layer.level,
                published: layer.published?.description,
                source: layer.source.isEmpty ? nil : layer.source
            )
        }
    }
}
