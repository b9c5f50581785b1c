public import DubanAPI

/// Schedules on a terminal, and the replies to the acts on them.
public enum ScheduleText {
    /// Returns a table of schedules and its closing line.
    public static func table(
        _ schedules: [ScheduleAPI.Schedule],
        legend: Bool,
        _ rendering: Rendering
    ) -> [String] {
        var columns = [
            Table.Column(rendering.pick("NEXT", "下次")),
            Table.Column(rendering.pick("LEFT", "余期"), right: true),
            Table.Column(rendering.pick("LAST", "上次")),
            Table.Column(rendering.pick("RESULT", "结果")),
            Table.Column(rendering.pick("STATE", "状态")),
            Table.Column(rendering.pick("UNIT", "单位")),
            Table.Column(rendering.pick("SCHEDULE", "日程")),
            Table.Column(rendering.pick("RULE", "规则")),
        ]
        // Times of several zones stand in one column: each says then whose clocks they are.
        let hasZones = Set(schedules.map(\.zone)).count > 1
        let place = columns.count - 2
        if hasZones { columns.insert(Table.Column(rendering.pick("ZONE", "时区")), at: place) }
        var table = Table(columns)
        for schedule in schedules {
            let isAlarming = schedule.state == .suspended || schedule.state == .behind
            var cells = cells(schedule, rendering)
            if hasZones { cells.insert(schedule.zone, at: place) }
            table.add(cells, isAlarming: isAlarming)
        }
        let lines = table.lines(header: legend, colour: rendering.hasColour)
        let count = schedules.count
        let word = count == 1 ? "schedule" : "schedules"
        let closing = rendering.pick("\(count) \(word) listed.", "共列出 \(count) 个日程。")
        return legend ? lines + ["", closing] : lines
    }

    private static func cells(
        _ schedule: ScheduleAPI.Schedule,
        _ rendering: Rendering
    ) -> [String] {
        let next = next(schedule)
        return [
            next.map { slot($0, of: schedule, rendering) } ?? "",
            next.map(rendering.distance) ?? "",
            schedule.lastMicros.map { slot($0, of: schedule, rendering) } ?? "",
            result(schedule, rendering),
            state(schedule, rendering),
            rendering.name(schedule.unitNames, id: schedule.unit),
            schedule.schedule,
            schedule.rule,
        ]
    }

    /// The next slot, unless a pause will skip it: the state tells the end of the pause.
    private static func next(_ schedule: ScheduleAPI.Schedule) -> Int64? {
        guard schedule.state == .paused, let pause = schedule.pause else {
            return schedule.nextMicros
        }
        return schedule.nextMicros.flatMap { $0 < pause.untilMicros ? nil : $0 }
    }

    /// A slot of a schedule: when it elapses, or the end of the last day of a period or stage.
    static func slot(
        _ micros: Int64,
        of schedule: ScheduleAPI.Schedule,
        _ rendering: Rendering
    ) -> String {
        // Only a rule with a term opens at its slot; any other names the day that ends the work.
        schedule.within == nil
            ? rendering.due(micros, zone: schedule.zone)
            : rendering.moment(micros, zone: schedule.zone)
    }

    /// The duty that the newest slot opened, else its disposition.
    private static func result(
        _ schedule: ScheduleAPI.Schedule,
        _ rendering: Rendering
    ) -> String {
        if let number = schedule.lastNumber { return DutyNumber.text(number) }
        return schedule.lastDisposition.map { rendering.word(.disposition, $0) } ?? ""
    }

    /// The state, with the end of a pause.
    static func state(_ schedule: ScheduleAPI.Schedule, _ rendering: Rendering) -> String {
        let word = rendering.word(.scheduleState, schedule.state.rawValue)
        guard schedule.state == .paused, let pause = schedule.pause else { return word }
        let end = rendering.moment(pause.untilMicros, zone: schedule.zone)
        return rendering.pick("\(word) until \(end)", "\(word)至 \(end)")
    }

    /// Returns that a schedule was paused, on one line.
    public static func paused(
        _ schedule: ScheduleAPI.Schedule,
        seq: Int64,
        _ rendering: Rendering
    ) -> String {
        let id = Escape.line(schedule.schedule)
        return rendering.pick(
            "\(id) is \(state(schedule, rendering)); record #\(seq)",
            "\(id) 已\(state(schedule, rendering))；记录 #\(seq)"
        )
    }

    /// Returns that a pause was ended, on one line.
    public static func resumed(
        _ schedule: ScheduleAPI.Schedule,
        seq: Int64,
        _ rendering: Rendering
    ) -> String {
        let id = Escape.line(schedule.schedule)
        let next = schedule.nextMicros.map { slot($0, of: schedule, rendering) }
        let nothing = rendering.pick("nothing more", "无")
        return rendering.pick(
            "\(id) goes on; next \(next ?? nothing); record #\(seq)",
            "\(id) 已恢复；下次 \(next ?? nothing)；记录 #\(seq)"
        )
    }

    /// Returns what a backfill came to: the duties, then a line for each run of slots passed over.
    public static func backfilled(
        _ reply: ScheduleAPI.BackfillReply,
        zone: String,
        _ rendering: Rendering
    ) -> [String] {
        let id = Escape.line(reply.schedule)
        let count = reply.opened.count
        let list = count == 0 ? "" : rendering.pick(": ", "：") + DutyNumber.list(reply.opened)
        let first = rendering.pick(
            "\(id): \(count) \(count == 1 ? "duty" : "duties") opened\(list); record #\(reply.seq)",
            "\(id)：补办 \(count) 项\(list)；记录 #\(reply.seq)"
        )
        return [first] + reply.passed.map { passed($0, zone: zone, rendering) }
    }

    private static func passed(
        _ run: ScheduleAPI.Passed,
        zone: String,
        _ rendering: Rendering
    ) -> String {
        let from = rendering.moment(run.firstMicros, zone: zone)
        let to = rendering.moment(run.lastMicros, zone: zone)
        let range = run.count == 1 ? from : rendering.pick("\(from) to \(to)", "\(from) 至 \(to)")
        let cause = rendering.word(.cause, run.cause)
        return rendering.pick(
            "  passed over \(run.count): \(cause), \(range)",
            "  略过 \(run.count) 次：\(cause)，\(range)"
        )
    }
}
