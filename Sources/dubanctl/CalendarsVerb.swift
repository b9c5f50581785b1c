import ArgumentParser
import CivilTime
import Glibc
import Messages
import PlanFile
import Varlink

/// `dubanctl calendars`.
struct CalendarsVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendars",
        abstract: "Check work calendars, and make them from other formats; needs no daemon.",
        subcommands: [CalendarsCheckVerb.self, CalendarsImportVerb.self]
    )
}

/// `dubanctl calendars check`.
struct CalendarsCheckVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read work calendars; name mistakes, and years that are not known yet."
    )

    private static let systemFolder = "/etc/duban/calendars"

    @Argument(
        help: ArgumentHelp(
            "Calendar files, or folders of them (default: /etc/duban/calendars).",
            valueName: "file"
        )
    )
    var files: [String] = []

    @Flag(help: "List each day that differs from the weekly pattern, and which notice says so.")
    var days = false

    @OptionGroup var options: GlobalOptions

    /// The verdict on all files.
    private struct Report: Encodable {
        /// One calendar and where it was read.
        struct Entry: Encodable {
            var file: String
            var calendar: CalendarSummary
        }

        var calendars: [Entry] = []
        var problems: [String] = []
    }

    func execute(_ session: Session) async throws {
        var report = Report()
        let today = Zone.utc.local(Host.now()).date
        for file in try paths() {
            do throws(PlanProblems) {
                let calendar = try read(file)
                let summary = CalendarSummary(calendar, today: today, hasDays: days)
                report.calendars.append(.init(file: file, calendar: summary))
            } catch {
                // Two calendars on top of a broken one name its mistakes once.
                for line in error.problems.map({ Escape.line($0.description) })
                where !report.problems.contains(line) {
                    report.problems.append(line)
                }
            }
        }
        try show(report, session)
        guard report.problems.isEmpty else {
            throw Failure(code: 1, lines: report.problems)
        }
    }

    /// The files that are meant, those of a folder by name.
    private func paths() throws(Failure) -> [String] {
        var paths: [String] = []
        for name in files.isEmpty ? [Self.systemFolder] : files {
            guard let entries = CalendarFolder.yamlFiles(in: name) else {
                paths.append(name)
                continue
            }
            guard !entries.isEmpty else { throw Failure("\(name): no calendar, that is no *.yaml") }
            paths += entries
        }
        return paths
    }

    private func read(_ path: String) throws(PlanProblems) -> WorkCalendar {
        let text: String
        do {
            let bytes = try Host.contents(path)
            guard let valid = String(validating: bytes, as: UTF8.self) else {
                throw problem(path, "not UTF-8; save the file as UTF-8")
            }
            text = valid
        } catch let error as Host.FileError {
            throw problem(path, "cannot be read: \(error.reason)")
        } catch let error as PlanProblems {
            throw error
        } catch {
            throw problem(path, "cannot be read: \(error)")
        }
        let reader = CalendarReader(directories: [CalendarFolder.of(path), Self.systemFolder])
        let calendar = try reader.read(text, name: path)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard name == "\(calendar.id).yaml" else {
            throw problem(path, "this is the calendar `\(calendar.id)`; name the file after it")
        }
        return calendar
    }

    private func problem(_ path: String, _ message: String) -> PlanProblems {
        PlanProblems(problems: [PlanProblem(file: path, line: 1, column: 1, message: message)])
    }

    private func show(_ report: Report, _ session: Session) throws {
        guard session.console.layout == nil else {
            return try session.console.show(JSONCoder.encode(report))
        }
        let language = session.console.language
        let lines = report.calendars.flatMap { CalendarText.lines($0.calendar, language) }
        if !lines.isEmpty {
            try session.console.show(lines.map(Escape.line))
        }
        for warning in report.calendars.flatMap(\.calendar.warnings) {
            session.console.complain(Escape.line(warning))
        }
    }
}

