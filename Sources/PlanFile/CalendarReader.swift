public import CivilTime

/// Reads work calendars from YAML.
///
/// ```yaml
/// calendar: { id: cn, name: 中国, workweek: [Mon, Tue, Wed, Thu, Fri], from: 2019-01-01, through: 2019-12-31, source: "…" }
/// years:
///   2019: { off: [2019-01-01, 2019-02-04..2019-02-08], work: [2019-02-02] }
/// ```
public struct CalendarReader: Sendable {
    /// Makes a reader.
    public init() {}

    /// Reads a calendar and names every mistake in one go.
    ///
    /// - Parameters:
    ///   - text: The text of the file.
    ///   - name: The name of the file, for messages.
    /// - Returns: The calendar.
    /// - Throws: `PlanProblems` with each mistake and its place.
    public func read(_ text: String, name: String) throws(PlanProblems) -> WorkCalendar {
        let problems = Problems(file: name)
        let source = SourceText(text, problems: problems)
        if let source, let tree = Tree.read(source.text, problems: problems) {
            var draft = CalendarDraft(values: Values(problems: problems))
            if let calendar = draft.read(tree, fingerprint: Fingerprint.text(of: text)) {
                return calendar
            }
        }
        if let error = problems.error { throw error }
        preconditionFailure("a calendar that cannot be built has at least one problem")
    }
}

/// Tells one version of a file from another in records; it guards against nothing.
enum Fingerprint {
    /// Returns the 64-bit FNV-1a hash of a text as 16 hexadecimal digits.
    static func text(of text: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
