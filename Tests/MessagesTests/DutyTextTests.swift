import DubanAPI
import Messages
import Testing

@Test(arguments: [Language.en, .zh])
func `columns line up whatever script they hold`(language: Language) throws {
    let duties = [
        Fixture.duty(), Fixture.duty(9, kind: .supervise, due: Fixture.at(11), subject: 7, root: 7),
        Fixture.duty(12_345, state: .accepted, late: true),
    ]
    let lines = try DutyText.table(duties, legend: true, Fixture.rendering(language))
    #expect(lines.count == 6)
    let starts = lines.prefix(4).map { line in
        let wanted: Character = language == .zh ? "2" : "2"
        let place = line.firstIndex(of: wanted).map { String(line[..<$0]) }
        return place.map { DisplayWidth.of($0) }
    }
    // "2020-…" begins the fourth column of each row; the number 12345 holds a 2 as well.
    #expect(starts[1] == starts[2])
    #expect(lines[5] == (language == .zh ? "共列出 3 项。" : "3 duties listed."))
    #expect(try DutyText.table(duties, legend: false, Fixture.rendering(language)).count == 3)
}

@Test(arguments: [
    (Fixture.at(11, 0, 6), 0, "in 2h", "2小时后"), (Fixture.at(9, 1, 7), 0, "in 1min 1s", "1分1秒后"),
    (Fixture.at(9, 0, 1), 0, "5s late", "逾期5秒"), (Fixture.at(-90), 3, "3wd late", "逾期3个工作日"),
    (Fixture.at(81, 0, 6), 0, "in 3d", "3天后"), (Fixture.at(9, 0, 6), 0, "0s late", "逾期0秒"),
])
func `what is left reads as people say it`(
    due: Int64,
    workdays: Int64,
    en: String,
    zh: String
) throws {
    let duty = Fixture.duty(due: due, lateWorkdays: workdays)
    #expect(try Fixture.rendering(.en).left(duty) == en)
    #expect(try Fixture.rendering(.zh).left(duty) == zh)
}

@Test(arguments: [
    (Fixture.at(24), "2020-10-12 Mon 24:00"), (Fixture.at(0), "2020-10-11 Sun 24:00"),
    (Fixture.at(9, 30), "2020-10-12 Mon 09:30"), (Fixture.at(9, 0, 6), "2020-10-12 Mon 09:00:06"),
])
func `a due date at midnight is the end of the day before`(due: Int64, text: String) throws {
    #expect(try Fixture.rendering(.en).due(due, zone: Fixture.zoneName) == text)
}

@Test func `a zone that is not known is read as UTC and says so`() throws {
    let text = try Fixture.rendering(.en).moment(Fixture.at(8), zone: "Mars/Olympus")
    #expect(text == "2020-10-12 Mon 00:00 UTC")
}

@Test(arguments: [
    (["submit"], Int64?.none, Int64(9), ["dubanctl submit D-0009 --note TEXT"]),
    (
        ["accept", "return"], 7, 7,
        ["dubanctl accept D-0007", "dubanctl return D-0007 --reason TEXT"]
    ),
    (["urge"], 8, 7, ["dubanctl urge D-0007"]), ([], nil, 9, []),
])
func `a superior's command names the subject`(
    verbs: [String],
    subject: Int64?,
    root: Int64,
    commands: [String]
) {
    let duty = Fixture.duty(9, kind: .review, subject: subject, root: root, settledBy: verbs)
    #expect(Remedy.commands(for: duty) == commands)
}

@Test func `todo names each duty with the command that settles it`() throws {
    let reply = DutyAPI.TodoReply(person: "p-014", personName: "张三", duties: [Fixture.duty()])
    let lines = try DutyText.todo(reply, Fixture.rendering(.en))
    #expect(lines[0] == "张三 owes 1 duty, soonest first:")
    #expect(lines[2] == "D-0007 account street lighting, due 2020-10-12 Mon 09:00:06, 0s late")
    #expect(lines[3] == "    dubanctl submit D-0007 --note TEXT")
    let none = DutyAPI.TodoReply(person: "p-014", personName: "张三", duties: [])
    #expect(try DutyText.todo(none, Fixture.rendering(.zh)) == ["张三目前没有待办事项。"])
}

@Test func `detail keeps the lines of a note and shows its control characters`() throws {
    var duty = Fixture.duty()
    duty.note = "first\nsecond \u{202E}turned\u{7}"
    let lines = try DutyDetail.lines(duty, Fixture.rendering(.en))
    #expect(lines.contains { $0.hasSuffix("Note: first") })
    #expect(lines.contains { $0.hasSuffix(" second \\u202eturned\\x07") })
    #expect(!lines.joined().unicodeScalars.contains { $0.value == 0x202E || $0.value < 0x20 })
}

@Test func `colour stands around late rows only`() throws {
    let duties = [Fixture.duty(due: Fixture.at(8)), Fixture.duty(8, due: Fixture.at(10))]
    let rendering = try Fixture.rendering(.en, colour: true)
    let lines = DutyText.table(duties, legend: false, rendering)
    #expect(lines[0].hasPrefix("\u{1B}[31m") && lines[0].hasSuffix("\u{1B}[0m"))
    #expect(!lines[1].contains("\u{1B}"))
}

@Test(
    arguments: [
        ("D-0137", 137), ("d-137", 137), ("137", 137), ("D-12345", 12_345), ("", nil), ("D-", nil),
        ("0", nil),
        ("-3", nil), ("D-1x", nil), ("99999999999999999999", nil), ("٣", nil),
    ] as [(String, Int64?)]
)
func `a number is read as people write it`(text: String, number: Int64?) {
    #expect(DutyNumber.parse(text) == number)
    if let number {
        #expect(DutyNumber.parse(DutyNumber.text(number)) == number)
    }
}

@Test(
    arguments: [
        ("NoSuchDuty", 4), ("NoSuchProgramme", 4), ("WrongState", 5), ("NotAllowed", 5),
        ("PermissionDenied", 5), ("NotAccepting", 5), ("AlreadyAdopted", 5), ("BadArgument", 1),
        ("InvalidParameter", 1), ("RequestConflict", 1), ("SomethingNew", 1),
    ] as [(String, Int32)]
)
func `a refusal has its exit code and one line in either language`(name: String, code: Int32) {
    let refusal = Refusal(
        error: "io.duban.Duty." + name,
        parameters: ["number": "99", "message": "a\nb", "state": "open"]
    )
    #expect(refusal.exitCode == code)
    for language in Language.allCases {
        let line = refusal.line(language)
        #expect(!line.isEmpty && !line.contains("\n"))
    }
}

@Test func `a missing duty is named as people write it`() {
    let refusal = Refusal(error: "io.duban.Duty.NoSuchDuty", parameters: ["number": "99"])
    #expect(refusal.line(.en) == "no duty has the number D-0099")
    #expect(refusal.line(.zh) == "没有编号为 D-0099 的事项")
}
