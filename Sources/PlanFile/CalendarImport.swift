import CivilTime

/// Days that were read from another format, to be written as the text of a calendar file.
public struct CalendarImport: Sendable {
    /// What the days are; weekends off and weekdays of work are left out.
    private let days: [CivilDate: (isWork: Bool, name: String)]
    /// What was left out, a line each.
    public let notes: [String]

    /// Takes days, leaving out those that are so anyway from Monday to Friday.
    init(_ days: [CivilDate: (isWork: Bool, name: String)], notes: [String]) {
        self.days = days.filter { date, day in
            day.isWork != WorkCalendar.mondayToFriday.isWorkday(date)
        }
        self.notes = notes
    }

    /// Whether there is nothing to write.
    public var isEmpty: Bool { days.isEmpty }

    /// Returns the text of a calendar file, from the first day of the first year to the last day of
    /// the last one; nil if there are no days, or if the id is none.
    ///
    /// - Parameters:
    ///   - id: The id of the calendar.
    ///   - source: Where the days come from, in one line.
    /// - Returns: The text.
    public func yaml(id: String, source: String) -> String? {
        let sorted = days.keys.sorted()
        guard let first = sorted.first, let last = sorted.last, CharacterRules.isID(id) else {
            return nil
        }
        var lines = [
            "calendar:", "  id: \(id)", "  from: \(first.year.padded)-01-01",
            "  through: \(last.year.padded)-12-31",
            "  source: \"\(CalendarImport.quoted(source))\"",
            "years:",
        ]
        for year in first.year...last.year {
            let own = sorted.filter { $0.year == year }
            guard !own.isEmpty else { continue }
            lines.append("  \(year.padded):")
            lines += list("off", own.filter { days[$0]?.isWork == false })
            lines += list("work", own.filter { days[$0]?.isWork == true })
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func list(_ key: String, _ dates: [CivilDate]) -> [String] {
        guard !dates.isEmpty else { return [] }
        let entries = dates.map { date in
            let name = CalendarImport.plain(days[date]?.name ?? "")
            return "      - \(date)" + (name.isEmpty ? "" : "  # \(name)")
        }
        return ["    \(key):"] + entries
    }

    /// A text in one line without anything that a terminal or a reader of YAML would obey.
    private static func plain(_ text: String) -> String {
        var view = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(200) {
            view.append(CharacterRules.isAllowed(scalar) ? scalar : " ")
        }
        return String(view)
    }

    private static func quoted(_ text: String) -> String {
        let line = plain(text)
        return String(line.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] })
    }
}

extension Int {
    /// A year in four digits.
    fileprivate var padded: String {
        String(repeating: "0", count: Swift.max(0, 4 - String(self).count)) + String(self)
    }
}
