import DubanAPI
import Messages
import Testing

/// The actions and reasons of the records, as the contract between the parts lists them.
private let actions = [
    "genesis", "adopt", "open", "pass", "revise", "pause", "resume", "backfill", "recalendar",
    "tick", "remind", "submit", "accept", "return", "urge", "settle", "moot", "unattended", "find",
    "finish",
]
private let causes = [
    "overlap", "calendar", "excluded", "gap", "gap-merged", "paused", "latest", "none", "window",
    "revised", "opened", "not-passed", "taken-out",
]
private let fields = [
    "weekday", "date", "time", "zone", "every", "roll", "clock", "fold", "except", "period",
    "interval",
    "recurrence", "offset",
]
private let reasons = [
    "scheduled", "submitted", "overdue", "follow-up-passed", "finding", "before-due", "after-due",
    "performed", "reviewed", "acted", "superseded-by-act", "settled-below", "top-of-line", "person",
    "catch-up", "overlap", "paused", "calendar", "excluded", "clock-change", "revised",
    "backfilled",
    "recalendared", "hourly", "adopted", "first-start", "delivered", "gave-up", "cancelled",
]

private func keys(_ topic: Glossary.Topic) -> [String] {
    switch topic {
    case .kind: DutyAPI.Kind.allCases.map(\.rawValue)
    case .state: DutyAPI.State.allCases.map(\.rawValue)
    case .jobState: JobAPI.State.allCases.map(\.rawValue)
    case .outcome: WorkerAPI.Outcome.allCases.map(\.rawValue)
    case .matter: DeliverInput.Matter.allCases.map(\.rawValue)
    case .action: actions
    case .reason: reasons
    case .actor: ["kernel", "rule", "timer"]
    case .mode: ["running", "read-only", "disk-full"]
    case .scheduleState: ScheduleAPI.State.allCases.map(\.rawValue)
    case .disposition: ["opened", "skipped", "missed", "superseded"]
    case .verdict: ScheduleAPI.Verdict.allCases.map(\.rawValue)
    case .cause: causes
    case .clockMark: ScheduleAPI.ClockMark.allCases.map(\.rawValue)
    case .fate: PlanAPI.Fate.allCases.map(\.rawValue)
    case .alarm: ControlAPI.AlarmKind.allCases.map(\.rawValue)
    case .field: fields
    }
}

@Test(arguments: Glossary.Topic.allCases)
func `the glossary has exactly one row for each value that a person sees`(topic: Glossary.Topic) {
    let rows = Glossary.rows.filter { $0.topic == topic }.map(\.key)
    #expect(rows.sorted() == keys(topic).sorted())
}

@Test func `each row has words in both scripts`() {
    for row in Glossary.rows {
        #expect(!row.en.isEmpty && row.en.utf8.allSatisfy { $0 < 0x80 }, "\(row)")
        #expect(row.zh.unicodeScalars.contains { $0.properties.isIdeographic }, "\(row)")
    }
}

@Test func `a value of a newer daemon stands as it is`() {
    #expect(Glossary.word(.reason, "quite-new", .zh) == "quite-new")
}

@Test func `each action has a journal identity of its own`() {
    #expect(MessageID.byAction.keys.sorted() == actions.sorted())
    #expect(Set(MessageID.byAction.values).count == actions.count)
    for id in MessageID.byAction.values {
        #expect(id.count == 32 && id.allSatisfy { $0.isHexDigit })
    }
}

@Test(arguments: [
    (nil, nil, nil, Language.en), (nil, nil, "zh_CN.UTF-8", .zh), ("C", nil, "zh_CN.UTF-8", .en),
    ("", "zh_TW", "en_GB", .zh), (nil, "", "zh", .zh), (nil, nil, "zhx_XX", .en),
    (nil, nil, "zh-Hans", .zh),
])
func `the first locale that is set decides`(
    all: String?,
    messages: String?,
    lang: String?,
    language: Language
) {
    #expect(Language(all: all, messages: messages, lang: lang) == language)
}
