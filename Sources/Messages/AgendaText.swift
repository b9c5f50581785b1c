import CivilTime
public import DubanAPI

/// Coming due dates on a terminal.
public enum AgendaText {
    /// Returns a table of due dates and its closing lines.
    public static func table(
        _ reply: ScheduleAPI.AgendaReply,
        legend: Bool,
        _ rendering: Rendering
    ) -> [String] {
        let hasNotes = reply.occurrences.contains { !note($0, rendering).isEmpty }
        var columns = [
            Table.Column(rendering.pick("DUE", "期限")),
            Table.Column(rendering.pick("LEFT", "余期"), right: true),
            Table.Column(rendering.pick("KIND", "类别")),
            Table.Column(rendering.pick("UNIT", "单位")),
            Table.Column(rendering.pick("PERIOD", "周期")),
            Table.Column(rendering.pick("ITEM", "内容")),
        ]
        // Times of several zones stand in one column: each says then whose clocks they are.
        let hasZones = Set(reply.occurrences.map(\.zone)).count > 1
        if hasZones { columns.insert(Table.Column(rendering.pick("ZONE", "时区")), at: 1) }
        if hasNotes { columns.append(Table.Column(rendering.pick("NOTE", "备注"))) }
        var table = Table(columns)
        for occurrence in reply.occurrences {
            var cells = [
                next(occurrence, rendering),
                rendering.distance(occurrence.dueMicros),
                rendering.word(.kind, occurrence.kind),
                rendering.name(occurrence.unitNames, id: occurrence.unit),
                occurrence.period ?? "",
                rendering.name(occurrence.itemNames, id: occurrence.item),
            ]
            if hasZones { cells.insert(occurrence.zone, at: 1) }
            if hasNotes { cells.append(note(occurrence, rendering)) }
            table.add(cells)
        }
        let lines = table.lines(header: legend, colour: rendering.hasColour)
        return legend ? lines + closing(reply, rendering) : lines
    }

    private static func closing(
        _ reply: ScheduleAPI.AgendaReply,
        _ rendering: Rendering
    ) -> [String] {
        let count = reply.occurrences.count
        let word = count == 1 ? "date" : "dates"
        var lines = ["", rendering.pick("\(count) due \(word) listed.", "共列出 \(count) 个期限。")]
        if reply.truncated {
            lines.append(rendering.pick("There are more; -n lists more.", "尚有更多，可用 -n 增加行数。"))
        }
        if reply.occurrences.contains(where: \.provisional) {
            let english = "~ rests on a work calendar that may still change."
            lines.append(rendering.pick(english, "~ 表示所依工作日历尚未公布，期限可能变动。"))
        }
        return lines
    }

    /// What is out of the ordinary: that it will be skipped, or what a change of clocks does.
    private static func note(
        _ occurrence: ScheduleAPI.Occurrence,
        _ rendering: Rendering
    ) -> String {
        var notes: [String] = []
        if occurrence.foreseen == .skipped {
            let cause = occurrence.cause.map { rendering.word(.cause, $0) }
            let words = rendering.pick("will be skipped", "将跳过")
            notes.append(words + (cause.map { rendering.pick(": ", "：") + $0 } ?? ""))
        }
        if let mark = occurrence.clockMark {
            notes.append(rendering.word(.clockMark, mark.rawValue))
        }
        return notes.joined(separator: rendering.comma)
    }

    /// The due date as the zone of the plan shows it, which the reply carries as text.
    private static func next(
        _ occurrence: ScheduleAPI.Occurrence,
        _ rendering: Rendering
    ) -> String {
        let mark = occurrence.provisional ? "~" : ""
        if let day = occurrence.dueDay.flatMap({ CivilDate($0) }) {
            return day.description + " " + rendering.weekday(day) + " 24:00" + mark
        }
        let bare = String(occurrence.local.prefix(19))
        guard let local = CivilDateTime(bare) else {
            return occurrence.local
        }
        return "\(local.date) \(rendering.weekday(local.date)) \(local.time)" + mark
    }
}
