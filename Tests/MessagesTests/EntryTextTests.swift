import DubanAPI
import Messages
import Testing

private struct Case: Sendable, CustomTestStringConvertible {
    let entry: DutyAPI.Entry
    let en: String
    let zh: String

    init(_ entry: DutyAPI.Entry, _ en: String, _ zh: String) {
        self.entry = entry
        self.en = en
        self.zh = zh
    }

    var testDescription: String { entry.action + " " + entry.reason }
}

private let revision = {
    var entry = Fixture.entry("revise", reason: "adopted", number: nil, kind: nil, summary: "demo")
    entry.revision = 2
    entry.added = 1
    entry.changed = 2
    entry.ended = 0
    return entry
}()

private let cases = [
    Case(
        Fixture.entry("genesis", reason: "first-start", number: nil, kind: nil, summary: "duban/x"),
        "the ledger was started: duban/x",
        "存证日志启用：duban/x"
    ),
    Case(
        Fixture.entry("adopt", reason: "adopted", number: nil, kind: nil, summary: "demo"),
        "a plan was adopted: demo, by 李四",
        "启用工作方案：demo，由李四启用"
    ),
    Case(
        Fixture.entry("open", reason: "scheduled"),
        "D-0007 account opened for 张三 (housing): street lighting; due 09:00:11",
        "D-0007（交账）交张三（住建局）办理：背街小巷照明，期限 09:00:11"
    ),
    Case(
        Fixture.entry("open", reason: "submitted", number: 12, kind: .review, subject: 7),
        "D-0012 review opened for 张三 (housing): D-0007 was submitted; due 09:00:11",
        "D-0012（审核）交张三（住建局）办理：D-0007 已提交，请审核，期限 09:00:11"
    ),
    Case(
        Fixture.entry("open", reason: "overdue", number: 9, kind: .supervise, subject: 7),
        "D-0009 supervise opened for 张三 (housing): D-0007 (street lighting) is overdue since "
            + "09:00:06; due 09:00:11",
        "D-0009（督办）交张三（住建局）办理：D-0007“背街小巷照明”自 09:00:06 起逾期，期限 09:00:11"
    ),
    Case(
        Fixture.entry("open", reason: "follow-up-passed", number: 9, kind: .supervise, subject: 7),
        "D-0009 supervise opened for 张三 (housing): D-0007 (street lighting) is still not done "
            + "after its follow-up date; due 09:00:11",
        "D-0009（督办）交张三（住建局）办理：D-0007“背街小巷照明”跟踪期限已过，仍未办结，期限 09:00:11"
    ),
    Case(
        Fixture.entry("open", reason: "finding", kind: .rectify, summary: "DISK CRITICAL"),
        "D-0007 rectify opened for 张三 (housing): DISK CRITICAL; due 09:00:11",
        "D-0007（整改）交张三（住建局）办理：发现问题“DISK CRITICAL”，限期整改，期限 09:00:11"
    ),
    Case(
        Fixture.entry(
            "pass",
            reason: "catch-up",
            number: nil,
            kind: nil,
            count: 3,
            cause: "latest",
            from: Fixture.at(8),
            until: Fixture.at(9)
        ),
        "3 slots of street lighting (account) passed without a duty: only the newest slot is caught up; "
            + "08:00 to 09:00",
        "“背街小巷照明”（account）有 3 次未立项：只补办最近一次；08:00 至 09:00"
    ),
    Case(
        Fixture.entry(
            "pass",
            reason: "overlap",
            number: nil,
            kind: nil,
            count: 1,
            cause: "overlap",
            from: Fixture.at(9),
            until: Fixture.at(9)
        ),
        "1 slot of street lighting (account) passed without a duty: the check before was not performed yet; "
            + "09:00",
        "“背街小巷照明”（account）有 1 次未立项：上一次检查尚未完成；09:00"
    ),
    Case(
        revision,
        "a changed plan was adopted: demo, revision 2, by 李四; schedules: 1 added, 2 changed, "
            + "0 ended",
        "修订工作方案：demo，第 2 版，由李四修订；日程：新增 1 个，变更 2 个，结束 0 个"
    ),
    Case(
        Fixture.entry(
            "pause",
            reason: "person",
            number: nil,
            kind: nil,
            note: "施工",
            until: Fixture.at(24)
        ),
        "李四 paused street lighting (account) until 24:00: 施工",
        "李四暂停“背街小巷照明”（account），至 24:00：施工"
    ),
    Case(
        Fixture.entry("resume", reason: "person", number: nil, kind: nil, note: "完工"),
        "李四 resumed street lighting (account): 完工",
        "李四恢复“背街小巷照明”（account）：完工"
    ),
    Case(
        Fixture.entry(
            "backfill",
            reason: "person",
            number: nil,
            kind: nil,
            count: 2,
            from: Fixture.at(7),
            until: Fixture.at(9)
        ),
        "李四 backfilled street lighting (account), 07:00 to 09:00: 2 slots opened",
        "李四补办“背街小巷照明”（account），07:00 至 09:00：立项 2 次"
    ),
    Case(
        Fixture.entry(
            "recalendar",
            reason: "person",
            number: nil,
            kind: nil,
            summary: "A@2025b cn@1 → A@2026f cn@1",
            count: 2
        ),
        "new zone or calendar data: A@2025b → A@2026f; 2 dates moved",
        "时区或工作日历数据更新：A@2025b → A@2026f；2 个日期变动"
    ),
    Case(
        Fixture.entry("tick", reason: "scheduled", number: nil, kind: nil),
        "the service is running",
        "服务运行中"
    ),
    Case(
        Fixture.entry("remind", reason: "before-due", due: Fixture.at(24)),
        "reminder to 张三 (housing): D-0007 account (street lighting) is due 24:00",
        "到期提醒张三（住建局）：D-0007（交账）“背街小巷照明”即将到期，期限 24:00"
    ),
    Case(
        Fixture.entry("remind", reason: "after-due", due: Fixture.at(-24)),
        "reminder to 张三 (housing): D-0007 account (street lighting) is overdue since "
            + "2020-10-10 24:00",
        "逾期提醒张三（住建局）：D-0007（交账）“背街小巷照明”已逾期，期限 2020-10-10 24:00"
    ),
    Case(
        Fixture.entry("submit", reason: "person", note: "done\u{1B}[31m\nall of it"),
        "李四 submitted D-0007 account (street lighting): done\\x1b[31m\\nall of it",
        "李四提交 D-0007（交账）“背街小巷照明”：done\\x1b[31m\\nall of it"
    ),
    Case(
        Fixture.entry("accept", reason: "person"),
        "李四 accepted D-0007 account (street lighting)",
        "李四审核通过 D-0007（交账）“背街小巷照明”"
    ),
    Case(
        Fixture.entry("accept", reason: "person", summary: "single-signature", note: "done"),
        "李四 accepted D-0007 account (street lighting), single signature: done",
        "李四审核通过 D-0007（交账）“背街小巷照明”，单人签署：done"
    ),
    Case(
        Fixture.entry("return", reason: "person", note: "lamp 3 is dark"),
        "李四 returned D-0007 account (street lighting): lamp 3 is dark; due again 09:00:11",
        "李四退回 D-0007（交账）“背街小巷照明”：lamp 3 is dark；新期限 09:00:11"
    ),
    Case(
        Fixture.entry("urge", reason: "person", followUp: Fixture.at(10)),
        "李四 urged 张三 (housing) to settle D-0007 account (street lighting); follow-up date 10:00",
        "李四催办张三（住建局）：D-0007（交账）“背街小巷照明”；跟踪期限 10:00"
    ),
    Case(
        Fixture.entry(
            "settle",
            reason: "performed",
            kind: .inspect,
            outcome: "ok",
            summary: "LOAD OK"
        ),
        "D-0007 inspect (street lighting) is settled: the check was performed, ok: LOAD OK",
        "D-0007（督查）“背街小巷照明”办结：督查已完成，结果正常：LOAD OK"
    ),
    Case(
        Fixture.entry("moot", reason: "superseded-by-act", kind: .supervise),
        "D-0007 supervise (street lighting) has become moot: somebody above acted",
        "D-0007（督办）“背街小巷照明”终止办理：上级已出面处理"
    ),
    Case(
        Fixture.entry("unattended", reason: "top-of-line", kind: .supervise),
        "D-0007 supervise of 张三 (housing) is overdue and nobody is above: it stays open until "
            + "somebody acts",
        "D-0007（督办）逾期，张三（住建局）之上再无上级可督办：保持未结，直至有人处理"
    ),
    Case(
        Fixture.entry(
            "find",
            reason: "finding",
            kind: .inspect,
            due: nil,
            summary: "DISK CRITICAL"
        ),
        "finding on street lighting by D-0007 inspect for 张三 (housing): DISK CRITICAL",
        "D-0007（督查）在“背街小巷照明”发现问题，责任单位张三（住建局）：DISK CRITICAL"
    ),
    Case(
        Fixture.entry("finish", reason: "performed", outcome: "warning", summary: "LOAD", job: 17),
        "job 17 of D-0007 account finished: warning: LOAD",
        "作业 17（D-0007）完成，结果警告：LOAD"
    ),
    Case(
        Fixture.entry("finish", reason: "gave-up", outcome: "timeout", count: 3, job: 17),
        "job 17 of D-0007 account was given up after 3 attempts: timeout",
        "作业 17（D-0007）尝试 3 次未成，停止重试，结果超时"
    ),
    Case(
        Fixture.entry("finish", reason: "delivered", outcome: "ok", job: 17),
        "job 17 of D-0007 account: the message was delivered: ok",
        "作业 17（D-0007）：通知已送达，结果正常"
    ),
    Case(
        Fixture.entry("finish", reason: "cancelled", outcome: "cancelled", job: 17),
        "job 17 of D-0007 account was cancelled",
        "作业 17（D-0007）已取消"
    ),
]

