import CivilTime

/// A work calendar file while it is read.
struct CalendarDraft {
    /// Nobody announces holidays for longer.
    private static let longestYears = 200

    let values: Values
    var week: WorkWeek?
    var hours: WorkingHours?
    var base: Placed<String>?
    var from: CivilDate?
    var through: CivilDate?
    var notices: [Notice] = []
    /// The days of all notices so far, to name those that change nothing.
    var days: [CivilDate: WorkCalendar.Day] = [:]

    var problems: Problems { values.problems }

    /// What one year, or one revision, says.
    struct Notice {
        /// The year that it is for; nil for a revision.
        var year: Int?
        var published: CivilDate?
        var source = ""
        var days: [CivilDate: WorkCalendar.Day] = [:]
    }

    init(values: Values) {
        self.values = values
    }

    /// Returns the file, nil after noting each mistake.
    mutating func read(_ tree: Tree, path: String, fingerprint: String) -> CalendarFile? {
        let keys = ["calendar", "years", "revisions"]
        guard let fields = Fields(tree, noun: "calendar file", keys: keys, values: values) else {
            return nil
        }
        let hint = "write `calendar: { id: …, from: …, through: …, source: … }`"
        let id = fields.required("calendar", hint).flatMap { readHead($0) }
        if let years = fields["years"] {
            readYears(years)
        }
        readRevisions(fields)
        guard problems.isEmpty, let id, let from, let through else { return nil }
        return CalendarFile(
            id: id,
            base: base?.value,
            week: week,
            hours: hours,
            layers: layers(id, from, through),
            path: path,
            fingerprint: fingerprint,
            baseSpot: base?.spot ?? tree.spot
        )
    }

    private mutating func readHead(_ tree: Tree) -> String? {
        let keys = [
            "id", "name", "extends", "workweek", "half-days", "hours", "from", "through", "source",
        ]
        guard let fields = Fields(tree, noun: "calendar", keys: keys, values: values) else {
            return nil
        }
        let id = fields.requiredID("id", "give it the id of its file name")
        if let name = fields["name"] {
            _ = values.names(name, "`name`")
        }
        base = fields.id("extends")
        let bound = "say for which days the exceptions are known"
        from = fields.required("from", bound).flatMap { values.date($0, "`from`")?.value }
        let last = fields.required("through", bound).flatMap { values.date($0, "`through`") }
        through = last?.value
        if let from, let last, last.value < from {
            problems.add(last.spot, "`through` \(last.value) is before `from` \(from)")
            through = nil
        } else if let from, let last, last.value.year - from.year > CalendarDraft.longestYears {
            let limit = CalendarDraft.longestYears
            problems.add(last.spot, "`through` is more than \(limit) years after `from`")
            through = nil
        }
        let source = fields.required("source", "name the notices that it follows")
        if let source {
            _ = values.text(source, "`source`", limit: 4000, allowsLines: true)
        }
        readWeek(fields)
        readHours(fields)
        return id?.value
    }

    private mutating func readWeek(_ fields: Fields) {
        guard fields.has("workweek") || fields.has("half-days") else { return }
        let half = weekdays(fields, "half-days", example: "[Sat]")
        let usual = WorkWeek.mondayToFriday.worked.subtracting(half)
        let hasWork = fields.has("workweek")
        let work =
            hasWork ? weekdays(fields, "workweek", example: "[Mon, Tue, Wed, Thu, Fri]") : usual
        for day in work.intersection(half).sorted() {
            let message = "\(day.abbreviation) stands in `workweek` and in `half-days`; keep one"
            problems.add(fields["half-days"]?.spot ?? fields.spot, message)
        }
        week = WorkWeek(work: work, half: half)
    }

    private func weekdays(_ fields: Fields, _ key: String, example: String) -> Set<Weekday> {
        let list = fields.list(key, example: example)
        return Set(list.compactMap { weekday($0, "a weekday") })
    }

    /// Returns a weekday in three letters.
    func weekday(_ tree: Tree, _ what: String) -> Weekday? {
        guard let placed = values.scalar(tree, what, example: "Mon") else { return nil }
        if let day = Weekday.allCases.first(where: { $0.abbreviation == placed.value }) {
            return day
        }
        let names = Weekday.allCases.map(\.abbreviation).joined(separator: ", ")
        let found = values.shown(placed.value)
        problems.add(placed.spot, "\(found) is no weekday; write one of \(names)")
        return nil
    }

    // MARK: - Hours

    private mutating func readHours(_ fields: Fields) {
        guard let tree = fields["hours"] else { return }
        let names = Weekday.allCases.map(\.abbreviation)
        let keys = ["work", "half"] + names
        guard let fields = Fields(tree, noun: "`hours`", keys: keys, values: values) else { return }
        guard fields.required("work", "write `work: [09:00-12:00, 14:00-18:00]`") != nil else {
            return
        }
        var weekdays: [Weekday: [WorkingHours.Stretch]] = [:]
        for day in Weekday.allCases where fields.has(day.abbreviation) {
            weekdays[day] = stretches(fields, day.abbreviation)
        }
        let work = stretches(fields, "work")
        let half = fields.has("half") ? stretches(fields, "half") : nil
        guard problems.isEmpty else { return }
        hours = WorkingHours(work: work, half: half, weekdays: weekdays)
    }

    private func stretches(_ fields: Fields, _ key: String) -> [WorkingHours.Stretch] {
        let example = "[09:00-12:00, 14:00-18:00]"
        var list: [WorkingHours.Stretch] = []
        for element in fields.list(key, example: example) {
            let one = "a stretch such as 09:00-12:00"
            guard let placed = values.scalar(element, "a stretch", example: one) else { continue }
            let found = values.shown(placed.value)
            guard let stretch = WorkingHours.Stretch(placed.value) else {
                problems.add(placed.spot, "\(found) is no stretch of a day; write \(one)")
                continue
            }
            if let last = list.last, stretch.start < last.end {
                problems.add(placed.spot, "\(found) begins before \(last) ends; put them in order")
                continue
            }
            list.append(stretch)
        }
        return list
    }
}
