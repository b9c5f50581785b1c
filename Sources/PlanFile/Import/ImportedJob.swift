import CivilTime

/// One job of a plan that is made by an import.
struct ImportedJob {
    /// The id of item, inspection and script; unique in the plan.
    var name: String
    /// What people see.
    let title: String
    /// The calendar expression.
    let every: String
    /// `none` or `latest`.
    let catchUp: String
    /// The jitter as a term, nil for none.
    let jitter: String?
    /// The label that a worker needs, nil for any.
    let label: String?
    /// The text of the check script.
    let script: String

    /// How long a run may take and wait, at most: the longest that a plan allows.
    private static let hour = Span.hours(1)

    /// The time from one elapse to the next if it is short, else an hour.
    private var within: Term {
        let rule: CalendarExpression
        do throws(CalendarExpressionError) {
            rule = try CalendarExpression(every)
        } catch {
            // What is no expression is refused by its own importer, with its line.
            return .elapsed(ImportedJob.hour)
        }
        let zone = rule.zoneName.map { [$0: Zone.utc] } ?? [:]
        let keeper = Timekeeper(zone: .utc, calendar: .mondayToFriday, zones: zone)
        let start = Instant(seconds: 1_767_225_600)  // 2026-01-01
        guard let first = rule.next(after: start, in: keeper)?.instant,
            let second = rule.next(after: first, in: keeper)?.instant,
            second - first < ImportedJob.hour
        else { return .elapsed(ImportedJob.hour) }
        return .elapsed(second - first)
    }

    /// The job as an item of a plan.
    func item(_ target: ImportTarget) -> String {
        var keys = [
            "name: \(name)", "every: \(YAMLText.quoted(every))", "within: \(within)",
            "run: [\(YAMLText.quoted("\(target.checks)/\(name)"))]", "attempts: 1", "limit: 1h",
            "catch-up: \(catchUp)",
        ]
        if let jitter {
            keys.append("jitter: \(jitter)")
        }
        if let label {
            keys.append("on: \(label)")
        }
        return """
              - id: \(name)
                name: \(YAMLText.quoted(title))
                lead: jobs
                inspect:
                  - { \(keys.joined(separator: ",\n          ")) }

            """
    }
}

/// Texts as YAML takes them.
enum YAMLText {
    /// The text in double quotes; characters that a plan must not hold become `?`.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where CharacterRules.isAllowed(scalar): quoted.unicodeScalars.append(scalar)
            default: quoted += "?"
            }
        }
        return quoted + "\""
    }

    /// The text cut to the length of a name in a plan.
    static func title(_ text: String) -> String {
        text.count > 200 ? String(text.prefix(199)) + "…" : text
    }
}
