public import DubanAPI

/// What the daemon says of itself, on a terminal.
public enum StatusText {
    /// Returns the state of the daemon, a labelled line each; the first one says it all.
    public static func lines(
        _ reply: ControlAPI.GetStatusReply,
        place: String,
        _ rendering: Rendering
    ) -> [String] {
        let rows = service(reply, rendering) + matters(reply, rendering)
        let width = rows.map { DisplayWidth.of($0.0) }.max() ?? 0
        let body = rows.map { row in
            DisplayWidth.pad(row.0, to: width + 2, right: true) + ": " + Escape.line(row.1)
        }
        return [first(reply, place: place, rendering)] + body
    }

    /// Returns that a held clock was released, or that none is held.
    public static func released(_ released: Bool, _ language: Language) -> String {
        guard released else { return language == .zh ? "时钟未被搁置" : "no clock is held" }
        return language == .zh
            ? "时钟已确认：补办和警报恢复" : "the clock is taken as right: catch-up and alarms go on"
    }

    private static func first(
        _ reply: ControlAPI.GetStatusReply,
        place: String,
        _ rendering: Rendering
    ) -> String {
        let mode = rendering.word(.mode, reply.mode)
        let age = rendering.span(reply.nowMicros - reply.startedMicros)
        let line = rendering.pick(
            "duban \(reply.version) \(mode) on \(place), started \(age) ago",
            "duban \(reply.version) \(mode)，位于 \(place)，已运行 \(age)"
        )
        let isWell = reply.mode == "running" && reply.held == nil && reply.alarms.isEmpty
        return rendering.hasColour ? isWell ? Colour.bold(line) : Colour.red(line) : line
    }

    private static func service(
        _ reply: ControlAPI.GetStatusReply,
        _ rendering: Rendering
    ) -> [(String, String)] {
        let zone = reply.zone ?? "UTC"
        var rows: [(String, String)] = []
        if let trouble = reply.trouble {
            rows.append((rendering.pick("Trouble", "故障"), trouble))
        }
        rows += alarms(reply, zone: zone, rendering)
        let started = rendering.moment(reply.startedMicros, zone: zone)
        rows.append((rendering.pick("Since", "启动时间"), started))
        if let wake = reply.wakeMicros {
            let text =
                rendering.stamp(wake, zone: zone) + rendering.comma + rendering.distance(wake)
            rows.append((rendering.pick("Wakes", "下次动作"), text))
        }
        let programmes = reply.programmes.joined(separator: ", ")
        let none = rendering.pick(
            "none; adopt one with dubanctl plan apply FILE",
            "无；请用 dubanctl plan apply 启用"
        )
        if let version = reply.timeData {
            rows.append((rendering.pick("Time data", "时区数据"), version))
        }
        rows.append((rendering.pick("Programmes", "方案"), programmes.isEmpty ? none : programmes))
        if let caller = reply.caller {
            let name = reply.callerName.map { $0 + rendering.bracketed(caller) } ?? caller
            rows.append((rendering.pick("You are", "您是"), name))
        }
        return rows
    }

    /// What an operator should look at: a held clock, then the rest.
    private static func alarms(
        _ reply: ControlAPI.GetStatusReply,
        zone: String,
        _ rendering: Rendering
    ) -> [(String, String)] {
        var rows: [(String, String)] = []
        if let held = reply.held {
            let label = rendering.pick("Clock", "时钟")
            let leap = rendering.span(held.sinceMicros - held.expectedMicros)
            let expected = rendering.moment(held.expectedMicros, zone: zone)
            let english =
                "leapt ahead by \(leap), expected \(expected): catch-up and alarms wait; "
                + "set it right, or dubanctl release-clock"
            let chinese =
                "突然前跳 \(leap)，应为 \(expected)：补办和警报暂停；"
                + "请校正时钟，或用 `dubanctl release-clock` 确认"
            rows.append((label, rendering.pick(english, chinese)))
        }
        for alarm in reply.alarms {
            let what = rendering.word(.alarm, alarm.kind.rawValue)
            let since = rendering.moment(alarm.sinceMicros, zone: zone)
            let detail = alarm.detail.map { rendering.pick(": ", "：") + $0 } ?? ""
            let text = rendering.pick(
                "\(alarm.subject): \(what), since \(since)\(detail)",
                "\(alarm.subject)：\(what)，自 \(since)\(detail)"
            )
            rows.append((rendering.pick("Alarm", "警报"), text))
        }
        return rows
    }

    private static func matters(
        _ reply: ControlAPI.GetStatusReply,
        _ rendering: Rendering
    ) -> [(String, String)] {
        let total = reply.dutiesTotal
        let settled = total - reply.dutiesUnsettled
        let duties = rendering.pick(
            "\(total), \(settled) settled, \(reply.dutiesLate) late",
            "共 \(total) 项，已结 \(settled)，逾期 \(reply.dutiesLate)"
        )
        let jobs = rendering.pick(
            "\(reply.jobsTotal), \(reply.jobsReady) ready, \(reply.jobsLeased) leased, "
                + "\(reply.jobsQuarantined) quarantined",
            "共 \(reply.jobsTotal) 个，待领 \(reply.jobsReady)，执行中 \(reply.jobsLeased)，"
                + "隔离 \(reply.jobsQuarantined)"
        )
        var rows = [
            (rendering.pick("Duties", "责任事项"), duties),
            (rendering.pick("Findings", "问题"), String(reply.findings)),
            (rendering.pick("Jobs", "作业"), jobs),
            (rendering.pick("Workers", "执行程序"), String(reply.workers)),
            (rendering.pick("Records", "记录"), "\(reply.records), \(reply.origin)"),
            (rendering.pick("Root", "日志根"), reply.root),
        ]
        if !reply.unattended.isEmpty {
            let list = DutyNumber.list(reply.unattended)
            rows.insert((rendering.pick("Unattended", "无人督办"), list), at: 1)
        }
        let journal =
            reply.journal
            ? rendering.pick("reached", "可达")
            : rendering.pick("not there; messages go to standard error", "不可达；消息写到标准错误")
        rows.append((rendering.pick("Journal", "系统日志"), journal))
        return rows
    }
}
