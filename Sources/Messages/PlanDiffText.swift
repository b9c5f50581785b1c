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
        let due = { (micros: Int64) in
            rendering.pick("due ", "期限 ") + rendering.due(micros, zone: zone)
        }
        for slot in change.vanish {
            table.add([rendering.pick("vanishes", "消失"), slot.nominal, due(slot.dueMicros)])
        }
        for slot in change.appear {
            let mark = slot.provisional ? "~" : ""
            table.add([rendering.pick("appears", "出现"), slot.nominal, due(slot.dueMicros) + mark])
        }
        for move in change.moved {
            let old = due(move.oldDueMicros)
            let new = rendering.due(move.dueMicros, zone: zone)
            table.add([rendering.pick("moves", "变动"), move.nominal, "\(old) → \(new)"])
        }
        let lines = table.lines(header: false).map { "    " + $0 }
        return change.truncated ? lines + [rendering.pick("    and more", "    其余从略")] : lines
    }
}
