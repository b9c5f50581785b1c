import CivilTime

extension CalendarImport {
    /// Reads the JSON of www.gov.uk/bank-holidays.json.
    ///
    /// JSON is YAML, so the reader of plans reads it, with its bounds and places.
    ///
    /// - Parameters:
    ///   - text: The text of the file.
    ///   - name: The name of the file, for messages.
    ///   - division: Whose holidays, `england-and-wales`, `scotland` or `northern-ireland`.
    /// - Returns: The days, all of them off.
    /// - Throws: `PlanProblems` with what is not as expected.
    public static func govUK(
        _ text: String,
        name: String,
        division: String
    ) throws(PlanProblems) -> CalendarImport {
        let problems = Problems(file: name)
        var days: [CivilDate: (isWork: Bool, name: String)] = [:]
        if let source = SourceText(text, problems: problems),
            let tree = Tree.read(source.text, problems: problems)
        {
            for event in events(tree, division, problems) {
                let title = string(event, "title") ?? ""
                guard let date = string(event, "date").flatMap({ CivilDate($0) }) else {
                    problems.add(event.spot, "an event without a `date` such as 2026-12-25")
                    continue
                }
                days[date] = (false, title)
            }
        }
        if let error = problems.error { throw error }
        return CalendarImport(days, notes: [])
    }

    private static func events(_ tree: Tree, _ division: String, _ problems: Problems) -> [Tree] {
        guard case .table(let divisions) = tree.shape, !divisions.isEmpty else {
            problems.add(tree.spot, "no table of divisions; is this bank-holidays.json?")
            return []
        }
        guard let own = divisions.first(where: { $0.key.value == division }) else {
            let names = divisions.map(\.key.value).joined(separator: ", ")
            problems.add(tree.spot, "no division `\(division)`; the file has \(names)")
            return []
        }
        guard let list = value(own.value, "events"), case .list(let events) = list.shape else {
            problems.add(own.value.spot, "no list of `events` in `\(division)`")
            return []
        }
        return events
    }

    private static func value(_ tree: Tree, _ key: String) -> Tree? {
        guard case .table(let entries) = tree.shape else { return nil }
        return entries.first { $0.key.value == key }?.value
    }

    private static func string(_ tree: Tree, _ key: String) -> String? {
        guard case .text(let text, _)? = value(tree, key)?.shape else { return nil }
        return text
    }
}
