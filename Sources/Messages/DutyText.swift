public import DubanAPI

/// Duties on a terminal.
public enum DutyText {
    /// Returns a table of duties and its closing line.
    public static func table(
        _ duties: [DutyAPI.Duty],
        legend: Bool,
        _ rendering: Rendering
    ) -> [String] {
        var table = Table([
            Table.Column(rendering.pick("DUTY", "编号")),
            Table.Column(rendering.pick("KIND", "类别")),
            Table.Column(rendering.pick("STATE", "状态")),
            Table.Column(rendering.pick("DUE", "期限")),
            Table.Column(rendering.pick("LEFT", "余期"), right: true),
            Table.Column(rendering.pick("UNIT", "单位")),
            Table.Column(rendering.pick("PERSON", "责任人")),
            Table.Column(rendering.pick("ITEM", "内容")),
        ])
        for duty in duties {
            table.add(cells(duty, rendering), isAlarming: rendering.isAlarming(duty))
        }
        let lines = table.lines(header: legend, colour: rendering.hasColour)
        guard legend else {
            return lines
        }
        let count = duties.count
        let word = count == 1 ? "duty" : "duties"
        return lines + ["", rendering.pick("\(count) \(word) listed.", "共列出 \(count) 项。")]
    }

    private static func cells(_ duty: DutyAPI.Duty, _ rendering: Rendering) -> [String] {
        [
            DutyNumber.text(duty.number),
            rendering.word(.kind, duty.kind.rawValue),
            rendering.word(.state, duty.state.rawValue),
            rendering.due(duty.dueMicros, zone: duty.zone),
            rendering.left(duty),
            rendering.name(duty.unitNames, id: duty.unit),
            duty.personName,
            duty.item == nil ? "" : rendering.item(duty),
        ]
    }

    /// Returns what a person owes, each with the commands that settle it.
    public static func todo(_ reply: DutyAPI.TodoReply, _ rendering: Rendering) -> [String] {
        let name = Escape.line(reply.personName)
        let count = reply.duties.count
        if count == 0 {
            return [rendering.pick("\(name) owes nothing.", "\(name)目前没有待办事项。")]
        }
        let word = count == 1 ? "duty" : "duties"
        let first = rendering.pick(
            "\(name) owes \(count) \(word), soonest first:",
            "\(name)有 \(count) 项待办，按期限先后："
        )
        return [first] + reply.duties.flatMap { owed($0, rendering) }
    }

    private static func owed(_ duty: DutyAPI.Duty, _ rendering: Rendering) -> [String] {
        let item = duty.item == nil ? "" : " " + rendering.item(duty)
        let due = rendering.due(duty.dueMicros, zone: duty.zone)
        let left = rendering.left(duty)
        let subject = duty.subject.map(DutyNumber.text)
        let about = subject.map { rendering.pick(" about \($0)", "，事由 \($0)") } ?? ""
        let line = rendering.pick(
            "\(rendering.title(duty))\(about)\(item), due \(due), \(left)",
            "\(rendering.title(duty))\(about)\(item)，期限 \(due)，\(left)"
        )
        let isRed = rendering.hasColour && rendering.isAlarming(duty)
        let commands = Remedy.commands(for: duty).map { "    " + $0 }
        return ["", isRed ? Colour.red(line) : line]
            + (commands.isEmpty ? [none(rendering)] : commands)
    }

    private static func none(_ rendering: Rendering) -> String {
        rendering.pick(
            "    a check settles it; there is nothing to do by hand",
            "    由检查程序完成，无需人工办理"
        )
    }

    /// Returns what a recorded act did, on one line.
    public static func done(
        _ duty: DutyAPI.Duty,
        opened: [Int64],
        settled: [Int64],
        seq: Int64,
        _ rendering: Rendering
    ) -> String {
        var parts = [rendering.title(duty) + " " + rendering.word(.state, duty.state.rawValue)]
        if !opened.isEmpty {
            let list = DutyNumber.list(opened)
            parts.append(rendering.pick("opened \(list)", "派生 \(list)"))
        }
        if !settled.isEmpty {
            let list = DutyNumber.list(settled)
            parts.append(rendering.pick("settled \(list)", "办结 \(list)"))
        }
        if let follow = duty.followUpMicros {
            let date = rendering.due(follow, zone: duty.zone)
            parts.append(rendering.pick("follow-up date \(date)", "跟踪期限 \(date)"))
        }
        parts.append(rendering.pick("record #\(seq)", "记录 #\(seq)"))
        return parts.joined(separator: rendering.pick("; ", "；"))
    }
}
