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

/// What is printed of a calendar.
private enum CalendarSummaryText {
    /// Returns a block of labelled lines, and a table of the days if they are listed.
    static func lines(_ calendar: CalendarSummary, _ rendering: Rendering) -> [String] {
        let years = calendar.years.map { year in
            let half = rendering.isChinese ? "（半天 \(year.halfDays)）" : " (\(year.halfDays) half)"
            return "\(year.year): \(year.workdays)" + (year.halfDays > 0 ? half : "")
        }
        var rows = [
            ("Calendar", "工作日历", calendar.id),
            ("Made of", "构成", calendar.layers.joined(separator: " + ")),
            ("Known", "有效期", "\(calendar.from ?? "…")..\(calendar.through ?? "…")"),
            ("Workdays", "工作日数", years.isEmpty ? "-" : years.joined(separator: ", ")),
            ("Version", "版本", calendar.version),
        ]
        if calendar.revisions > 0 {
            rows.append(("Revisions", "修订", String(calendar.revisions)))
        }
        let lines = rendering.labelled(rows.map { (rendering.isChinese ? $0.1 : $0.0, $0.2) })
        return lines + (calendar.days.map { [""] + table($0, rendering) } ?? [])
    }

    private static func table(_ days: [CalendarSummary.Day], _ rendering: Rendering) -> [String] {
        let titles =
            rendering.isChinese ? ["日期", "星期", "性质", "依据"] : ["DAY", "WEEKDAY", "IS", "SAYS WHO"]
        var table = Table(titles.map { Table.Column($0) })
        for day in days {
            let notice = [day.published, day.source].compactMap { $0 }.joined(separator: " ")
            let by = notice.isEmpty ? day.by : "\(day.by): \(notice)"
            table.add([day.date, rendering.weekday(day.weekday), kind(day, rendering), by])
        }
        return table.lines(header: true)
    }

    private static func kind(_ day: CalendarSummary.Day, _ rendering: Rendering) -> String {
        let words = ["work": "工作", "off": "休息", "half": "半天"]
        let kind = rendering.isChinese ? words[day.kind] ?? day.kind : day.kind
        guard let weekday = day.asWeekday.map(rendering.weekday) else { return kind }
        return rendering.isChinese ? "\(kind)（按\(weekday)）" : "\(kind) as \(weekday)"
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
        abstract: "Print the text of a work calendar made from another format.",
        discussion: """
            For example:

              dubanctl calendars import ics holidays.ics --id works > works.yaml
              dubanctl calendars import govuk bank-holidays.json --id uk > uk.yaml
            """
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
