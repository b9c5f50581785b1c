import CivilTime
public import Supervision

/// The counts of a plan, which `dubanctl plan check` prints.
public struct PlanSummary: Codable, Hashable, Sendable {
    /// The id of the programme.
    public let programme: String
    /// The first day of the programme, if it names one.
    public let from: String?
    /// The last day of the programme, if it names one.
    public let until: String?
    /// The zone in which days are counted.
    public let zone: String
    /// The calendar in which working days are counted.
    public let calendar: String
    /// All persons.
    public let persons: Int
    /// All units.
    public let units: Int
    /// How many levels the tallest tree of units has.
    public let levels: Int
    /// The units that lead an item.
    public let leadUnits: Int
    /// All projects, the implicit one included.
    public let projects: Int
    /// All items.
    public let items: Int
    /// The key items.
    public let keyItems: Int
    /// The routine items.
    public let routineItems: Int
    /// The items that account again and again.
    public let accounts: Int
    /// The stages of all key items.
    public let stages: Int
    /// The items that are due on one day, without stages.
    public let finals: Int
    /// The checks of all items.
    public let inspections: Int
    /// Everything that makes duties fall due: accounts, stages, finals and inspections.
    public let schedules: Int

    /// Counts a plan.
    ///
    /// - Parameter plan: The plan.
    public init(_ plan: Plan) {
        programme = plan.programme.id
        from = plan.programme.from?.description
        until = plan.programme.until?.description
        zone = plan.timekeeper.zone.name
        calendar = plan.timekeeper.calendar.id
        persons = plan.persons.count
        units = plan.units.count
        levels = PlanSummary.levels(plan.units)
        leadUnits = Set(plan.items.map(\.lead)).count
        projects = plan.projects.count
        items = plan.items.count
        keyItems = plan.items.count { $0.itemClass == .key }
        routineItems = plan.items.count { $0.itemClass == .routine }
        let all = Schedule.all(of: plan)
        accounts = all.count { $0.role == "account" }
        stages = plan.items.reduce(0) { $0 + $1.stages.count }
        finals = all.count { $0.role == "final" }
        inspections = all.count { $0.inspection != nil }
        schedules = all.count
    }

    private static func levels(_ units: [String: OrgUnit]) -> Int {
        var known: [String: Int] = [:]
        for unit in units.values {
            // Walk up to the first unit whose level is known, then give one to each on the way.
            var path: [String] = []
            var current: String? = unit.id
            while let id = current, known[id] == nil, let unit = units[id] {
                path.append(id)
                current = unit.superior
            }
            var level = current.flatMap { known[$0] } ?? 0
            for id in path.reversed() {
                level += 1
                known[id] = level
            }
        }
        return known.values.max() ?? 0
    }

    /// The counts as rows of a table: what, and how many, with the parts in brackets.
    public var rows: [(what: String, count: String)] {
        let unitParts = "\(counted(levels, "level")), \(counted(leadUnits, "lead unit"))"
        let scheduleParts = [
            counted(accounts, "account"), counted(stages, "stage"), counted(finals, "end date"),
            counted(inspections, "inspection"),
        ]
        return [
            ("persons", "\(persons)"),
            ("units", "\(units) (\(unitParts))"),
            ("projects", "\(projects)"),
            ("items", "\(items) (\(keyItems) key, \(routineItems) routine)"),
            ("schedules", "\(schedules) (\(scheduleParts.joined(separator: ", ")))"),
        ]
    }

    /// The counts in one line: `wenming-2019: 7 projects, 60 items (15 key, 45 routine), …`.
    public var line: String {
        let parts = rows.map { row in
            let number = row.count.prefix { $0 != " " }
            let noun = number == "1" ? row.what.dropLast() : row.what[...]
            return "\(number) \(noun)\(row.count.dropFirst(number.count))"
        }
        return "\(programme): \(parts.joined(separator: ", "))"
    }

    private func counted(_ count: Int, _ noun: String) -> String {
        count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
    }
}
