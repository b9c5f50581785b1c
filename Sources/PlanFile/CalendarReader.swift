public import CivilTime

/// Reads work calendars from YAML, or from JSON, which is YAML too.
///
/// ```yaml
/// calendar: { id: cn, name: 中国, workweek: [Mon, Tue, Wed, Thu, Fri], from: 2019-01-01, through: 2019-12-31, source: "…" }
/// years:
///   2019: { off: [2019-01-01, 2019-02-04..2019-02-08], work: [2019-02-02] }
/// ```
public struct CalendarReader: Sendable {
    private let library: CalendarLibrary

    /// Makes a reader.
    ///
    /// - Parameter directories: Where `extends: de` looks for `de.yaml`, in this order.
    public init(directories: [String] = []) {
        library = CalendarLibrary(directories: directories)
    }

    /// Reads a calendar with those that it extends, and names every mistake in one go.
    ///
    /// - Parameters:
    ///   - text: The text of the file.
    ///   - name: The name of the file, for messages.
    /// - Returns: The calendar.
    /// - Throws: `PlanProblems` with each mistake and its place.
    public func read(_ text: String, name: String) throws(PlanProblems) -> WorkCalendar {
        let file = try file(text, name: name)
        return try library.calendar(of: library.chain(from: file), id: file.id)
    }

    /// Reads a calendar file by itself, without those that it extends.
    ///
    /// - Parameters:
    ///   - text: The text of the file.
    ///   - name: The name of the file, for messages.
    /// - Returns: What the file says.
    /// - Throws: `PlanProblems` with each mistake and its place.
    public func file(_ text: String, name: String) throws(PlanProblems) -> CalendarFile {
        let problems = Problems(file: name)
        let source = SourceText(text, problems: problems)
        if let source, let tree = Tree.read(source.text, problems: problems) {
            var draft = CalendarDraft(values: Values(problems: problems))
            if let file = draft.read(tree, path: name, fingerprint: Fingerprint.text(of: text)) {
                return file
            }
        }
        if let error = problems.error { throw error }
        preconditionFailure("a calendar that cannot be built has at least one problem")
    }
}
