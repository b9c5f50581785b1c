import CivilTime
public import DubanAPI

/// What a plan would change, on a terminal.
public enum PlanDiffText {
    /// Returns a block for each schedule that changes, and a closing line.
    public static func lines(
        _ reply: PlanAPI.DiffReply,
        legend: Bool,
        _ rendering: Rendering
    ) -> [String] {
        let blocks = reply.changes.map { block($0, zone: reply.zone, rendering) }
        let body = Array(blocks.joined(separator: [""]))
        guard legend else { return body }
        let head = heading(reply, rendering)
        return [head, ""] + (body.isEmpty ? [] : body + [""]) + [closing(reply, rendering)]
    }

    /// Returns the names of the zones that ``lines(_:legend:_:)`` reads times in.
    public static func zones(_ reply: PlanAPI.DiffReply) -> Set<String> {
        let rules = reply.changes.flatMap { [$0.oldRule, $0.newRule] }
        return Set(rules.map { zone(of: $0, in: reply.zone) } + [reply.zone])
    }

    /// The zone that a rule names, in which its nominal times stand; else that of the plan.
    private static func zone(of rule: String?, in plan: String) -> String {
        guard let rule else { return plan }
        do throws(CalendarExpressionError) {
            return try CalendarExpression(rule).zoneName ?? plan
        } catch {
            // Periods and stages are no expressions; they are read in the plan's zone.
            return plan
        }
    }

    private static func heading(_ reply: PlanAPI.DiffReply, _ rendering: Rendering) -> String {
        let from = rendering.moment(reply.fromMicros, zone: reply.zone)
        let until = rendering.moment(reply.untilMicros, zone: reply.zone)
        let programme = Escape.line(reply.programme)
        guard reply.oldDigest != nil else {
            return rendering.pick(
                "programme \(programme) is new; slots from \(from) to \(until)",
                "方案 \(programme) 为新方案；时点自 \(from) 至 \(until)"
            )
        }
        return rendering.pick(
            "programme \(programme); slots from \(from) to \(until)",
            "方案 \(programme)；时点自 \(from) 至 \(until)"
        )
    }

    private static func closing(_ reply: PlanAPI.DiffReply, _ rendering: Rendering) -> String {
        let counts = PlanAPI.Fate.allCases.dropLast().map { fate in
            let count = reply.changes.count { $0.fate == fate }
            let word = rendering.word(.fate, fate.rawValue)
            return rendering.pick("\(count) \(word)", "\(word) \(count) 个")
        }
        let kept = reply.kept
        let list = counts.joined(separator: rendering.comma)
        return rendering.pick(
            "Schedules: \(list), \(kept) \(kept == 1 ? "stays as it is" : "stay as they are").",
            "日程：\(list)，不变 \(kept) 个。"
        )
    }

    private static func block(
        _ change: PlanAPI.Change,
        zone: String,
        _ rendering: Rendering
    ) -> [String] {
        let unit = rendering.name(change.unitNames, id: change.unit)
        let item = rendering.name(change.itemNames, id: change.item)
        let fate = rendering.word(.fate, change.fate.rawValue)
        let about = rendering.bracketed(unit + rendering.comma + item)
        var lines = [fate + " " + Escape.line(change.schedule) + about]
        if change.oldRule != change.newRule {
            if let rule = change.oldRule { lines.append("  - " + Escape.line(rule)) }
            if let rule = change.newRule { lines.append("  + " + Escape.line(rule)) }
        }
        return lines + slots(change, zone: zone, rendering)
    }

    private static func slots(
        _ change: PlanAPI.Change,
        zone: String,
        _ rendering: Rendering
    ) -> [String] {
        var table = Table([Table.Column(""), Table.Column(""), Table.Column("")])
        let old = Self.zone(of: change.oldRule, in: zone)
        let new = Self.zone(of: change.newRule ?? change.oldRule, in: zone)
        let due = { (micros: Int64, zone: String) in
            rendering.pick("due ", "期限 ") + rendering.due(micros, zone: zone)
        }
        for slot in change.vanish {
            table.add([rendering.pick("vanishes", "消失"), slot.nominal, due(slot.dueMicros, old)])
        }
        for slot in change.appear {
            let mark = slot.provisional ? "~" : ""
            let date = due(slot.dueMicros, new) + mark
            table.add([rendering.pick("appears", "出现"), slot.nominal, date])
        }
        for move in change.moved {
            let before = due(move.oldDueMicros, old)
            let after = rendering.due(move.dueMicros, zone: new)
            table.add([rendering.pick("moves", "变动"), move.nominal, "\(before) → \(after)"])
        }
        let lines = table.lines(header: false).map { "    " + $0 }
        return change.truncated ? lines + [rendering.pick("    and more", "    其余从略")] : lines
    }
}
