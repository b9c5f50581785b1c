public import DubanAPI

/// One duty in full, and its chain, on a terminal.
public enum DutyDetail {
    /// Returns all that is known about a duty, a labelled line each.
    public static func lines(_ duty: DutyAPI.Duty, _ rendering: Rendering) -> [String] {
        let title = rendering.title(duty)
        let head = duty.item == nil ? title : title + " " + rendering.item(duty)
        let rows = standing(duty, rendering) + when(duty, rendering) + what(duty, rendering)
        let width = rows.map { DisplayWidth.of($0.label) }.max() ?? 0
        let body = rows.flatMap { row in
            let label = DisplayWidth.pad(row.label, to: width + 2, right: true)
            let lines = Escape.lines(row.text)
            let indent = String(repeating: " ", count: width + 2)
            return lines.enumerated().map { ($0 == 0 ? label + ": " : indent + "  ") + $1 }
        }
        return [rendering.hasColour ? Colour.bold(head) : head] + body
    }

    private struct Row {
        let label: String
        let text: String
    }

    private static func standing(_ duty: DutyAPI.Duty, _ rendering: Rendering) -> [Row] {
        let state = rendering.word(.state, duty.state.rawValue)
        let left = rendering.left(duty)
        let unattended = rendering.pick(", nobody is above", "，上面再无上级")
        let stands =
            state + (left.isEmpty ? "" : rendering.comma + left)
            + (duty.unattended ? unattended : "")
        let unit = rendering.name(duty.unitNames, id: duty.unit)
        let person = Escape.line(duty.personName) + rendering.bracketed(Escape.line(duty.person))
        var rows = [
            Row(label: rendering.pick("State", "状态"), text: stands),
            Row(label: rendering.pick("Unit", "责任单位"), text: label(unit, duty.unit, rendering)),
            Row(
                label: rendering.pick("Person", "责任人"),
                text: person + rendering.pick(", post ", "，岗位 ") + Escape.line(duty.post)
            ),
        ]
        if let superior = duty.superior {
            rows.append(Row(label: rendering.pick("Superior", "上级岗位"), text: superior))
        }
        if let subject = duty.subject {
            let root = duty.root == subject ? "" : " ← " + DutyNumber.text(duty.root)
            let text = DutyNumber.text(subject) + root
            rows.append(Row(label: rendering.pick("About", "事由"), text: text))
        }
        return rows
    }

    private static func when(_ duty: DutyAPI.Duty, _ rendering: Rendering) -> [Row] {
        let due = rendering.due(duty.dueMicros, zone: duty.zone)
        let maybe = duty.provisional ? rendering.pick(" (provisional)", "（暂定）") : ""
        let moved = duty.originalDueMicros != duty.dueMicros
        var rows = [
            Row(
                label: rendering.pick("Opened", "立项时间"),
                text: rendering.moment(duty.openMicros, zone: duty.zone)
            ),
            Row(label: rendering.pick("Due", "期限"), text: due + maybe),
        ]
        if moved {
            let first = rendering.due(duty.originalDueMicros, zone: duty.zone)
            rows.append(Row(label: rendering.pick("First due", "原期限"), text: first))
        }
        if let submitted = duty.submittedMicros {
            let by = duty.submittedBy.map { rendering.pick(" by ", "，提交人 ") + $0 } ?? ""
            let text = rendering.moment(submitted, zone: duty.zone) + by
            rows.append(Row(label: rendering.pick("Submitted", "提交时间"), text: text))
        }
        if let follow = duty.followUpMicros {
            let text =
                rendering.due(follow, zone: duty.zone) + rendering.comma
                + rendering.distance(follow)
            rows.append(Row(label: rendering.pick("Follow-up", "跟踪期限"), text: text))
        }
        if let settled = duty.settledMicros {
            let why = duty.settledReason.map { rendering.comma + rendering.word(.reason, $0) } ?? ""
            let text = rendering.moment(settled, zone: duty.zone) + why
            rows.append(Row(label: rendering.pick("Settled", "办结时间"), text: text))
        }
        return rows
    }

    private static func what(_ duty: DutyAPI.Duty, _ rendering: Rendering) -> [Row] {
        var rows: [Row] = []
        if let period = duty.period {
            rows.append(Row(label: rendering.pick("Period", "周期"), text: period))
        }
        if let requirements = duty.requirements {
            rows.append(Row(label: rendering.pick("Requires", "要求"), text: requirements))
        }
        if !duty.criteria.isEmpty {
            let text = duty.criteria.joined(separator: "\n")
            rows.append(Row(label: rendering.pick("Criteria", "验收标准"), text: text))
        }
        if duty.attempt > 1 || duty.cycle > 1 {
            let text = rendering.pick(
                "attempt \(duty.attempt), cycle \(duty.cycle)",
                "第 \(duty.attempt) 次提交，第 \(duty.cycle) 轮"
            )
            rows.append(Row(label: rendering.pick("Count", "次数"), text: text))
        }
        if let note = duty.note {
            rows.append(Row(label: rendering.pick("Note", "说明"), text: note))
        }
        let isSettled = duty.state == .accepted || duty.state == .moot
        let commands = isSettled ? [] : Remedy.commands(for: duty)
        if !commands.isEmpty {
            let text = commands.joined(separator: "\n")
            rows.append(Row(label: rendering.pick("Settled by", "办理命令"), text: text))
        }
        rows.append(Row(label: rendering.pick("Id", "标识"), text: duty.id))
        return rows
    }

    /// Returns the duty, the duties about it, and who stands above, a line each.
    public static func chain(_ reply: DutyAPI.ChainReply, _ rendering: Rendering) -> [String] {
        let others = reply.duties.filter { $0.number != reply.duty.number }
        var lines = [row(reply.duty, rendering)]
        for (index, duty) in others.enumerated() {
            let branch = index == others.count - 1 ? "└─ " : "├─ "
            lines.append(branch + row(duty, rendering))
        }
        let line = reply.superiors.map { superior in
            let unit = rendering.name(superior.unitNames, id: superior.unit)
            return Escape.line(superior.personName) + rendering.bracketed(unit)
        }
        let above = line.isEmpty ? rendering.pick("nobody", "无") : line.joined(separator: " → ")
        return lines + ["", rendering.pick("Line above: ", "上级序列：") + above]
    }

    private static func row(_ duty: DutyAPI.Duty, _ rendering: Rendering) -> String {
        let state = rendering.word(.state, duty.state.rawValue)
        let due = rendering.due(duty.dueMicros, zone: duty.zone)
        let left = rendering.left(duty)
        let parts = [
            rendering.title(duty), rendering.obligor(duty), state,
            rendering.pick("due ", "期限 ") + due, left,
        ]
        let line = parts.filter { !$0.isEmpty }.joined(separator: rendering.comma)
        return rendering.hasColour && rendering.isAlarming(duty) ? Colour.red(line) : line
    }

    private static func label(
        _ name: String,
        _ id: String,
        _ rendering: Rendering
    ) -> String {
        name == id ? name : name + rendering.bracketed(Escape.line(id))
    }
}