@Test func `who acts without being a person of the plan is an operator`() throws {
    var entry = Fixture.entry("resume", reason: "person", number: nil, kind: nil, note: "works")
    (entry.person, entry.personName) = (nil, nil)
    let english = try EntryText.line(entry, Fixture.rendering(.en))
    #expect(english == "an operator resumed street lighting (account): works")
    #expect(try EntryText.line(entry, Fixture.rendering(.zh)).hasPrefix("管理员恢复“背街小巷照明”"))
}

@Test func `slots that passed for several causes do not hide it`() throws {
    let entry = Fixture.entry("pass", reason: "overlap", number: nil, kind: nil, count: 2)
    let english = try EntryText.line(entry, Fixture.rendering(.en))
    #expect(english == "2 slots of street lighting (account) passed without a duty: several causes")
}

@Test(arguments: cases)
private func `an entry is one sentence in either language`(sample: Case) throws {
    #expect(try EntryText.line(sample.entry, Fixture.rendering(.en)) == sample.en)
    #expect(try EntryText.line(sample.entry, Fixture.rendering(.zh)) == sample.zh)
}

@Test func `the cases cover every action`() {
    #expect(Set(cases.map(\.entry.action)) == Set(MessageID.byAction.keys))
}

@Test func `a line of a history begins with number and time`() throws {
    let entry = Fixture.entry("accept", reason: "person")
    let line = try EntryText.stamped(entry, Fixture.rendering(.en))
    #expect(line.hasPrefix("#12 2020-10-12 09:00:07 李四 accepted"))
}

