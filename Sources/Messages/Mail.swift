public import CivilTime
public import DubanAPI

/// The messages that go to people by mail.
public enum Mail {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Returns a message of RFC 5322 with LF line ends, as `sendmail -i` reads it.
    ///
    /// It depends on its input alone, so that a message sent again is the same message.
    ///
    /// - Throws: ``MailError`` if a header would carry what a header must not.
    public static func message(_ input: DeliverInput, zone: Zone) throws(MailError) -> String {
        var header = MailHeader()
        try addressing(input, zone: zone, &header)
        try header.add("Date", token: date(input.atMicros, zone: zone))
        try threading(input, &header)
        try labels(input, &header)
        try header.add("MIME-Version", token: "1.0")
        try header.add("Content-Type", token: "text/plain; charset=utf-8")
        try header.add("Content-Transfer-Encoding", token: "base64")
        try header.add("Content-Language", token: "zh-CN, en")
        let text = MailBody(input: input, zone: zone).text
        let body = MailBase64.lines(Array(text.utf8))
        return (header.lines + [""] + body).joined(separator: "\n") + "\n"
    }

    private static func addressing(
        _ input: DeliverInput,
        zone: Zone,
        _ header: inout MailHeader
    ) throws(MailError) {
        try header.add("From", person: "duban", address: input.from)
        try header.add("To", person: input.toName, address: input.to)
        try header.add("Subject", text: subject(input, zone: zone))
    }

    private static func threading(
        _ input: DeliverInput,
        _ header: inout MailHeader
    ) throws(MailError) {
        guard MailHeader.isDomain(input.domain[...]) else {
            throw .malformed(header: "Message-ID", value: input.domain)
        }
        guard MailHeader.isDotted(input.ordinal[...], MailHeader.isAtom) else {
            throw .malformed(header: "Message-ID", value: input.ordinal)
        }
        let number = DutyNumber.text(input.duty.number)
        let thread = DutyNumber.text(input.duty.root)
        // The head of a thread is never sent: every message about a chain answers to it.
        let parent = "<duty.\(thread)@\(input.domain)>"
        try header.add(
            "Message-ID",
            token: "<duty.\(number).\(input.ordinal)@\(input.domain)>"
        )
        try header.add("In-Reply-To", token: parent)
        try header.add("References", token: parent)
        try header.add("Auto-Submitted", token: "auto-generated")
        try header.add("X-Auto-Response-Suppress", token: "OOF, AutoReply")
        try header.add("List-Id", token: "<\(input.duty.programme).\(input.domain)>")
    }

    private static func labels(
        _ input: DeliverInput,
        _ header: inout MailHeader
    ) throws(MailError) {
        try header.add("X-Duban-Duty", token: DutyNumber.text(input.duty.number))
        try header.add("X-Duban-Kind", token: input.duty.kind.rawValue)
        try header.add("X-Duban-Matter", token: input.matter.rawValue)
        try header.add("X-Duban-Unit", token: input.duty.unit)
        if let period = input.duty.period {
            try header.add("X-Duban-Period", token: period)
        }
        if input.passed > 0 {
            try header.add("X-Duban-Passed", token: String(input.passed))
        }
    }

    /// Returns the subject: matter, number, item and lateness in Chinese, then matter and due date
    /// in English.
    private static func subject(_ input: DeliverInput, zone: Zone) -> String {
        let duty = input.duty
        let zones = [duty.zone: zone]
        let chinese = Rendering(language: .zh, zones: zones, nowMicros: input.atMicros)
        let english = Rendering(language: .en, zones: zones, nowMicros: input.atMicros)
        let key = input.matter.rawValue
        let number = DutyNumber.text(duty.number)
        let about = duty.itemNames.text(chinese: true) ?? duty.item ?? duty.unit
        let due = english.due(duty.dueMicros, zone: duty.zone)
        let late = chinese.isAlarming(duty) ? " " + chinese.left(duty) : ""
        let first = "[\(chinese.word(.matter, key))][\(number)] \(about)\(late)"
        return first + " / \(english.word(.matter, key)), due \(due)"
    }

    /// Returns a date of RFC 5322, `Mon, 12 Oct 2020 09:00:00 +0800`.
    static func date(_ micros: Int64, zone: Zone) -> String {
        let moment = LocalMoment(micros: micros, zone: zone)
        let day = moment.day
        let name = day.weekday.abbreviation
        let date = "\(LocalMoment.two(day.day)) \(months[day.month - 1]) \(day.year)"
        return "\(name), \(date) \(moment.fullClock) \(moment.mailOffset)"
    }
}
