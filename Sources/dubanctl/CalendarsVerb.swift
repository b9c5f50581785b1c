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
        abstract: "Read work calendars; name mistakes, and years that are not known yet.",
        discussion: """
            For example:

              dubanctl calendars check --days etc/calendars/cn.yaml
            """
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
        let rendering = session.rendering(zones: [])
        let blocks = report.calendars.map { CalendarSummaryText.lines($0.calendar, rendering) }
        if !blocks.isEmpty {
            try session.console.show(Array(blocks.joined(separator: [""])))
        }
        for calendar in report.calendars.map(\.calendar) {
            for warning in calendar.warnings {
                let through = calendar.through ?? "…"
                let chinese = "\(calendar.id) 的有效期止于 \(through)，请按新的放假通知补充并后移 `through`"
                session.console.complain(Escape.line(rendering.isChinese ? chinese : warning))
            }
        }
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
