public import DubanAPI

/// Why a schedule did or did not fall due at a time, on a terminal.
public enum ExplainText {
    /// Returns the verdict, what it rests on, and the rule field by field.
    public static func lines(
        _ reply: ScheduleAPI.ExplainReply,
        legend: Bool,
        _ rendering: Rendering
    ) -> [String] {
        let rows = asked(reply, rendering) + found(reply, rendering) + around(reply, rendering)
        let lines = rendering.labelled(rows)
        guard !reply.fields.isEmpty else { return lines }
        return lines + [""] + fields(reply.fields, legend: legend, rendering)
    }

    private static func asked(
        _ reply: ScheduleAPI.ExplainReply,
        _ rendering: Rendering
    ) -> [(String, String)] {
        let schedule = reply.schedule
        let item = rendering.name(schedule.itemNames, id: schedule.item)
        let at = rendering.local(reply.local) + rendering.comma + rendering.universal(reply.utc)
        return [
            (rendering.pick("Schedule", "日程"), schedule.schedule + rendering.bracketed(item)),
            (rendering.pick("Rule", "规则"), schedule.rule),
            (rendering.pick("Zone", "时区"), schedule.zone),
            (rendering.pick("Work calendar", "工作日历"), schedule.calendar),
            (rendering.pick("State", "状态"), ScheduleText.state(schedule, rendering)),
            (rendering.pick("Asked", "所问时间"), at),
            (rendering.pick("Verdict", "结论"), verdict(reply, rendering)),
        ]
    }

    private static func verdict(
        _ reply: ScheduleAPI.ExplainReply,
        _ rendering: Rendering
    ) -> String {
        let isAhead = reply.verdict == .skipped && reply.atMicros > rendering.nowMicros
        let verdict =
            isAhead
            ? rendering.pick("it will be skipped", "将跳过")
            : rendering.word(.verdict, reply.verdict.rawValue)
        // That the plan was changed is what this verdict says already.
        guard let cause = reply.cause, reply.verdict != .superseded else { return verdict }
        return verdict + rendering.pick(": ", "：") + rendering.word(.cause, cause)
    }

    private static func found(
        _ reply: ScheduleAPI.ExplainReply,
        _ rendering: Rendering
    ) -> [(String, String)] {
        var rows: [(String, String)] = []
        if let slot = slot(reply, rendering) { rows.append((rendering.pick("Slot", "时点"), slot)) }
        if let opening = opening(reply, rendering) { rows.append(opening) }
        if let number = reply.number {
            rows.append((rendering.pick("Duty", "责任事项"), DutyNumber.text(number)))
        }
        if let seq = reply.seq { rows.append((rendering.pick("Record", "记录"), "#\(seq)")) }
        if let revision = reply.revision {
            let digest = reply.revisionDigest.map { rendering.comma + "sha256:" + $0 } ?? ""
            let text = rendering.pick("revision \(revision)", "第 \(revision) 版")
            rows.append((rendering.pick("Plan", "方案"), text + digest))
        }
        return rows
    }

    /// The slot as it is known, and its time where that says something else.
    private static func slot(
        _ reply: ScheduleAPI.ExplainReply,
        _ rendering: Rendering
    ) -> String? {
        guard let nominal = reply.nominal else { return nil }
        guard let micros = reply.slotMicros else { return nominal }
        let time = ScheduleText.slot(micros, of: reply.schedule, rendering)
        let isSame = rendering.local(micros, reply.schedule.zone).full == nominal
        return isSame ? time : nominal + rendering.bracketed(time)
    }

    /// When the duty was opened or will be; nothing of a slot that opens none.
    private static func opening(
        _ reply: ScheduleAPI.ExplainReply,
        _ rendering: Rendering
    ) -> (String, String)? {
        guard let actual = reply.actualMicros else { return nil }
        let time = rendering.moment(actual, zone: reply.schedule.zone)
        switch reply.verdict {
        case .opened: return (rendering.pick("Opened", "立项时间"), time)
        case .future, .pending: return (rendering.pick("Opens", "届时立项"), time)
        default: return nil
        }
    }

    private static func around(
        _ reply: ScheduleAPI.ExplainReply,
        _ rendering: Rendering
    ) -> [(String, String)] {
        let nothing = rendering.pick("none", "无")
        let slot = { ScheduleText.slot($0, of: reply.schedule, rendering) }
        let before = reply.previousMicros.map(slot)
        let after = reply.nextMicros.map(slot)
        return [
            (rendering.pick("Slot before", "前一时点"), before ?? nothing),
            (rendering.pick("Slot after", "后一时点"), after ?? nothing),
        ]
    }

    private static func fields(
        _ fields: [ScheduleAPI.Field],
        legend: Bool,
        _ rendering: Rendering
    ) -> [String] {
        var table = Table([
            Table.Column(rendering.pick("FIELD", "字段")),
            Table.Column(rendering.pick("ASKED", "规则要求")),
            Table.Column(rendering.pick("SHOWN", "当时")),
            Table.Column(rendering.pick("MATCH", "相符")),
        ])
        for field in fields {
            let match = field.matches ? rendering.pick("yes", "是") : rendering.pick("no", "否")
            let name = rendering.word(.field, field.name)
            let shown = field.name == "weekday" ? rendering.weekday(field.shown) : field.shown
            table.add([name, field.asked, shown, match], isAlarming: !field.matches)
        }
        return table.lines(header: legend, colour: rendering.hasColour)
    }
}
