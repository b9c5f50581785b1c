import CivilTime
public import DubanAPI

/// The journal's copy of a ledger entry; the ledger is what counts.
public enum JournalFields {
    /// Returns the fields of a ledger entry by name, in the order of writing.
    ///
    /// What a person wrote is left out: it can be erased from the store but not from a journal.
    public static func fields(
        for entry: DutyAPI.Entry,
        root: String,
        _ rendering: Rendering
    ) -> [(name: String, value: String)] {
        var told = entry
        told.note = nil
        var fields: [(name: String, value: String)] = [
            ("MESSAGE", EntryText.line(told, rendering)),
            ("PRIORITY", String(priority(of: entry))),
        ]
        if let id = MessageID.byAction[entry.action] {
            fields.append(("MESSAGE_ID", id))
        }
        fields += about(entry, rendering) + actor(entry)
        fields.append(("DUBAN_LEDGER_SEQ", String(entry.seq)))
        fields.append(("DUBAN_LEDGER_ROOT", root))
        return fields
    }

    /// Returns the syslog priority: 6 for what goes as it should, 5 for what asks for attention, 4
    /// for what is late or failed, 3 where a superior is late, 2 where nobody above is left.
    public static func priority(of entry: DutyAPI.Entry) -> Int {
        switch entry.action {
        case "unattended": 2
        case "pass": passPriority(entry)
        case "find": 4
        case "finish": finishPriority(entry)
        case "genesis", "adopt", "revise", "return", "urge": 5
        case "pause", "resume", "backfill", "recalendar": 5
        case "tick": 7
        case "open": openPriority(entry)
        default: 6
        }
    }

    /// A supervise duty says that its subject is late: a superior's, unless that is the root.
    private static func openPriority(_ entry: DutyAPI.Entry) -> Int {
        switch entry.kind {
        case .supervise: entry.subject == entry.root ? 4 : 3
        case .rectify: 5
        default: 6
        }
    }

    /// What should have run and did not is graver than what was not to be run.
    private static func passPriority(_ entry: DutyAPI.Entry) -> Int {
        switch entry.cause {
        case "latest", "none", "window", "overlap", nil: 4
        default: 6
        }
    }

    private static func finishPriority(_ entry: DutyAPI.Entry) -> Int {
        switch entry.outcome {
        case "ok", nil: entry.reason == "gave-up" ? 4 : 6
        case "warning": 5
        default: 4
        }
    }

    private static func about(
        _ entry: DutyAPI.Entry,
        _ rendering: Rendering
    ) -> [(name: String, value: String)] {
        let zone = rendering.zones[entry.zone] ?? .utc
        let optional: [(String, String?)] = [
            ("DUBAN_EVENT", entry.action),
            ("DUBAN_REASON", entry.reason),
            ("DUBAN_DUTY", entry.number.map(DutyNumber.text)),
            ("DUBAN_KIND", entry.kind?.rawValue),
            ("DUBAN_ITEM", entry.item),
            ("DUBAN_UNIT", entry.unit),
            ("DUBAN_SCHEDULE", entry.schedule),
            ("DUBAN_CAUSE", entry.cause),
            ("DUBAN_OBLIGOR", entry.obligor),
            ("DUBAN_SUBJECT", entry.subject.map(DutyNumber.text)),
            ("DUBAN_ROOT", entry.root.map(DutyNumber.text)),
            ("DUBAN_DUE", entry.dueMicros.map { zone.rfc3339(Instant(microseconds: $0)) }),
            ("DUBAN_JOB", entry.job.map { String($0) }),
            ("DUBAN_OUTCOME", entry.outcome),
        ]
        return present(optional)
    }

    private static func actor(_ entry: DutyAPI.Entry) -> [(name: String, value: String)] {
        present([
            ("DUBAN_ACTOR", entry.actor),
            ("DUBAN_UID", entry.uid.map { String($0) }),
            ("DUBAN_PERSON", entry.person),
            ("DUBAN_VIA", entry.via),
        ])
    }

    private static func present(
        _ fields: [(String, String?)]
    ) -> [(name: String, value: String)] {
        fields.compactMap { field in
            guard let value = field.1, !value.isEmpty else {
                return nil
            }
            return (field.0, Escape.line(value))
        }
    }
}
