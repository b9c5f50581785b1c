import Messages
import PlanFile

/// What is printed of a calendar.
enum CalendarSummaryText {
    /// Returns a block of labelled lines, and a table of the days if they are listed.
    static func lines(_ calendar: CalendarSummary, _ rendering: Rendering) -> [String] {
        let years = calendar.years.map { year in
            let half = rendering.isChinese ? "（半天 \(year.halfDays)）" : " (\(year.halfDays) half)"
            return "\(year.year): \(year.workdays)" + (year.halfDays > 0 ? half : "")
        }
        var rows = [
            ("Calendar", "工作日历", calendar.id),
            ("Made of", "构成", calendar.layers.joined(separator: " + ")),
            ("Known", "有效期", "\(calendar.from ?? "…")..\(calendar.through ?? "…")"),
            ("Workdays", "工作日数", years.isEmpty ? "-" : years.joined(separator: ", ")),
            ("Version", "版本", calendar.version),
        ]
        if calendar.revisions > 0 {
            rows.append(("Revisions", "修订", String(calendar.revisions)))
        }
        let lines = rendering.labelled(rows.map { (rendering.isChinese ? $0.1 : $0.0, $0.2) })
        return lines + (calendar.days.map { [""] + table($0, rendering) } ?? [])
    }

    private static func table(_ days: [CalendarSummary.Day], _ rendering: Rendering) -> [String] {
        let titles =
            rendering.isChinese ? ["日期", "星期", "性质", "依据"] : ["DAY", "WEEKDAY", "IS", "SAYS WHO"]
        var table = Table(titles.map { Table.Column($0) })
        for day in days {
            let notice = [day.published, day.source].compactMap { $0 }.joined(separator: " ")
            let by = notice.isEmpty ? day.by : "\(day.by): \(notice)"
            table.add([day.date, rendering.weekday(day.weekday), kind(day, rendering), by])
        }
        return table.lines(header: true)
    }

    private static func kind(_ day: CalendarSummary.Day, _ rendering: Rendering) -> String {
        let words = ["work": "工作", "off": "休息", "half": "半天"]
        let kind = rendering.isChinese ? words[day.kind] ?? day.kind : day.kind
        guard let weekday = day.asWeekday.map(rendering.weekday) else { return kind }
        return rendering.isChinese ? "\(kind)（按\(weekday)）" : "\(kind) as \(weekday)"
    }
}
