import CivilTime

/// Turns timers of systemd into a plan: one item with one inspection a timer, and a script for each that
/// starts the timer's unit and waits for its end.
public struct TimerImport {
    private var draft = ImportDraft()
    private let services: [String: UnitFile]

    /// Makes a plan of timers.
    ///
    /// - Parameters:
    ///   - files: Units whose names end in `.timer`, and the `.service` units that they start as far
    ///     as they are known.
    ///   - target: What the caller chose.
    /// - Returns: The plan with what could be imported, and a problem for each trigger that could not.
    public static func plan(_ files: [ImportFile], _ target: ImportTarget) -> ImportedPlan {
        let services = files.filter { $0.name.hasSuffix(".service") }
        var importer = TimerImport(
            services: Dictionary(services.map { ($0.baseName, UnitFile($0)) }) { $1 }
        )
        for file in files where !file.name.hasSuffix(".service") {
            importer.read(UnitFile(file))
        }
        return importer.draft.plan(
            target,
            head: [
                "Made by `dubanctl plan import timers`.",
                "Before you adopt it: systemctl disable --now each timer, or its unit runs twice.",
                "A job with `on: user-root` needs a worker that runs as root, with that label.",
            ]
        )
    }

    private init(services: [String: UnitFile]) {
        self.services = services
    }

    /// Triggers that no calendar rule can stand for.
    private static let otherTriggers = [
        "OnActiveSec", "OnBootSec", "OnStartupSec", "OnUnitActiveSec", "OnUnitInactiveSec",
        "OnClockChange", "OnTimezoneChange",
    ]

    private mutating func read(_ unit: UnitFile) {
        let file = unit.file
        guard file.name.hasSuffix(".timer"), !file.baseName.hasSuffix("@.timer") else {
            let what = file.name.hasSuffix(".timer") ? "a template; name its instances" : "no timer"
            return draft.refuse(file, 1, "\(file.baseName) is \(what)")
        }
        for setting in unit.settings where setting.section == "Timer" {
            let isOther = TimerImport.otherTriggers.contains(setting.key)
            if isOther, !setting.value.isEmpty, !["no", "false", "0"].contains(setting.value) {
                let reason = "\(setting.key)= is no calendar rule and is not translated"
                draft.refuse(file, setting.line, reason)
            }
            if setting.key == "WakeSystem", unit.isTrue("Timer", "WakeSystem") {
                draft.note(
                    file,
                    setting.line,
                    "WakeSystem= is not carried over: duban wakes no host"
                )
            }
        }
        let triggers = unit.values("Timer", "OnCalendar")
        if triggers.isEmpty, !draft.problems.contains(where: { $0.file == file.name }) {
            draft.refuse(file, 1, "there is no OnCalendar= in it")
        }
        let started = unit.value("Timer", "Unit")
        let name = started?.value ?? String(file.baseName.dropLast(".timer".count)) + ".service"
        guard !triggers.isEmpty, canStart(name, file, started?.line ?? 1) else { return }
        for every in expressions(triggers, file) {
            draft.add(job(unit, starts: name, every: every))
        }
    }

    /// Whether a unit is one that `systemctl start --wait` waits for.
    private mutating func canStart(_ name: String, _ file: ImportFile, _ line: Int) -> Bool {
        guard let service = services[name], service.isTrue("Service", "RemainAfterExit") else {
            return true
        }
        draft.refuse(file, line, "\(name) has RemainAfterExit=yes: nobody can wait for its end")
        return false
    }

    /// The expressions of a timer's list, joined where they are read in one zone.
    private mutating func expressions(_ list: [UnitFile.Setting], _ file: ImportFile) -> [String] {
        var zones: [String?] = []
        var sources: [String?: [String]] = [:]
        for setting in list {
            let (rule, zone) = TimerImport.split(setting.value)
            do throws(CalendarExpressionError) {
                let normal = try CalendarExpression(rule).description
                if sources[zone] == nil {
                    zones.append(zone)
                }
                sources[zone, default: []].append(normal)
            } catch {
                draft.refuse(file, setting.line, "OnCalendar=\(setting.value): \(error.message)")
            }
        }
        return zones.compactMap { zone in
            guard let rules = sources[zone] else { return nil }
            return rules.joined(separator: " | ") + (zone.map { " " + $0 } ?? "")
        }
    }

    /// Takes the zone off the end of an expression.
    private static func split(_ text: String) -> (rule: String, zone: String?) {
        guard let space = text.lastIndex(of: " ") else { return (text, nil) }
        let word = String(text[text.index(after: space)...])
        guard Zone.isValidName(word), !isExpression(word) else { return (text, nil) }
        let rule = text[..<space].reversed().drop { $0 == " " }.reversed()
        return (String(rule), word.lowercased() == "utc" ? "UTC" : word)
    }

    /// Whether a word is a rule of its own, such as a weekday.
    private static func isExpression(_ word: String) -> Bool {
        do throws(CalendarExpressionError) {
            _ = try CalendarExpression(word)
            return true
        } catch {
            return false
        }
    }

    private mutating func job(_ unit: UnitFile, starts name: String, every: String) -> ImportedJob {
        let stem = String(unit.file.baseName.dropLast(".timer".count))
        let service = services[name]
        let title =
            service?.value("Unit", "Description") ?? unit.value("Unit", "Description")
        return ImportedJob(
            name: ImportDraft.id(stem) ?? "timer",
            title: YAMLText.title(title?.value ?? "systemctl start \(name)"),
            every: every,
            catchUp: unit.isTrue("Timer", "Persistent") ? "latest" : "none",
            jitter: jitter(unit),
            label: "user-root",
            script: CheckScript(
                origin: "\(unit.file.name) starts \(name)",
                name: stem,
                preparation: ["export PATH=/usr/sbin:/usr/bin:/sbin:/bin"],
                command: "systemctl start --wait -- \(CheckScript.quoted(name))",
                input: nil
            ).text
        )
    }

    /// RandomizedDelaySec= as a term, nil for none.
    private mutating func jitter(_ unit: UnitFile) -> String? {
        guard let setting = unit.value("Timer", "RandomizedDelaySec") else { return nil }
        guard let seconds = UnitSpan.seconds(setting.value) else {
            draft.refuse(
                unit.file,
                setting.line,
                "RandomizedDelaySec= is no span: \(setting.value)"
            )
            return nil
        }
        if seconds > 86_400 {
            draft.note(unit.file, setting.line, "RandomizedDelaySec= is cut to 24h")
        }
        let span = Span.seconds(Int64(min(seconds, 86_400)))
        return seconds > 0 ? Term.elapsed(span).description : nil
    }
}
