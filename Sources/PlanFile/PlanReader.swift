public import CivilTime
public import Supervision

/// Reads plans from YAML, and names every mistake of a file in one go.
public struct PlanReader: Sendable {
    private let calendarDirectories: [String]
    private let zoneDirectory: String
    private let defaultZone: String
    /// Whether a zone or calendar that is gone leaves schedules standing still.
    private var allowsMissingData = false

    private var now: Instant?

    /// The same reader for new plans: a rule whose elapses are all past is a mistake then.
    public func judging(at now: Instant) -> PlanReader {
        var reader = self
        reader.now = now
        return reader
    }

    /// The same reader for plans that were adopted before: one of their zones may be gone since.
    public var allowingMissingData: PlanReader {
        var reader = self
        reader.allowsMissingData = true
        return reader
    }

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - calendarDirectories: Where `calendar: cn` looks for `cn.yaml`, in this order.
    ///   - zoneDirectory: The tz database.
    ///   - hostZone: The zone of a plan that names none.
    public init(
        calendarDirectories: [String],
        zoneDirectory: String = "/usr/share/zoneinfo",
        hostZone: String
    ) {
        self.calendarDirectories = calendarDirectories
        self.zoneDirectory = zoneDirectory
        defaultZone = hostZone
    }

    /// Returns the zone that this host is set to, by `/etc/localtime`, else by `/etc/timezone`,
    /// else `UTC`.
    public static func hostZone() -> String {
        HostZone.name(link: "/etc/localtime", file: "/etc/timezone")
    }

    /// Reads a plan.
    ///
    /// - Parameters:
    ///   - text: The text of the file.
    ///   - name: The name of the file, for messages.
    /// - Returns: The checked plan.
    /// - Throws: `PlanProblems` with each mistake and its place.
    public func read(_ text: String, name: String) throws(PlanProblems) -> Plan {
        let problems = Problems(file: name)
        var draft = PlanDraft(problems: problems)
        if name.lowercased().hasSuffix(".csv") {
            problems.add(.start, "CSV is not supported yet; write the plan in YAML")
        }
        let source = problems.isEmpty ? SourceText(text, problems: problems) : nil
        if let source, let tree = Tree.read(source.text, problems: problems) {
            let time = TimeReader(
                calendarDirectories: calendarDirectories,
                zoneDirectory: zoneDirectory,
                hostZone: defaultZone,
                values: draft.values,
                allowsMissingData: allowsMissingData,
                now: now
            )
            draft.read(tree, time: time)
        }
        if let error = problems.error { throw error }
        guard let plan = draft.plan else {
            preconditionFailure("a plan without a problem can be built")
        }
        return plan
    }

    /// Reads the plan in a file.
    ///
    /// - Parameter path: The file.
    /// - Returns: The checked plan.
    /// - Throws: `PlanProblems` with each mistake and its place, or that the file cannot be read.
    public func readFile(_ path: String) throws(PlanProblems) -> Plan {
        let text: String
        do throws(InputFile.Failure) {
            text = try InputFile.text(path)
        } catch {
            let problems = Problems(file: path)
            problems.add(error.spot, error.message)
            guard let error = problems.error else {
                preconditionFailure("a problem that was added is there")
            }
            throw error
        }
        return try read(text, name: path)
    }
}

extension PlanDraft {
    /// The plan, nil if a mistake left a part of it unknown.
    fileprivate var plan: Plan? {
        guard let programme, let timekeeper, let persons else { return nil }
        let orgUnits = units.compactMap(\.orgUnit)
        let checked = items.compactMap(\.item)
        guard orgUnits.count == units.count, checked.count == items.count else { return nil }
        return Plan(
            programme: programme,
            timekeeper: timekeeper,
            persons: persons.map(\.value),
            units: orgUnits,
            projects: projects.map(\.value),
            items: checked,
            ladder: ladder,
            fallback: fallback,
            pacing: pacing
        )
    }
}

extension UnitDraft {
    /// The unit, nil if it has no head.
    fileprivate var orgUnit: OrgUnit? {
        head.map {
            OrgUnit(
                id: id.value,
                names: names,
                superior: superior?.value,
                head: $0.value,
                liaison: liaison?.value,
                category: category
            )
        }
    }
}
