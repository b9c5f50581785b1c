/// A file that an import reads: a crontab, or a unit of systemd.
public struct ImportFile: Sendable {
    /// Its name or path, as complaints show it.
    public let name: String
    /// What it holds.
    public let text: String

    /// Takes a file's name and text.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    /// The last part of the name.
    var baseName: String { name.split(separator: "/").last.map { String($0) } ?? name }

    /// Its lines with their numbers from 1.
    var lines: [(number: Int, text: Substring)] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().map { ($0.offset + 1, $0.element) }
    }
}

/// Something that an import leaves behind or does in another way, with its place.
public struct ImportRemark: Hashable, Sendable, CustomStringConvertible {
    /// The file's name.
    public let file: String
    /// The line, from 1.
    public let line: Int
    /// What is left behind, and why.
    public let reason: String

    /// The remark as `file:line: reason`.
    public var description: String { "\(file):\(line): \(reason)" }
}

/// What an import is told besides the files.
public struct ImportTarget: Sendable {
    /// The id of the programme.
    public let programme: String
    /// The login name of whoever answers for all jobs.
    public let head: String
    /// The absolute path of the folder for the check scripts, without a slash at its end.
    public let checks: String

    /// Takes what the caller chose.
    public init(programme: String, head: String, checks: String) {
        self.programme = programme
        self.head = head
        self.checks = checks
    }
}

/// A plan made of what a machine runs today, and the scripts that it runs.
public struct ImportedPlan: Sendable {
    /// The text of the plan.
    public let text: String
    /// The check scripts by file name.
    public let scripts: [(name: String, text: String)]
    /// What could not be imported.
    public let problems: [ImportRemark]
    /// What was imported and works in another way than before.
    public let notes: [ImportRemark]
}
