import CivilTime
import Supervision

extension PlanDraft {
    private static let inspectionKeys = [
        "name", "every", "within", "run", "on", "rectify", "attempts", "limit", "review",
        "catch-up", "overlap", "jitter",
    ]

    private static let inspectionExample =
        "[ { every: hourly, within: 10min, run: [ /usr/lib/nagios/plugins/check_load ] } ]"

    /// Returns the checks that machines run for an item.
    func inspections(_ fields: Fields) -> [Inspection] {
        var inspections: [Inspection] = []
        let list = fields.list("inspect", example: PlanDraft.inspectionExample)
        for (index, element) in list.enumerated() {
            guard let inspection = inspection(element, number: index + 1) else { continue }
            if inspections.contains(where: { $0.name == inspection.name }) {
                let name = values.shown(inspection.name)
                problems.add(element.spot, "two inspections are called \(name); give each a `name`")
            }
            inspections.append(inspection)
        }
        return inspections
    }

    private func inspection(_ tree: Tree, number: Int) -> Inspection? {
        let keys = PlanDraft.inspectionKeys
        guard let fields = Fields(tree, noun: "inspection", keys: keys, values: values) else {
            return nil
        }
        let cadence = cadence(fields, hint: "write such as { every: hourly, within: 10min }")
        let run = fields.required("run", "write the program and its arguments as a list")
            .flatMap(argumentList)
        let name = fields.id("name")?.value
        let label = fields.id("on")?.value
        let rectify = fields.term("rectify")?.value ?? .workdays(5)
        let attempts = fields.integer("attempts", in: 1...10) ?? 3
        let limit = limit(fields)
        let policies = policies(fields)
        checkReview(fields)
        guard let cadence, let run, let limit else { return nil }
        return Inspection(
            name: name ?? defaultName(run, number: number),
            every: cadence.every,
            within: cadence.within,
            run: run,
            on: label,
            rectify: rectify,
            attempts: attempts,
            timeLimitSeconds: limit,
            policies: policies
        )
    }

    /// Returns how slots are treated after a downtime and while a run goes on.
    private func policies(_ fields: Fields) -> Policies {
        var policies = Policies.standard
        if let tree = fields["catch-up"] {
            let example = "one of all, latest, none, window=2d"
            if let placed = values.scalar(tree, "`catch-up`", example: example) {
                if let catchUp = CatchUp(placed.value) {
                    policies.catchUp = catchUp
                } else {
                    let found = values.shown(placed.value)
                    problems.add(placed.spot, "`catch-up` is \(found); write \(example)")
                }
            }
        }
        policies.overlap = fields.choice("overlap", of: Overlap.self) ?? .skip
        if let jitter = fields.term("jitter") {
            if case .elapsed(let span) = jitter.value, span <= .hours(24) {
                policies.jitter = span
            } else {
                let example = "at most 24h, such as 10min"
                problems.add(jitter.spot, "`jitter` is \(jitter.value); write \(example)")
            }
        }
        return policies
    }

    /// The program's file name where it makes an id, so that it stays the same over edits.
    private func defaultName(_ run: [String], number: Int) -> String {
        let file = run.first?.split(separator: "/").last.map { $0.lowercased() } ?? ""
        return CharacterRules.isID(file) ? file : "inspect-\(number)"
    }

    private func argumentList(_ tree: Tree) -> [String]? {
        let example = "[ /usr/lib/nagios/plugins/check_load, -w, \"4\" ]"
        guard let list = values.list(tree, "`run`", example: example) else { return nil }
        guard list.count <= 64 else {
            problems.add(tree.spot, "`run` has \(list.count) words; at most 64 are passed")
            return nil
        }
        var words: [String] = []
        for element in list {
            guard let word = argument(element) else { return nil }
            words.append(word)
        }
        guard let program = words.first, let first = list.first else { return nil }
        if !program.hasPrefix("/") || program.hasSuffix("/") {
            let found = values.shown(program)
            problems.add(first.spot, "\(found) is no absolute path; write the program's full path")
        }
        return words
    }

    /// Returns one argument; it may be empty, and is passed as it stands.
    private func argument(_ tree: Tree) -> String? {
        guard case .text(let text, _) = tree.shape else {
            problems.add(tree.spot, "an argument is \(tree.noun); write a text")
            return nil
        }
        let hasControl = text.unicodeScalars.contains { !CharacterRules.isAllowed($0) }
        if hasControl || text.utf8.count > 4096 {
            problems.add(tree.spot, "an argument is plain text of at most 4096 bytes in one line")
            return nil
        }
        return text
    }

    /// Returns the time limit of one run in seconds, nil after noting a mistake.
    private func limit(_ fields: Fields) -> Int? {
        guard fields.has("limit") else { return 30 }
        guard let placed = fields.term("limit") else { return nil }
        let second = Span.seconds(1).microseconds
        guard case .elapsed(let span) = placed.value, span.microseconds % second == 0,
            (1...3600).contains(span.microseconds / second)
        else {
            problems.add(placed.spot, "`limit` is \(placed.value); write 1s to 1h in whole seconds")
            return nil
        }
        return Int(span.microseconds / second)
    }

    private func checkReview(_ fields: Fields) {
        guard let tree = fields["review"] else { return }
        guard let placed = values.scalar(tree, "`review`", example: "exception") else { return }
        switch placed.value {
        case "exception":
            return
        case "each", "period":
            problems.add(
                placed.spot,
                "`review: \(placed.value)` is not supported yet; use exception"
            )
        default:
            let found = values.shown(placed.value)
            problems.add(placed.spot, "`review` is \(found); use exception")
        }
    }
}
