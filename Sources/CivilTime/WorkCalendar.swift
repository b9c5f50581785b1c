/// Which days are worked: a weekly pattern, and layers of the dates that differ from it.
///
/// Layers count in order, later ones win: national, regional, unit, and behind all of these the
/// ad-hoc revisions. A half day is a working day; that it is shorter only matters to working time.
public struct WorkCalendar: Sendable, Hashable {
    /// What a day is.
    public enum DayKind: String, CaseIterable, Hashable, Sendable, Codable {
        case work
        case off
        /// Worked for a part of the day.
        case half
    }

    /// What a layer says of one day.
    public struct Day: Hashable, Sendable {
        /// What the day is.
        public let kind: DayKind
        /// The weekday as which it is worked, for make-up days whose notice names one.
        public let asWeekday: Weekday?

        /// Creates what a layer says of a day.
        public init(_ kind: DayKind, as weekday: Weekday? = nil) {
            self.kind = kind
            asWeekday = weekday
        }
    }

    /// The name, `cn`.
    public let id: String
    /// The version of the data, for records.
    public let version: String
    /// The weekly pattern, which counts where no layer says otherwise.
    public let week: WorkWeek
    /// When work goes on within a day; nil if the calendar does not say.
    public let hours: WorkingHours?
    /// Holidays, make-up days and revisions, in the order in which they count.
    public let layers: [WorkCalendarLayer]
    /// Whose days have to be known: the ids of the files that the calendar is made of.
    let levels: [String]
    let table: WorkCalendarTable
    let known: WorkCalendarValidity

    /// Monday to Friday without any holiday, valid always.
    public static let mondayToFriday = WorkCalendar(
        id: "mon-fri",
        version: "1",
        week: .mondayToFriday
    )

    /// Creates a calendar.
    ///
    /// - Parameters:
    ///   - id: The name.
    ///   - version: The version of the data.
    ///   - week: The weekly pattern.
    ///   - hours: The hours of work within a day, nil if they are not known.
    ///   - layers: In any order between levels and revisions: revisions are put behind the others,
    ///     in the order of their publication.
    public init(
        id: String,
        version: String,
        week: WorkWeek,
        hours: WorkingHours? = nil,
        layers: [WorkCalendarLayer] = []
    ) {
        var levels: [String] = []
        for layer in layers where !levels.contains(layer.level) {
            levels.append(layer.level)
        }
        self.init(id, version, week, hours, layers: layers, levels: levels)
    }

    private init(
        _ id: String,
        _ version: String,
        _ week: WorkWeek,
        _ hours: WorkingHours?,
        layers: [WorkCalendarLayer],
        levels: [String]
    ) {
        let ordered = WorkCalendarLayer.inOrder(layers)
        self.id = id
        self.version = version
        self.week = week
        self.hours = hours
        self.layers = ordered
        self.levels = levels
        table = WorkCalendarTable(week: week, layers: ordered)
        known = WorkCalendarValidity(levels: levels, layers: ordered)
    }

    /// Creates a calendar of one layer; the work week must not be empty.
    public init(
        id: String,
        version: String,
        workweek: Set<Weekday>,
        exceptions: [CivilDate: DayKind],
        validFrom: CivilDate?,
        validThrough: CivilDate?
    ) {
        precondition(!workweek.isEmpty, "A work calendar has at least one working weekday.")
        let layer = WorkCalendarLayer(
            level: id,
            validFrom: validFrom,
            validThrough: validThrough,
            days: exceptions.mapValues { Day($0) }
        )
        let week = WorkWeek(work: workweek) ?? .mondayToFriday
        self.init(id: id, version: version, week: week, layers: [layer])
    }

    /// The weekdays that are worked, if for half a day, unless a layer says otherwise.
    public var workweek: Set<Weekday> { week.worked }

    /// The days that a layer names, by the last layer that names them.
    public var exceptions: [CivilDate: DayKind] {
        var result: [CivilDate: DayKind] = [:]
        for (number, day) in zip(table.numbers, table.days) {
            result[CivilDate(dayNumber: number)] = day.kind
        }
        return result
    }

    /// The first day for which the exceptions are known; nil if there is no first.
    public var validFrom: CivilDate? { known.first }

    /// The last day for which the exceptions are known; nil if there is no last.
    public var validThrough: CivilDate? { known.last }

    /// Returns the calendar as it was known on a day: without the layers published after it.
    public func asKnown(on date: CivilDate) -> WorkCalendar {
        let kept = layers.filter { layer in layer.published.map { $0 <= date } ?? true }
        guard kept.count < layers.count else { return self }
        let version = "\(version) as of \(date)"
        return WorkCalendar(id, version, week, hours, layers: kept, levels: levels)
    }

    /// Returns what a day is.
    public func kind(of date: CivilDate) -> DayKind {
        table.day(date.dayNumber)?.kind ?? week[date.weekday]
    }

    /// Returns whether a day is worked, if for half of it.
    public func isWorkday(_ date: CivilDate) -> Bool {
        kind(of: date) != .off
    }

    /// Returns the weekday as which a day is worked: its own, or for a make-up day the one that its
    /// notice names.
    public func effectiveWeekday(of date: CivilDate) -> Weekday {
        table.day(date.dayNumber)?.asWeekday ?? date.weekday
    }

    /// Returns whether a day lies outside of the days that every level of the calendar knows.
    public func isProvisional(_ date: CivilDate) -> Bool {
        !known.contains(date.dayNumber)
    }
}