@Test(
    arguments: [
        ("unattended", DutyAPI.Kind.supervise, Int64?.none, nil, 2),
        ("open", .supervise, 9, nil, 3),
        ("open", .supervise, 7, nil, 4), ("open", .rectify, nil, nil, 5),
        ("open", .account, nil, nil, 6),
        ("pass", .account, nil, nil, 4), ("pause", .account, nil, nil, 5),
        ("tick", .account, nil, nil, 7), ("find", .inspect, nil, nil, 4),
        ("urge", .account, nil, nil, 5),
        ("finish", .inspect, nil, "critical", 4), ("finish", .inspect, nil, "warning", 5),
        ("finish", .inspect, nil, "ok", 6), ("finish", .inspect, nil, nil, 6),
        ("remind", .account, nil, nil, 6), ("submit", .account, nil, nil, 6),
        ("accept", .account, nil, nil, 6),
    ] as [(String, DutyAPI.Kind, Int64?, String?, Int)]
)
func `the journal knows how grave an entry is`(
    action: String,
    kind: DutyAPI.Kind,
    subject: Int64?,
    outcome: String?,
    priority: Int
) {
    let entry = Fixture.entry(
        action,
        reason: "person",
        kind: kind,
        subject: subject,
        outcome: outcome
    )
    #expect(JournalFields.priority(of: entry) == priority)
}

@Test(arguments: [("latest", 4), ("overlap", 4), ("paused", 6), ("gap-merged", 6)])
func `what should have run and did not is graver than what was not to be run`(
    cause: String,
    priority: Int
) {
    let entry = Fixture.entry("pass", reason: "catch-up", cause: cause)
    #expect(JournalFields.priority(of: entry) == priority)
}

@Test func `the journal has the fields of an entry but never a person's words`() throws {
    let entry = Fixture.entry("submit", reason: "person", note: "private words")
    let fields = try JournalFields.fields(for: entry, root: "abcd", Fixture.rendering(.en))
    let byName = Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first }
    #expect(byName["MESSAGE"] == "李四 submitted D-0007 account (street lighting)")
    #expect(byName["MESSAGE_ID"] == MessageID.byAction["submit"])
    #expect(byName["DUBAN_DUTY"] == "D-0007")
    #expect(byName["DUBAN_DUE"] == "2020-10-12T09:00:11+08:00")
    #expect(byName["DUBAN_UID"] == "1000")
    #expect(byName["DUBAN_LEDGER_SEQ"] == "12")
    #expect(byName["DUBAN_LEDGER_ROOT"] == "abcd")
    #expect(!fields.contains { $0.value.contains("private") })
    #expect(fields.count == byName.count)
}