/// What is printed of a calendar.
private enum CalendarText {
    static func lines(_ calendar: CalendarSummary, _ language: Language) -> [String] {
        let isChinese = language == .zh
        let layers = calendar.layers.joined(separator: " + ")
        let range = "\(calendar.from ?? "…") .. \(calendar.through ?? "…")"
        let labels =
            isChinese ? ("构成", "有效", "工作日", "修订") : ("made of", "known", "workdays", "revisions")
        let years = calendar.years.map { year in
            let half = isChinese ? "半天" : "half"
            return "\(year.year): \(year.workdays)"
                + (year.halfDays > 0 ? " (\(year.halfDays) \(half))" : "")
        }
        var lines = [
            "\(calendar.id)  \(calendar.version)", "  \(labels.0): \(layers)",
            "  \(labels.1): \(range)", "  \(labels.2): \(years.joined(separator: ", "))",
        ]
        if calendar.revisions > 0 {
            lines.append("  \(labels.3): \(calendar.revisions)")
        }
        for day in calendar.days ?? [] {
            lines.append("  " + line(day))
        }
        return lines
    }

    private static func line(_ day: CalendarSummary.Day) -> String {
        let worked = day.asWeekday.map { " as \($0)" } ?? ""
        let notice = [day.published, day.source].compactMap { $0 }.joined(separator: " ")
        let by = notice.isEmpty ? day.by : "\(day.by): \(notice)"
        return "\(day.date) \(day.weekday) \(day.kind)\(worked)  (\(by))"
    }
}

/// Folders of calendar files.
private enum CalendarFolder {
    /// Returns the folder in which a file lies.
    static func of(_ path: String) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        guard !parts.isEmpty else { return "." }
        return parts == [""] ? "/" : parts.joined(separator: "/")
    }

    /// Returns the paths of a folder's YAML files, by name; nil if it is no folder.
    static func yamlFiles(in path: String) -> [String]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".yaml"), !name.hasPrefix(".") { names.append(name) }
        }
        let base = path.hasSuffix("/") ? String(path.dropLast()) : path
        return names.sorted().map { "\(base)/\($0)" }
    }
}

/// `dubanctl calendars import`.
struct CalendarsImportVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Print the text of a work calendar made from another format."
    )

    /// What a file may be.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        /// All-day events of an iCalendar file.
        case ics
        /// The JSON of www.gov.uk/bank-holidays.json.
        case govuk
    }

    @Argument(help: "What the file is: ics or govuk.")
    var format: Format

    @Argument(help: "The file; - is the standard input.")
    var file: String

    @Option(help: ArgumentHelp("The id of the calendar.", valueName: "id"))
    var id: String = "imported"

    @Option(help: ArgumentHelp("Where the days come from (default: the file).", valueName: "text"))
    var source: String?

    @Option(
        help: ArgumentHelp(
            "Whose bank holidays: england-and-wales, scotland or northern-ireland.",
            valueName: "name"
        )
    )
    var division: String = "england-and-wales"

    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let found = try read(try Host.contents(file))
        for note in found.notes {
            session.console.complain(Escape.line("\(file): \(note)"))
        }
        guard !found.isEmpty else {
            throw Failure("\(file): no day that differs from Monday to Friday")
        }
        guard let yaml = found.yaml(id: id, source: source ?? file) else {
            throw Failure(
                code: 64,
                lines: ["'\(id)' is no id of a calendar; write one such as works"]
            )
        }
        if session.console.layout != nil {
            try session.console.show(JSONCoder.encode(["calendar": yaml]))
        } else {
            try session.console.write(Array(yaml.utf8))
        }
    }

    private func read(_ bytes: [UInt8]) throws(Failure) -> CalendarImport {
        do throws(PlanProblems) {
            if format == .ics { return try CalendarImport.ics(bytes, name: file) }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw PlanProblems(problems: [
                    PlanProblem(file: file, line: 1, column: 1, message: "not valid UTF-8")
                ])
            }
            return try CalendarImport.govUK(text, name: file, division: division)
        } catch {
            throw Failure(code: 1, lines: error.problems.map { Escape.line($0.description) })
        }
    }
}
