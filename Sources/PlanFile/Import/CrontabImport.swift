import CivilTime

/// Turns crontabs into a plan: one item with one inspection a line, and a script for each.
public struct CrontabImport {
    private let target: ImportTarget
    private var draft = ImportDraft()
    private var variables: [(name: String, value: String)] = []
    private var zone: String?

    private init(_ target: ImportTarget) {
        self.target = target
    }

    /// A crontab and how it is written.
    public struct Source: Sendable {
        /// The file.
        public let file: ImportFile
        /// Whether each line names a user before its command, as in /etc/crontab and /etc/cron.d.
        public let hasUser: Bool
        /// Whose crontab it is where lines name no user; nil leaves it to the worker.
        public let user: String?

        /// Takes a crontab and how it is written.
        public init(file: ImportFile, hasUser: Bool, user: String?) {
            self.file = file
            self.hasUser = hasUser
            self.user = user
        }
    }

    /// Makes a plan of crontabs.
    ///
    /// - Parameters:
    ///   - sources: The crontabs.
    ///   - target: What the caller chose.
    /// - Returns: The plan with what could be imported, and a problem for each line that could not.
    public static func plan(_ sources: [Source], _ target: ImportTarget) -> ImportedPlan {
        var importer = CrontabImport(target)
        for source in sources {
            importer.read(source)
        }
        return importer.draft.plan(
            target,
            head: [
                "Made by `dubanctl plan import crontab`.",
                "As under cron, what a downtime missed is not made up: `catch-up: latest` changes that.",
                "Unlike cron, a job that still runs is not started again: `overlap: allow` changes that.",
                "A job with `on: user-NAME` needs a worker that runs as that user, with that label.",
            ]
        )
    }

    private mutating func read(_ source: Source) {
        variables = []
        zone = nil
        for (number, text) in source.file.lines {
            switch CrontabLine(text, hasUser: source.hasUser) {
            case .blank: break
            case .variable(let name, let value): set(name, value, source.file, number)
            case .job(let schedule, let user, let command):
                let user = user ?? source.user
                do throws(CalendarExpressionError) {
                    let line = try CronLine(schedule)
                    add(line, user, command, source.file, number)
                } catch {
                    // The schedule is the line's beginning, with single blanks between the words.
                    draft.refuse(source.file, number, error.message)
                }
            }
        }
    }

    private mutating func set(_ name: String, _ value: String, _ file: ImportFile, _ line: Int) {
        switch name {
        case "CRON_TZ":
            guard value.isEmpty || Zone.isValidName(value) else {
                draft.refuse(file, line, "CRON_TZ is no zone of the tz database: \(value)")
                return
            }
            zone = value.isEmpty ? nil : value
        case "MAILTO":
            draft.note(
                file,
                line,
                "MAILTO is not carried over: findings go to the owner of the item"
            )
        // cron takes it from the account, whatever a crontab says.
        case "LOGNAME", "USER": break
        default:
            variables.removeAll { $0.name == name }
            variables.append((name, value))
        }
    }

    private mutating func add(
        _ line: CronLine,
        _ user: String?,
        _ text: String,
        _ file: ImportFile,
        _ number: Int
    ) {
        let command = CrontabCommand(text)
        guard command.command.contains(where: { $0 != " " && $0 != "\t" }) else {
            draft.refuse(file, number, "the command is missing")
            return
        }
        var label: String?
        if let user {
            guard let id = ImportDraft.id(user), id == user else {
                draft.refuse(file, number, "“\(user)” makes no label of a worker: small letters do")
                return
            }
            label = "user-\(user)"
        }
        let name = command.name ?? "line-\(number)"
        let every = line.expression(zone: zone)
        do throws(CalendarExpressionError) {
            _ = try CalendarExpression(every)
        } catch {
            draft.refuse(file, number, "\(every): \(error.message)")
            return
        }
        draft.add(
            ImportedJob(
                name: name,
                title: YAMLText.title(command.command),
                every: every,
                catchUp: "none",
                jitter: nil,
                label: label,
                script: script(command, name, "Line \(number) of \(file.name): \(text)").text
            )
        )
    }

    /// The command under cron's conditions: its variables, the home folder, the shell.
    private func script(_ command: CrontabCommand, _ name: String, _ origin: String) -> CheckScript
    {
        var lines: [String] = []
        if !variables.contains(where: { $0.name == "PATH" }) {
            lines.append("export PATH=/usr/bin:/bin")
        }
        lines += variables.map { "export \($0.name)=\(CheckScript.quoted($0.value))" }
        lines.append("cd \"${HOME:-/}\" || exit 2")
        let shell = variables.first { $0.name == "SHELL" }?.value ?? "/bin/sh"
        let words = [CheckScript.quoted(shell), "-c", CheckScript.quoted(command.command)]
        return CheckScript(
            origin: origin,
            name: name,
            preparation: lines,
            command: words.joined(separator: " "),
            input: command.input
        )
    }
}
