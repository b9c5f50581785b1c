/// One notice of a work calendar: the days that it names, and for which days it speaks.
public struct WorkCalendarLayer: Hashable, Sendable {
    /// Whose it is: the id of its calendar file, `cn`.
    public let level: String
    /// The first day for which it speaks, nil if there is no first.
    public let validFrom: CivilDate?
    /// The last day for which it speaks, nil if there is no last.
    public let validThrough: CivilDate?
    /// The day on which it was published, nil if it has always been known.
    public let published: CivilDate?
    /// Where it comes from; empty if nobody said.
    public let source: String
    /// Whether it changes what was announced before; revisions count after all other layers.
    public let isRevision: Bool
    /// The days that it names.
    public let days: [CivilDate: WorkCalendar.Day]

    /// Creates a layer.
    public init(
        level: String,
        validFrom: CivilDate?,
        validThrough: CivilDate?,
        published: CivilDate? = nil,
        source: String = "",
        isRevision: Bool = false,
        days: [CivilDate: WorkCalendar.Day]
    ) {
        self.level = level
        self.validFrom = validFrom
        self.validThrough = validThrough
        self.published = published
        self.source = source
        self.isRevision = isRevision
        self.days = days
    }

    /// Day numbers for which it speaks.
    var range: ClosedRange<Int>? {
        let (first, last) = (validFrom?.dayNumber ?? .min, validThrough?.dayNumber ?? .max)
        return first <= last ? first...last : nil
    }

    /// Returns layers in the order in which they count: as given, then revisions by publication.
    static func inOrder(_ layers: [WorkCalendarLayer]) -> [WorkCalendarLayer] {
        let revisions = layers.enumerated().filter { $0.element.isRevision }
        let sorted = revisions.sorted { left, right in
            let (before, after) = (left.element.published, right.element.published)
            guard before == after else {
                // One that was always known comes before any that was published.
                guard let before else { return true }
                return after.map { before < $0 } ?? false
            }
            return left.offset < right.offset
        }
        return layers.filter { !$0.isRevision } + sorted.map(\.element)
    }
}
