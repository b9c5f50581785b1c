import CivilTime
import DubanAPI

/// The text of a message: the whole of it in Chinese, then in English, then the ledger head.
struct MailBody {
    let input: DeliverInput
    let zone: Zone

    /// The text, with LF line ends.
    var text: String {
        let parts = [block(.zh), block(.en)]
        let lines = parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n——\n\n")
        return lines + "\n\n" + head + "\n"
    }

    /// The last line, which anchors the ledger outside of the machine.
    private var head: String {
        let place = "\(input.ledgerSize) \(input.ledgerRoot)"
        return "存证日志首部 / ledger head (size, root): " + place
    }

    private func block(_ language: Language) -> [String] {
        let rendering = Rendering(
            language: language,
            zones: [input.duty.zone: zone],
            nowMicros: input.atMicros
        )
        let parts = [
            [opening(rendering)], owed(rendering), criteria(rendering), ways(rendering),
            next(rendering), history(rendering),
        ]
        return Array(parts.filter { !$0.isEmpty }.joined(separator: [""]))
    }

    /// What happened that this message is sent.
    private func opening(_ rendering: Rendering) -> String {
        let name = Escape.line(input.toName)
        let who = rendering.pick("\(name):", "\(name)：")
        return who + rendering.pick(" ", "") + MailOpening(input: input, rendering: rendering).text
    }

    /// What is owed, by which post and person, and when it is due.
    private func owed(_ rendering: Rendering) -> [String] {
        let duty = input.duty
        let post = rendering.pick(", post ", "，岗位 ") + Escape.line(duty.post)
        var lines = [
            rendering.pick("What is owed: ", "事项：") + what(duty, rendering),
            rendering.pick("Owed by: ", "责任人：") + rendering.obligor(duty) + post,
        ]
        if let requirements = duty.requirements {
            let text = Escape.line(requirements)
            lines.append(rendering.pick("Requirement: ", "要求：") + text)
        }
        let due = rendering.due(duty.dueMicros, zone: duty.zone)
        let left = rendering.left(duty)
        let joint = left.isEmpty ? "" : rendering.comma + left
        lines.append(rendering.pick("Due: ", "期限：") + due + joint)
        if let about = input.about {
            let text = what(about, rendering) + rendering.comma
            let who = rendering.obligor(about)
            lines.append(rendering.pick("It is about: ", "事由：") + text + who)
        }
        return lines
    }

    private func what(_ duty: DutyAPI.Duty, _ rendering: Rendering) -> String {
        let title = rendering.title(duty)
        let period = duty.period.map { " " + Escape.line($0) } ?? ""
        return duty.item == nil ? title + period : title + " " + rendering.item(duty) + period
    }

    private func criteria(_ rendering: Rendering) -> [String] {
        let all = input.duty.criteria.isEmpty ? input.about?.criteria ?? [] : input.duty.criteria
        guard !all.isEmpty else {
            return []
        }
        let title = rendering.pick("Acceptance criteria:", "验收标准：")
        return [title] + all.map { "  - " + Escape.line($0) }
    }

    private func ways(_ rendering: Rendering) -> [String] {
        let commands = Remedy.commands(for: input.duty)
        guard !commands.isEmpty, !isSettled else {
            return []
        }
        let title = rendering.pick("To settle it:", "办理方式：")
        return [title] + commands.map { "  " + $0 }
    }

    private var isSettled: Bool {
        input.duty.state == .accepted || input.duty.state == .moot
    }

    /// The next level, its date, and who will be asked.
    private func next(_ rendering: Rendering) -> [String] {
        guard let micros = input.nextMicros, !isSettled else {
            return []
        }
        let date = rendering.due(micros, zone: input.duty.zone)
        guard let name = input.nextName.map(Escape.line) else {
            let english = "If it is not settled, it is passed on at \(date)."
            return [rendering.pick(english, "如未办结，将于 \(date) 继续上报。")]
        }
        let english = "If it is not settled, \(name) is asked to act at \(date)."
        return [rendering.pick(english, "如未办结，将于 \(date) 提请\(name)督办。")]
    }

    private func history(_ rendering: Rendering) -> [String] {
        let duty = input.duty
        var lines: [String] = []
        if let note = input.note {
            let text = Escape.lines(note).map { "  > " + $0 }
            lines += [rendering.pick("What was said:", "说明：")] + text
        }
        if duty.originalDueMicros != duty.dueMicros {
            let first = rendering.due(duty.originalDueMicros, zone: duty.zone)
            lines.append(rendering.pick("First due: ", "原期限：") + first)
        }
        if duty.attempt > 1 {
            lines.append(rendering.pick("Attempt: \(duty.attempt)", "第 \(duty.attempt) 次提交"))
        }
        if input.passed > 0 {
            let english = "\(input.passed) thresholds passed while the service was down."
            let chinese = "服务停运期间已错过 \(input.passed) 个提醒时点。"
            lines.append(rendering.pick(english, chinese))
        }
        return lines
    }
}
