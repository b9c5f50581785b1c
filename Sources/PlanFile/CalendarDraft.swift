import CivilTime

/// A work calendar while it is read.
struct CalendarDraft {
    let values: Values
    private var workweek: Set<Weekday> = WorkCalendar.mondayToFriday.workweek
    private var exceptions: [CivilDate: WorkCalendar.DayKind] = [:]
    private var from: CivilDate?
    private var through: CivilDate?

    private var problems: Problems { values.problems }

    init(values: Values) {
        self.values = values
    }

    /// Returns the calendar, nil after noting each mistake.
    mutating func read(_ tree: Tree, fingerprint: String) -> WorkCalendar? {
        let keys = ["calendar", "years"]
        guard let fields = Fields(tree, noun: "calendar file", keys: keys, values: values) else {
            return nil
        }
        let hint = "write `calendar: { id: …, from: …, through: …, source: … }`"
        let id = fields.required("calendar", hint).flatMap { readHead($0) }
        if let years = fields["years"] {
            readYears(years)
        }
        guard problems.isEmpty, let id, let from, let through else { return nil }
        return WorkCalendar(
            id: id,
            version: "\(through)-\(fingerprint)",
            workweek: workweek,
            exceptions: exceptions,
            validFrom: from,
            validThrough: through
        )
    }

    private mutating func readHead(_ tree: Tree) -> String? {
        let keys = ["id", "name", "workweek", "from", "through", "source"]
        guard let fields = Fields(tree, noun: "calendar", keys: keys, values: values) else {
            return nil
        }
        let id = fields.requiredID("id", "give it the id of its file name")
        if let name = fields["name"] {
            _ = values.names(name, "`name`")
        }
        let bound = "say for which days the exceptions are known"
        from = fields.required("from", bound).flatMap { values.date($0, "`from`")?.value }
        let last = fields.required("through", bound).flatMap { values.date($0, "`through`") }
        through = last?.value
        if let from, let last, last.value < from {
            problems.add(last.spot, "`through` \(last.value) is before `from` \(from)")
            through = nil
        }
        let source = fields.required("source", "name the notices that it follows")
        if let source {
            _ = values.text(source, "`source`", limit: 4000, allowsLines: true)
        }
        readWorkweek(fields)
        return id?.value
    }

    private mutating func readWorkweek(_ fields: Fields) {
        let example = "[Mon, Tue, Wed, Thu, Fri]"
        let list = fields.list("workweek", example: example)
        guard !list.isEmpty else { return }
        workweek = []
        for element in list {
            guard let placed = values.scalar(element, "a weekday", example: "Mon") else { continue }
            if let day = Weekday.allCases.first(where: { $0.abbreviation == placed.value }) {
                workweek.insert(day)
            } else {
                let names = Weekday.allCases.map(\.abbreviation).joined(separator: ", ")
                let found = values.shown(placed.value)
                problems.add(placed.spot, "\(found) is no weekday; write one of \(names)")
            }
        }
    }

    private mutating func readYears(_ tree: Tree) {
        guard case .table(let entries) = tree.shape else {
            let example = "{ 2019: { off: [2019-01-01], work: [2019-02-02] } }"
            problems.add(tree.spot, "`years` is \(tree.noun); write \(example)")
            return
        }
        var seen: Set<String> = []
        for entry in entries {
            let key = entry.key
            guard key.value.utf8.count == 4, let year = Int(key.value) else {
                let found = values.shown(key.value)
                problems.add(key.spot, "\(found) is no year; write one such as 2019")
                continue
            }
            if !seen.insert(key.value).inserted {
                problems.add(key.spot, "year \(year) is given twice; keep one")
            }
            let keys = ["off", "work"]
            let fields = Fields(entry.value, noun: "year", keys: keys, values: values)
            guard let fields else { continue }
            readDays(fields, "off", year: year, kind: .off)
            readDays(fields, "work", year: year, kind: .work)
        }
    }

    private mutating func readDays(
        _ fields: Fields,
        _ key: String,
        year: Int,
        kind: WorkCalendar.DayKind
    ) {
        for element in fields.list(key, example: "[2019-02-04..2019-02-08]") {
            guard let range = range(element, year: year) else { continue }
            var isNews = false
            var day = range.value.lowerBound
            while day <= range.value.upperBound {
                let usual: WorkCalendar.DayKind = workweek.contains(day.weekday) ? .work : .off
                if usual != kind {
                    isNews = true
                    if exceptions.updateValue(kind, forKey: day) != nil {
                        problems.add(range.spot, "\(day) is given twice; keep one")
                    }
                }
                day = day.adding(days: 1)
            }
            if !isNews {
                let first = range.value.lowerBound
                let usual = kind == .off ? "off" : "worked"
                problems.add(
                    range.spot,
                    "\(first) is \(first.weekday.abbreviation), \(usual) anyway; "
                        + "list only days that differ from the work week"
                )
            }
        }
    }

    /// Returns the days of `2019-02-04` or `2019-02-04..2019-02-08`.
    private func range(_ tree: Tree, year: Int) -> Placed<ClosedRange<CivilDate>>? {
        let example = "\(year)-02-04 or \(year)-02-04..\(year)-02-08"
        guard let placed = values.scalar(tree, "a day", example: example) else { return nil }
        let text = placed.value
        let first: CivilDate?
        let last: CivilDate?
        if text.utf8.count == 22, text.dropFirst(10).hasPrefix("..") {
            first = CivilDate(String(text.prefix(10)))
            last = CivilDate(String(text.suffix(10)))
        } else {
            first = CivilDate(text)
            last = first
        }
        guard let first, let last, first <= last else {
            problems.add(placed.spot, "\(values.shown(text)) is no day; write \(example)")
            return nil
        }
        guard first.year == year, last.year == year else {
            problems.add(placed.spot, "\(values.shown(text)) is not in the year \(year)")
            return nil
        }
        if let from, let through, first < from || last > through {
            let message = "is outside of \(from) through \(through), the days of this calendar"
            problems.add(placed.spot, "\(values.shown(text)) \(message)")
        }
        return Placed(value: first...last, spot: placed.spot)
    }
}
