import DubanAPI

/// The parts of an entry from which its sentence is built, in the reader's language.
struct EntryFacts {
    let entry: DutyAPI.Entry
    let rendering: Rendering

    /// The duty with its kind: `D-0007 account`, `D-0007(交账)`.
    var duty: String {
        guard let number = entry.number else {
            return item
        }
        let text = DutyNumber.text(number)
        guard let kind = entry.kind else {
            return text
        }
        let word = rendering.word(.kind, kind.rawValue)
        return rendering.pick(text + " " + word, text + rendering.bracketed(word))
    }

    /// The duty that this is about: its subject, else itself.
    var subject: String {
        guard let number = entry.subject ?? entry.number else {
            return item
        }
        return DutyNumber.text(number)
    }

    /// Whether the obligor is named.
    var hasObligor: Bool {
        entry.obligorName != nil || entry.obligor != nil || entry.unit != nil
    }

    /// Who owes it: `Li Si (sponsor-env)`, `李四(环境组)`.
    var obligor: String {
        let who = (entry.obligorName ?? entry.obligor).map(Escape.line)
        guard entry.unit != nil || entry.unitNames.text(chinese: true) != nil else {
            return who ?? rendering.pick("nobody", "无人")
        }
        let unit = rendering.name(entry.unitNames, id: entry.unit)
        guard let who else {
            return unit
        }
        return who + rendering.bracketed(unit)
    }

    /// Who acted: the person, else an operator, the rule or the timer.
    var actor: String {
        if let name = entry.personName ?? entry.person {
            return Escape.line(name)
        }
        return rendering.word(.actor, entry.actor)
    }

    /// What it is about in the plan.
    var item: String {
        rendering.name(entry.itemNames, id: entry.item)
    }

    /// Whether the entry names an item of the plan.
    var hasItem: Bool {
        entry.item != nil || entry.itemNames.text(chinese: true) != nil
    }

    /// The named reason in words.
    var reason: String {
        rendering.word(.reason, entry.reason)
    }

    /// The outcome in words; nil where it only says again that a job was cancelled.
    var outcome: String? {
        entry.outcome == entry.reason ? nil : entry.outcome.map { rendering.word(.outcome, $0) }
    }

    /// The first line of a check, a title and the like, on one line.
    var summary: String? {
        text(entry.summary)
    }

    /// What a person wrote, on one line.
    var note: String? {
        text(entry.note)
    }

    /// The due date as seen from the entry.
    var due: String? {
        entry.dueMicros.map(time)
    }

    /// The follow-up date as seen from the entry.
    var followUp: String? {
        entry.followUpMicros.map(time)
    }

    /// When the entry took effect, as seen from when it was recorded.
    var effective: String {
        time(entry.effectiveMicros)
    }

    /// How many slots of a schedule the entry stands for.
    var slots: Int64 {
        entry.count ?? 1
    }

    /// That nobody else could sign, where the entry says so.
    var signature: String? {
        let key = DeliverInput.Matter.singleSignature.rawValue
        return entry.summary == key ? rendering.word(.matter, key) : nil
    }

    /// The item of the schedule that it is about, else the schedule: `street lighting`, `“路灯”`.
    var scheduled: String {
        guard hasItem else {
            let id = text(entry.schedule) ?? "-"
            return rendering.pick(id, " \(id) ")
        }
        // An item may have several schedules: the last part of the id tells which of them.
        let role = text(entry.schedule)?.split(separator: "/").last.map(String.init)
        return rendering.pick(item, "“\(item)”") + (role.map(rendering.bracketed) ?? "")
    }

    /// What differs between the versions before and after `→` in a summary.
    var difference: String? {
        guard let summary else { return nil }
        let sides = summary.split(separator: " → ").map { $0.split(separator: " ") }
        guard sides.count == 2 else { return summary }
        let old = sides[0].filter { !sides[1].contains($0) }.joined(separator: " ")
        let new = sides[1].filter { !sides[0].contains($0) }.joined(separator: " ")
        return old.isEmpty || new.isEmpty ? summary : old + " → " + new
    }

    /// A summary that says more than which schedule it is.
    var remark: String? {
        entry.summary == entry.schedule ? nil : summary
    }

    /// Why slots passed, in words; an entry that names none has runs of several.
    var cause: String {
        entry.cause.map { rendering.word(.cause, $0) } ?? rendering.pick("several causes", "原因不一")
    }

    /// The end of a pause as seen from the entry.
    var until: String? {
        entry.untilMicros.map(time)
    }

    /// The number of the plan's revision.
    var revision: String? {
        entry.revision.map { String($0) }
    }

    /// The time that it is about: `09:00 to 11:00`, or one time only.
    var range: String? {
        guard let from = entry.fromMicros.map(time) else {
            return nil
        }
        guard let until, until != from else {
            return from
        }
        return rendering.pick("\(from) to \(until)", "\(from) 至 \(until)")
    }

    private func time(_ micros: Int64) -> String {
        rendering.brief(micros, near: entry.atMicros, zone: entry.zone)
    }

    private func text(_ value: String?) -> String? {
        guard let value, !value.isEmpty else {
            return nil
        }
        return DisplayWidth.cut(Escape.line(value), to: 200)
    }
}
