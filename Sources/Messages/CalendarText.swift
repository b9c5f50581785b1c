import CivilTime

/// Calendar expressions on a terminal.
public enum CalendarText {
    /// Returns what an expression comes to; the present of the rendering is the base time.
    public static func lines(
        _ answer: CalendarPreview.Expression,
        legend: Bool,
        _ rendering: Rendering
    ) -> [String] {
        guard answer.error == nil else { return [] }
        var lines = legend ? head(answer, rendering) + [""] : []
        if !answer.elapses.isEmpty || !answer.skipped.isEmpty {
            lines += table(answer, rendering).lines(header: legend, colour: rendering.hasColour)
        }
        lines += [ending(answer, rendering)].compactMap { $0 }
        if !answer.notes.isEmpty {
            lines += [""] + notes(answer, legend: legend, rendering)
        }
        return lines
    }

    /// Returns the text of a refused expression, a caret under the place, and the message.
    public static func problem(
        _ answer: CalendarPreview.Expression,
        _ rendering: Rendering
    ) -> [String] {
        guard let error = answer.error else { return [] }
        return caret(answer.expression, column: Int(error.column)) + [Escape.line(error.message)]
    }

    /// Returns a text and a line with a caret under one of its characters, counted from 1.
    public static func caret(_ text: String, column: Int) -> [String] {
        let before = Escape.line(String(text.prefix(max(0, column - 1))))
        return [Escape.line(text), String(repeating: " ", count: DisplayWidth.of(before)) + "^"]
    }

    private static func head(
        _ answer: CalendarPreview.Expression,
        _ rendering: Rendering
    ) -> [String] {
        let zone = answer.zone ?? "UTC"
        // To the second: more would only be noise where the base time is the present.
        let base = answer.baseMicros - answer.baseMicros % 1_000_000
        let from = rendering.local(rfc3339(base, zone, rendering))
        var rows = [(rendering.pick("Expression", "表达式"), answer.expression)]
        rows.append((rendering.pick("Normal form", "规范形式"), answer.normal ?? "-"))
        rows.append((rendering.pick("Zone", "时区"), zone))
        if let calendar = answer.calendar, countsWorkdays(answer) {
            rows.append((rendering.pick("Work calendar", "工作日历"), calendar))
        }
        rows.append((rendering.pick("After", "起算时间"), from))
        return rendering.labelled(rows)
    }

    private static func countsWorkdays(_ answer: CalendarPreview.Expression) -> Bool {
        let normal = answer.normal ?? ""
        return normal.contains("wd") || normal.contains("roll=") || normal.contains("except off")
    }

    private static func rfc3339(_ micros: Int64, _ zone: String, _ rendering: Rendering) -> String {
        (rendering.zones[zone] ?? .utc).rfc3339(Instant(microseconds: micros))
    }

    private static func table(
        _ answer: CalendarPreview.Expression,
        _ rendering: Rendering
    ) -> Table {
        let hasNotes = !answer.skipped.isEmpty || answer.elapses.contains(where: isMarked)
        let note = Table.Column(rendering.pick("NOTE", "备注"))
        var table = Table(
            [
                Table.Column(rendering.pick("LOCAL", "当地时间")),
                Table.Column("UTC"),
                Table.Column(rendering.pick("LEFT", "余期"), right: true),
            ] + (hasNotes ? [note] : [])
        )
        var skipped = answer.skipped[...]
        for elapse in answer.elapses {
            while let run = skipped.first, run.firstMicros <= elapse.micros {
                add(run, to: &table, rendering)
                skipped = skipped.dropFirst()
            }
            let cells = [
                rendering.local(elapse.local),
                rendering.universal(elapse.utc),
                rendering.distance(elapse.micros),
            ]
            table.add(cells + (hasNotes ? [marks(elapse, rendering)] : []))
        }
        for run in skipped { add(run, to: &table, rendering) }
        return table
    }

    private static func add(
        _ run: CalendarPreview.Skipped,
        to table: inout Table,
        _ rendering: Rendering
    ) {
        let cause = rendering.word(.cause, run.cause)
        let one = rendering.pick("skipped: \(cause)", "跳过：\(cause)")
        let many = rendering.pick(
            "skipped: \(cause); \(run.count) slots to \(nominal(run.last, rendering))",
            "跳过：\(cause)；至 \(nominal(run.last, rendering)) 共 \(run.count) 次"
        )
        table.add([nominal(run.first, rendering), "", "", run.count == 1 ? one : many])
    }

    /// A nominal time with its weekday, or what else names a slot as it is.
    private static func nominal(_ slot: String, _ rendering: Rendering) -> String {
        guard let time = CivilDateTime(slot) else { return slot }
        return "\(time.date) \(rendering.weekday(time.date)) \(time.time)"
    }

    private static func isMarked(_ elapse: CalendarPreview.Elapse) -> Bool {
        elapse.provisional || elapse.clockMark != nil
    }

    private static func marks(
        _ elapse: CalendarPreview.Elapse,
        _ rendering: Rendering
    ) -> String {
        var marks: [String] = []
        if let mark = elapse.clockMark { marks.append(rendering.word(.clockMark, mark)) }
        if elapse.provisional { marks.append(rendering.pick("provisional", "日历未定")) }
        return marks.joined(separator: rendering.comma)
    }

    private static func ending(
        _ answer: CalendarPreview.Expression,
        _ rendering: Rendering
    ) -> String? {
        switch answer.end {
        case .past: rendering.pick("All elapses are past.", "全部时点均已过去。")
        case .never: rendering.pick("No elapse.", "没有任何时点。")
        case .last: rendering.pick("Nothing elapses after that.", "此后不再有时点。")
        case nil: nil
        }
    }

    private static func notes(
        _ answer: CalendarPreview.Expression,
        legend: Bool,
        _ rendering: Rendering
    ) -> [String] {
        // What clocks show from the change on, with the new offset.
        var table = Table([
            Table.Column(rendering.pick("CLOCKS CHANGE", "时钟变更")),
            Table.Column(rendering.pick("SLOT", "时点")),
            Table.Column(rendering.pick("EFFECT", "影响")),
        ])
        for note in answer.notes {
            let effect = rendering.word(.clockMark, note.effect)
            let to = note.to.map { rendering.pick(" to ", "至 ") + rendering.local($0) } ?? ""
            let change = rendering.local(rfc3339(note.micros, answer.zone ?? "UTC", rendering))
            let slot = note.nominal.map { nominal($0, rendering) }
            table.add([change, slot ?? "", effect + to])
        }
        return table.lines(header: legend, colour: rendering.hasColour)
    }
}
