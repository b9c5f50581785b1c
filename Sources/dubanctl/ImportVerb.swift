import ArgumentParser
import Glibc
import Messages
import PlanFile
import Varlink

/// `dubanctl plan import`.
struct PlanImportVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make a plan of what this machine runs today.",
        subcommands: [ImportCrontabVerb.self, ImportTimersVerb.self]
    )
}

/// The options of both imports.
struct ImportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write plan.yaml and a folder of check scripts here.",
            valueName: "dir"
        )
    )
    var output: String

    @Option(help: ArgumentHelp("The login of whoever answers for the jobs.", valueName: "login"))
    var head: String

    func validate() throws {
        guard head != "root" else {
            throw ValidationError("--head names a person; root operates and never signs.")
        }
    }
}

/// `dubanctl plan import crontab`.
struct ImportCrontabVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "crontab",
        abstract: "Make a plan of crontabs, one item a line; needs no daemon.",
        discussion: """
            For example:

              dubanctl plan import crontab bob.cron --user bob --head bob --output jobs
              dubanctl plan import crontab /etc/crontab --head bob --output jobs
            """
    )

    @Argument(help: ArgumentHelp("The crontabs; - is the standard input.", valueName: "file"))
    var files: [String]

    @Flag(help: "Lines name a user before the command, as they do in /etc/crontab and /etc/cron.d.")
    var system = false

    @Option(
        help: ArgumentHelp(
            "Whose crontab it is: the jobs need a worker with the label user-NAME.",
            valueName: "name"
        )
    )
    var user: String?

    @OptionGroup var target: ImportOptions
    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        let sources = try files.map { path in
            let isSystem = path == "/etc/crontab" || path.hasPrefix("/etc/cron.d/")
            return CrontabImport.Source(
                file: try ImportFolder.read(path),
                hasUser: system || isSystem,
                user: user
            )
        }
        try ImportFolder.write(to: target, session) { folder in
            let target = ImportTarget(programme: "crontab", head: target.head, checks: folder)
            return CrontabImport.plan(sources, target)
        }
    }
}

/// `dubanctl plan import timers`.
struct ImportTimersVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "timers",
        abstract: "Make a plan of systemd's timers, one item a timer; needs no daemon.",
        discussion: """
            A timer's service is read too where it lies beside the timer. For example:

              dubanctl plan import timers backup.timer --head bob --output jobs
            """
    )

    @Argument(help: ArgumentHelp("The .timer units, and .service units.", valueName: "file"))
    var files: [String]

    @OptionGroup var target: ImportOptions
    @OptionGroup var options: GlobalOptions

    func execute(_ session: Session) async throws {
        var units: [ImportFile] = []
        for path in files {
            units.append(try ImportFolder.read(path))
            guard path.hasSuffix(".timer") else { continue }
            let service = String(path.dropLast(".timer".count)) + ".service"
            if !files.contains(service), access(service, R_OK) == 0 {
                units.append(try ImportFolder.read(service))
            }
        }
        try ImportFolder.write(to: target, session) { folder in
            let target = ImportTarget(programme: "timers", head: target.head, checks: folder)
            return TimerImport.plan(units, target)
        }
    }
}

/// Reads what is imported and writes what comes of it.
private enum ImportFolder {
    /// What `--json` prints.
    struct Report: Codable {
        /// A remark with its place.
        struct Remark: Codable {
            var file: String
            var line: Int
            var reason: String

            init(_ remark: ImportRemark) {
                (file, line, reason) = (remark.file, remark.line, remark.reason)
            }
        }

        var plan: String
        var checks: [String]
        var problems: [Remark]
        var notes: [Remark]
    }

    /// Returns a file to import.
    static func read(_ path: String) throws -> ImportFile {
        guard let text = String(validating: try Host.contents(path), as: UTF8.self) else {
            throw Failure("\(path): not valid UTF-8")
        }
        return ImportFile(name: path == "-" ? "standard input" : path, text: text)
    }

    /// Writes a plan and its scripts, tells what was done, and fails where something was left behind.
    static func write(
        to target: ImportOptions,
        _ session: Session,
        _ make: (_ checks: String) -> ImportedPlan
    ) throws {
        let folder = try made(target.output)
        let plan = folder + "/plan.yaml"
        guard access(plan, F_OK) != 0 else {
            throw Failure("\(plan) exists already; name another folder with --output")
        }
        let imported = make(folder + "/checks")
        if !imported.scripts.isEmpty {
            let checks = try made(folder + "/checks")
            for script in imported.scripts {
                try create("\(checks)/\(script.name)", script.text, mode: 0o755)
            }
            // Last, so that a plan is never there without its scripts.
            try create(plan, imported.text, mode: 0o644)
        }
        try show(imported, plan, session)
    }

    private static func show(_ imported: ImportedPlan, _ plan: String, _ session: Session) throws {
        let count = imported.scripts.count
        if session.console.layout != nil {
            let report = Report(
                plan: plan,
                checks: imported.scripts.map(\.name),
                problems: imported.problems.map(Report.Remark.init),
                notes: imported.notes.map(Report.Remark.init)
            )
            try session.console.show(JSONCoder.encode(report))
        } else if count > 0 {
            let notes = imported.notes.map { Escape.line($0.description) }
            let jobs =
                session.console.language == .zh
                ? "\(plan)：共 \(count) 项作业" : "\(plan): \(count) \(count == 1 ? "job" : "jobs")"
            try session.console.write(Array((notes + [jobs, ""]).joined(separator: "\n").utf8))
        }
        var complaints = imported.problems.map { Escape.line($0.description) }
        if count == 0 {
            complaints.append("there is nothing to import, and no plan was written")
        }
        guard complaints.isEmpty else { throw Failure(code: 1, lines: complaints) }
    }

    /// Makes a folder if it is not there, and returns its absolute path.
    private static func made(_ path: String) throws -> String {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw Host.FileError(path, errno)
        }
        guard let resolved = realpath(path, nil) else { throw Host.FileError(path, errno) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Writes a new file.
    private static func create(_ path: String, _ text: String, mode: mode_t) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw Host.FileError(path, errno) }
        defer { close(descriptor) }
        try Host.write(Array(text.utf8), to: descriptor, name: path)
        // The umask may have taken rights that the worker needs.
        guard fchmod(descriptor, mode) == 0 else { throw Host.FileError(path, errno) }
    }
}
