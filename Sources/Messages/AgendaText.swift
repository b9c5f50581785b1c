import CivilTime
public import DubanAPI

/// Coming due dates on a terminal.
public enum AgendaText {
    /// Returns a table of due dates and its closing line.
    public static func table(
        _ reply: ScheduleAPI.AgendaReply,
        legend: Bool,
        _ rendering: Rendering
    ) -> [String] {
        var table = Table([
            Table.Column(rendering.pick("NEXT", "期限")),
            Table.Column(rendering.pick("LEFT", "余期"), right: true),
            Table.Column(rendering.pick("KIND", "类别")),
            Table.Column(rendering.pick("UNIT", "单位")),
            Table.Column(rendering.pick("PERIOD", "周期")),
            Table.Column(rendering.pick("ITEM", "内容")),
        ])
        for occurrence in reply.occurrences {
            table.add([
                next(occurrence, rendering),
                rendering.distance(occurrence.dueMicros),
                rendering.word(.kind, occurrence.kind),
                rendering.name(occurrence.unitNames, id: occurrence.unit),
                occurrence.period ?? "",
                rendering.name(occurrence.itemNames, id: occurrence.item),
            ])
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
        if reply.occurrences.contains(where: \.provisional) {
            let english = "~ rests on a work calendar that may still change."
            lines.append(rendering.pick(english, "~ 表示所依工作日历尚未公布，期限可能变动。"))
        }
        return lines
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
