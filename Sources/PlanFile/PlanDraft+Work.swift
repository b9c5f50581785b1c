import CivilTime
import Supervision

// What an item does: stages, accounts, inspections.

extension PlanDraft {
    /// Returns the windows of an item's stages, computed backwards from its due day.
    func stages(
        _ fields: Fields,
        isRoutine: Bool,
        due: Placed<CivilDate>?
    ) -> [StageWindow] {
        let buffer = fields.integer("buffer", in: 0...250) ?? 0
        guard let tree = fields["stages"] else {
            if let tree = fields["buffer"] {
                problems.add(tree.spot, "`buffer` lies between stages, and there are no `stages`")
            }
            return []
        }
        let stages = stageList(tree)
        if isRoutine {
            problems.add(tree.spot, "`stages` belong to a key item; write `class: key`")
        }
        guard let due else {
            if !fields.has("due") {
                problems.add(
                    tree.spot,
                    "`stages` are scheduled backwards from `due`; give the item one"
                )
            }
            return []
        }
        guard !stages.isEmpty, let calendar = timekeeper?.calendar else { return [] }
        let windows = BackwardSchedule.windows(
            end: due.value,
            stages: stages,
            buffer: buffer,
            calendar: calendar
        )
        if let first = windows.first, let from = programme?.from, first.start < from {
            let missing = calendar.workdays(from: first.start, through: from.adding(days: -1))
            problems.add(
                tree.spot,
                "infeasible: stage \(values.shown(first.name)) would begin on \(first.start), "
                    + "before the programme's `from`, \(from); shorten stages by \(missing) wd in all, "
                    + "or move `due`"
            )
        }
        return windows
    }

    private func stageList(_ tree: Tree) -> [(name: String, workdays: Int)] {
        let example = "[ { name: survey, workdays: 15 } ]"
        var stages: [(name: String, workdays: Int)] = []
        for element in values.list(tree, "`stages`", example: example) ?? [] {
            let keys = ["name", "workdays"]
            guard let fields = Fields(element, noun: "stage", keys: keys, values: values) else {
                continue
            }
            let name = fields.required("name", "name the stage").flatMap {
                values.text($0, "`name`", limit: 64)
            }
            let days = fields.required("workdays", "say how many working days it takes").flatMap {
                values.integer($0, "`workdays`", in: 1...2000)
            }
            guard let name, let days else { continue }
            if stages.contains(where: { $0.name == name.value }) {
                problems.add(
                    name.spot,
                    "stage \(values.shown(name.value)) is given twice; name each once"
                )
            }
            stages.append((name.value, days))
        }
        return stages
    }

    /// Returns how an item accounts: a period by name, or a table.
    func account(_ fields: Fields) -> Account? {
        guard let tree = fields["account"] else { return nil }
        guard case .table = tree.shape else {
            let other = "or { every: \"Mon 09:00\", within: 2wd }"
            return fields.choice("account", of: PeriodKind.self, or: other).map {
                .period($0, roll: .before)
            }
        }
        let keys = ["every", "within", "period", "roll"]
        guard let fields = Fields(tree, noun: "`account`", keys: keys, values: values) else {
            return nil
        }
        if fields.has("period") {
            for key in ["every", "within"] {
                guard let tree = fields[key] else { continue }
                problems.add(tree.spot, "`\(key)` and `period` exclude each other; keep one")
            }
            let roll = fields.choice("roll", of: Roll.self) ?? .before
            return fields.choice("period", of: PeriodKind.self).map { .period($0, roll: roll) }
        }
        if let tree = fields["roll"] {
            problems.add(tree.spot, "`roll` moves the end of a `period`, and there is none")
        }
        let hint = "write `account: month`, or { every: \"Mon 09:00\", within: 2wd }"
        guard let cadence = cadence(fields, hint: hint) else { return nil }
        return .every(cadence.every, within: cadence.within)
    }

    /// Returns `every` and `within` of a table that needs both.
    func cadence(
        _ fields: Fields,
        hint: String
    ) -> (every: CalendarExpression, within: Term)? {
        let every = fields.required("every", hint).flatMap(expression)
        let within = fields.required("within", hint).flatMap {
            values.term($0, "`within`")?.value
        }
        guard let every, let within else { return nil }
        return (every, within)
    }

    /// Returns a calendar expression that elapses while the programme runs.
    private func expression(_ tree: Tree) -> CalendarExpression? {
        let example = "a calendar expression such as \"Mon 09:00\""
        guard let placed = values.scalar(tree, "`every`", example: example) else { return nil }
        do {
            let expression = try CalendarExpression(placed.value)
            if let time { named.load(expression, at: placed.spot, time) }
            checkElapses(expression, placed)
            return expression
        } catch {
            guard case .text(_, let isQuoted) = tree.shape else { return nil }
            let column = placed.spot.column + error.column - (isQuoted ? 0 : 1)
            let message = foreignForm(placed.value, example) ?? error.message
            problems.add(Spot(line: placed.spot.line, column: column), "`every`: \(message)")
            return nil
        }
    }

    /// Names the form of an expression that was written for another program, and what to write.
    private func foreignForm(_ text: String, _ example: String) -> String? {
        if text.hasPrefix("FREQ=") {
            return "an RRULE without its start; "
                + "write such as DTSTART:20260105T090000 RRULE:FREQ=WEEKLY"
        }
        do throws(CalendarExpressionError) {
            _ = try CronLine(text)
        } catch {
            return nil
        }
        return "a cron line, which `dubanctl plan import crontab` turns into an expression; "
            + "write \(example)"
    }

    /// Notes a rule that never elapses by the plan's calendar or while the programme runs, one whose
    /// elapses are all past, and one that elapses more than once a second.
    private func checkElapses(_ expression: CalendarExpression, _ placed: Placed<String>) {
        // A plan that was adopted before stays readable, whatever became of its calendar.
        guard let keeper = timekeeper.map(named.keeper), keeper.keeper(for: expression) != nil,
            time?.allowsMissingData != true
        else { return }
        let found = values.shown(placed.value)
        let zone = keeper.zone
        let from = programme?.from.map { zone.startOfDay($0) } ?? Instant(seconds: 0)
        guard let next = expression.next(after: from - Span(microseconds: 1), in: keeper) else {
            let since = programme?.from.map { " from \($0) on" } ?? ""
            let calendar = keeper.calendar.id
            problems.add(
                placed.spot,
                "`every`: \(found) never elapses\(since), by the calendar \(calendar)"
            )
            return
        }
        if let until = programme?.until, next.instant >= zone.endOfDay(until) {
            let first = programme?.from.map { "\($0)" } ?? "its start"
            problems.add(
                placed.spot,
                "\(found) never elapses while the programme runs, from \(first) until \(until)"
            )
            return
        }
        if let time, let now = time.now, expression.next(after: now, in: keeper) == nil {
            let last = zone.local(next.instant)
            problems.add(
                placed.spot,
                "`every`: \(found) is over: it elapsed first at \(last), and never again from now on"
            )
        }
        if let second = expression.next(after: next.instant, in: keeper),
            second.instant - next.instant < .seconds(1)
        {
            let message = "`every`: \(found) elapses more than once a second; at most once"
            problems.add(placed.spot, message)
        }
    }
}
