import CivilTime

extension CalendarDraft {
    private static let dayKeys = ["off", "work", "half"]

    /// Reads the notices of the years.
    mutating func readYears(_ tree: Tree) {
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
            let keys = Self.dayKeys + ["published", "source"]
            let fields = Fields(entry.value, noun: "year", keys: keys, values: values)
            guard let fields else { continue }
            var notice = Notice(year: year)
            notice.published = fields.date("published")?.value
            notice.source = fields.text("source", limit: 400)?.value ?? ""
            readDays(fields, &notice)
            notices.append(notice)
            if let from, let through, year < from.year || year > through.year {
                let message = "year \(year) is outside of \(from) through \(through)"
                problems.add(key.spot, "\(message), the days of this calendar")
            }
        }
    }

    /// Reads what was changed after it had been announced.
    mutating func readRevisions(_ fields: Fields) {
        let example = "[ { published: 2020-01-27, source: …, off: [2020-01-31] } ]"
        var last: CivilDate?
        for element in fields.list("revisions", example: example) {
            let keys = Self.dayKeys + ["published", "source"]
            let fields = Fields(element, noun: "revision", keys: keys, values: values)
            guard let fields else { continue }
            var notice = Notice()
            let hint = "write the day on which it was published"
            let published = fields.required("published", hint)
                .flatMap { values.date($0, "`published`") }
            if let published, let last, published.value < last {
                let message = "\(published.value) is before \(last); put revisions in order"
                problems.add(published.spot, message)
            }
            last = published?.value ?? last
            notice.published = published?.value
            if let source = fields.required("source", "name the notice that it follows") {
                notice.source = values.text(source, "`source`", limit: 400)?.value ?? ""
            }
            readDays(fields, &notice)
            if notice.days.isEmpty, problems.isEmpty {
                problems.add(fields.spot, "a revision without days; write `off`, `work` or `half`")
            }
            notices.append(notice)
        }
    }

    private mutating func readDays(_ fields: Fields, _ notice: inout Notice) {
        let before = days
        for key in Self.dayKeys {
            guard let kind = WorkCalendar.DayKind(rawValue: key) else { continue }
            for element in fields.list(key, example: "[2019-02-04..2019-02-08]") {
                guard let found = range(element, kind, year: notice.year) else { continue }
                take(found, kind, &notice, before)
            }
        }
        days.merge(notice.days) { $1 }
    }

    /// Days of a notice, and the weekday as which they are worked.
    private struct DayRange {
        let days: ClosedRange<CivilDate>
        let asWeekday: Weekday?
        let spot: Spot
    }

    private func take(
        _ range: DayRange,
        _ kind: WorkCalendar.DayKind,
        _ notice: inout Notice,
        _ before: [CivilDate: WorkCalendar.Day]
    ) {
        let isOne = range.days.lowerBound == range.days.upperBound
        var isNews = false
        var day = range.days.lowerBound
        while day <= range.days.upperBound {
            let usual = before[day]?.kind ?? (week ?? .mondayToFriday)[day.weekday]
            // Whoever extends a calendar says what counts, whatever the calendar below says.
            let changes = base != nil || usual != kind || range.asWeekday != nil
            let isLeftOut = !isOne && kind == .half && usual == .off
            if changes, !isLeftOut {
                isNews = true
                let isRepeated = notice.year != nil && before[day] != nil
                let value = WorkCalendar.Day(kind, as: range.asWeekday)
                if notice.days.updateValue(value, forKey: day) != nil || isRepeated {
                    problems.add(range.spot, "\(day) is given twice; keep one")
                }
            }
            let next = day.adding(days: 1)
            guard next > day else { break }
            day = next
        }
        guard !isNews else { return }
        let first = range.days.lowerBound
        let usual = kind == .off ? "off" : kind == .half ? "a half day" : "worked"
        problems.add(
            range.spot,
            "\(first) is \(first.weekday.abbreviation), \(usual) anyway; "
                + "list only days that differ from the work week"
        )
    }

    private func range(_ tree: Tree, _ kind: WorkCalendar.DayKind, year: Int?) -> DayRange? {
        var text = tree
        var asWeekday: Weekday?
        if kind != .off, case .table = tree.shape {
            let keys = ["day", "as"]
            guard let fields = Fields(tree, noun: "make-up day", keys: keys, values: values),
                let day = fields.required("day", "write `{ day: 2026-02-14, as: Fri }`"),
                let name = fields.required("as", "say as which weekday it is worked"),
                let weekday = weekday(name, "`as`")
            else { return nil }
            asWeekday = weekday
            text = day
        }
        guard let found = range(text, year: year) else { return nil }
        return DayRange(days: found.value, asWeekday: asWeekday, spot: found.spot)
    }

    /// Returns the days of `2019-02-04` or `2019-02-04..2019-02-08`.
    private func range(_ tree: Tree, year: Int?) -> Placed<ClosedRange<CivilDate>>? {
        let shownYear = year ?? from?.year ?? 2019
        let example = "\(shownYear)-02-04 or \(shownYear)-02-04..\(shownYear)-02-08"
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
        guard isOf(year, first), isOf(year, last) else {
            let message = "\(values.shown(text)) is not in the year \(year ?? 0)"
            problems.add(placed.spot, message)
            return nil
        }
        if let from, let through, first < from || last > through {
            let message = "is outside of \(from) through \(through), the days of this calendar"
            problems.add(placed.spot, "\(values.shown(text)) \(message)")
            return nil
        }
        return Placed(value: first...last, spot: placed.spot)
    }

    /// A notice may reach into December of the year before, where the calendar knows those days.
    private func isOf(_ year: Int?, _ day: CivilDate) -> Bool {
        guard let year, day.year != year else { return true }
        return day.year == year - 1 && day.month == 12 && from.map { $0 <= day } ?? false
    }
}
