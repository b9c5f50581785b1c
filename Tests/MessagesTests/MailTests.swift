import CivilTime
import DubanAPI
import Foundation
import Messages
import Testing

private func input(
    _ matter: DeliverInput.Matter = .overdue,
    duty: DutyAPI.Duty = Fixture.duty(due: Fixture.at(8), lateWorkdays: 2),
    to: String = "zhangsan@example.org",
    toName: String = "张三",
    ordinal: String = "r1.c1.n2",
    domain: String = "host.example.org"
) -> DeliverInput {
    DeliverInput(
        to: to,
        toName: toName,
        matter: matter,
        duty: duty,
        note: "第一行\nsecond \u{1B} line",
        nextMicros: Fixture.at(24),
        nextName: "李四",
        passed: 2,
        ordinal: ordinal,
        domain: domain,
        from: "duban@host.example.org",
        atMicros: Fixture.at(9, 0, 6),
        ledgerSize: 42,
        ledgerRoot: "00ff"
    )
}

private let python = "/usr/bin/python3"

/// Prints what Python's own parser reads: defects, headers, then the body.
private let reader = """
    import sys, email, email.policy
    def out(*words): sys.stdout.write(" ".join(map(str, words)) + "\\n")
    m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
    out("defects", [str(d) for d in m.defects] + [str(d) for v in m.values() for d in v.defects])
    for name, value in m.items(): out(name + ": " + str(value))
    out("to", [a.addr_spec + "|" + a.display_name for a in m["To"].addresses])
    out("--")
    sys.stdout.write(m.get_content())
    """

private func read(_ message: String) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-X", "utf8", "-c", reader]
    let stdin = Pipe()
    let stdout = Pipe()
    process.standardInput = stdin
    process.standardOutput = stdout
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(message.utf8))
    try stdin.fileHandleForWriting.close()
    let data = try #require(try stdout.fileHandleForReading.readToEnd())
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self).components(separatedBy: "\n")
}

@Test(.enabled(if: FileManager.default.isExecutableFile(atPath: python)))
func `another parser reads the headers and the body`() throws {
    let lines = try read(Mail.message(input(), zone: Fixture.shanghai()))
    #expect(lines.first == "defects []")
    let expected = [
        "From: duban <duban@host.example.org>",
        "To: 张三 <zhangsan@example.org>",
        "Subject: [逾期提醒][D-0007] 背街小巷照明 逾期2个工作日 / overdue, due 2020-10-12 Mon 08:00",
        "Date: Mon, 12 Oct 2020 09:00:06 +0800",
        "Message-ID: <duty.D-0007.r1.c1.n2@host.example.org>",
        "In-Reply-To: <duty.D-0007@host.example.org>",
        "References: <duty.D-0007@host.example.org>",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: OOF, AutoReply",
        "List-Id: <wenming.host.example.org>",
        "X-Duban-Duty: D-0007",
        "X-Duban-Matter: overdue",
        "X-Duban-Unit: housing",
        "Content-Language: zh-CN, en",
        "to ['zhangsan@example.org|张三']",
    ]
    for line in expected {
        #expect(lines.contains(line), "\(line)")
    }
}

@Test(.enabled(if: FileManager.default.isExecutableFile(atPath: python)))
func `the body has its parts in order in both languages and ends with the ledger head`() throws {
    let lines = try read(Mail.message(input(), zone: Fixture.shanghai()))
    let body = Array(lines.drop { $0 != "--" }.dropFirst())
    let parts = [
        "张三：D-0007 已经逾期，请尽快办结。", "事项：D-0007（交账） 背街小巷照明",
        "责任人：张三（住建局），岗位 housing.head", "期限：2020-10-12 周一 08:00，逾期2个工作日",
        "验收标准：", "  dubanctl submit D-0007 --note TEXT",
        "如未办结，将于 2020-10-12 周一 24:00 提请李四督办。", "  > 第一行", "  > second \\x1b line",
        "张三: D-0007 is overdue.", "What is owed: D-0007 account street lighting",
        "Due: 2020-10-12 Mon 08:00, 2wd late", "  - lamps_lit >= 99 %",
        "If it is not settled, 李四 is asked to act at 2020-10-12 Mon 24:00.",
        "2 thresholds passed while the service was down.",
        "存证日志首部 / ledger head (size, root): 42 00ff",
    ]
    var rest = body[...]
    for part in parts {
        let place = try #require(rest.firstIndex(of: part), "\(part) in \(body)")
        rest = rest[(place + 1)...]
    }
    #expect(rest.allSatisfy { $0.isEmpty })
}

@Test(arguments: DeliverInput.Matter.allCases)
func `every message has short lines of ASCII and is the same when made again`(
    matter: DeliverInput.Matter
) throws {
    let zone = try Fixture.shanghai()
    var duty = Fixture.duty()
    duty.itemNames = Names(zh: String(repeating: "创建省级文明城市", count: 20))
    let message = try Mail.message(input(matter, duty: duty), zone: zone)
    #expect(message.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    for line in message.split(separator: "\n") {
        #expect(line.utf8.count <= 76, "\(line)")
    }
    #expect(try Mail.message(input(matter, duty: duty), zone: zone) == message)
}

@Test func `a message of a superior's duty joins the thread of the duty at the bottom`() throws {
    let duty = Fixture.duty(9, kind: .supervise, subject: 7, root: 7, settledBy: ["urge"])
    let message = try Mail.message(input(.opened, duty: duty), zone: Fixture.shanghai())
    #expect(message.contains("\nMessage-ID: <duty.D-0009.r1.c1.n2@host.example.org>\n"))
    #expect(message.contains("\nReferences: <duty.D-0007@host.example.org>\n"))
}

@Test(arguments: [
    input(to: "a@b\nBcc: c@d"), input(toName: "Eve\r\nBcc: c@d"), input(to: "no address"),
    input(to: "-oQ/tmp@x"), input(ordinal: "a b"), input(domain: "x>\u{0}"), input(domain: ""),
    input(toName: "a\u{85}b"), input(to: "a@b, c@d"), input(to: "张三@example.org"),
])
func `a header that would carry what it must not is refused`(input: DeliverInput) throws {
    let zone = try Fixture.shanghai()
    #expect(throws: MailError.self) { try Mail.message(input, zone: zone) }
}

@Test func `a control character in an item is refused in the subject`() throws {
    var duty = Fixture.duty()
    duty.itemNames = Names(zh: "a\nBcc: x@y")
    let zone = try Fixture.shanghai()
    #expect(throws: MailError.controlCharacter(header: "Subject")) {
        try Mail.message(input(duty: duty), zone: zone)
    }
}
