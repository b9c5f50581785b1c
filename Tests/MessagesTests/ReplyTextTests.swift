import DubanAPI
import Messages
import Testing

private func occurrence(
    dueDay: String?,
    local: String,
    due: Int64,
    provisional: Bool = false,
    cause: String? = nil
) -> ScheduleAPI.Occurrence {
    ScheduleAPI.Occurrence(
        schedule: "wenming/env.lighting/account",
        programme: "wenming",
        item: "env.lighting",
        itemNames: Names(en: "street lighting", zh: "背街小巷照明"),
        role: "account",
        kind: "account",
        unit: "housing",
        unitNames: Names(zh: "住建局"),
        period: "2020-D29",
        nominal: "2020-D29",
        openMicros: due,
        dueMicros: due,
        utc: "",
        local: local,
        zone: Fixture.zoneName,
        dueDay: dueDay,
        provisional: provisional,
        foreseen: cause == nil ? .opened : .skipped,
        cause: cause
    )
}

@Test func `the agenda shows local due dates and counts them`() throws {
    let occurrences = [
        occurrence(dueDay: nil, local: "2020-10-12T11:00:06+08:00", due: Fixture.at(11, 0, 6)),
        occurrence(
            dueDay: "2020-10-12",
            local: "2020-10-13T00:00:00+08:00",
            due: Fixture.at(24),
            provisional: true
        ),
    ]
    var reply = ScheduleAPI.AgendaReply(occurrences: occurrences, truncated: false)
    let lines = try AgendaText.table(reply, legend: true, Fixture.rendering(.en))
    #expect(lines[1].hasPrefix("2020-10-12 Mon 11:00:06        in 2h account 住建局 2020-D29"))
    #expect(lines[2].hasPrefix("2020-10-12 Mon 24:00~   in 14h 59min account"))
    #expect(lines[4] == "2 due dates listed.")
    #expect(lines[5].hasPrefix("~"))
    #expect(try AgendaText.table(reply, legend: false, Fixture.rendering(.zh)).count == 2)
    reply.truncated = true
    #expect(try AgendaText.table(reply, legend: true, Fixture.rendering(.en)).count == 7)
    reply.occurrences.append(
        occurrence(dueDay: "2020-10-12", local: "", due: Fixture.at(24), cause: "paused")
    )
    let noted = try AgendaText.table(reply, legend: false, Fixture.rendering(.en))
    #expect(noted[2].hasSuffix("will be skipped: the schedule was paused"))
}

private func status(
    mode: String = "running",
    trouble: String? = nil,
    held: ControlAPI.HeldClock? = nil,
    alarms: [ControlAPI.Alarm] = []
) -> ControlAPI.GetStatusReply {
    ControlAPI.GetStatusReply(
        version: "0.1.0",
        mode: mode,
        trouble: trouble,
        startedMicros: Fixture.at(9),
        nowMicros: Fixture.at(9, 0, 6),
        programmes: ["wenming"],
        dutiesUnsettled: 3,
        dutiesLate: 1,
        dutiesTotal: 9,
        unattended: [7],
        jobsReady: 0,
        jobsLeased: 1,
        jobsQuarantined: 0,
        jobsTotal: 4,
        findings: 1,
        workers: 1,
        records: 40,
        root: "abcd",
        origin: "duban/host",
        journal: true,
        zone: Fixture.zoneName,
        held: held,
        timeData: "2026f",
        alarms: alarms
    )
}

@Test func `the status tells of a clock that leapt and of time data that cannot be read`() throws {
    let held = ControlAPI.HeldClock(
        sinceMicros: Fixture.at(9 + 49),
        expectedMicros: Fixture.at(9)
    )
    let alarm = ControlAPI.Alarm(
        kind: .zoneUnreadable,
        subject: "Europe/Berlin",
        detail: "EIO",
        sinceMicros: Fixture.at(9)
    )
    let reply = status(held: held, alarms: [alarm])
    let lines = try StatusText.lines(reply, place: "/run/x", Fixture.rendering(.en))
    let clock =
        "Clock: leapt ahead by 2d 1h, expected 2020-10-12 Mon 09:00: catch-up and alarms wait"
    #expect(lines[1].contains(clock) && lines[1].hasSuffix("dubanctl release-clock"))
    let unreadable = "Alarm: Europe/Berlin: zone not readable, the old data stay in use"
    #expect(lines[2].hasSuffix(unreadable + ", since 2020-10-12 Mon 09:00: EIO"))
    let chinese = try StatusText.lines(reply, place: "/run/x", Fixture.rendering(.zh))
    #expect(chinese[1].contains("时钟: 突然前跳 2天1小时，应为 2020-10-12 周一 09:00"))
    #expect(chinese[2].hasSuffix("时区数据无法读取，沿用旧数据，自 2020-10-12 周一 09:00：EIO"))
}

@Test func `the first line of the status says it all`() throws {
    let lines = try StatusText.lines(status(), place: "/run/x", Fixture.rendering(.en))
    #expect(lines[0] == "duban 0.1.0 running on /run/x, started 6s ago")
    #expect(lines.contains { $0.hasSuffix("Duties: 9, 6 settled, 1 late") })
    #expect(lines.contains { $0.hasSuffix("Unattended: D-0007") })
    let full = try StatusText.lines(
        status(mode: "disk-full", trouble: "no space left"),
        place: "/run/x",
        Fixture.rendering(.zh)
    )
    #expect(full[0].contains("磁盘已满"))
    #expect(full[1].hasSuffix("no space left"))
}

@Test(
    arguments: [
        ("duban/host", false, 0, ["ledger duban/host: 40 records verified", "root: abcd"]),
        ("duban/host", false, 2, ["ledger duban/host: NOT VERIFIED, 2 problems"]),
        (
            "simulation/host", false, 0,
            [
                "SIMULATION: no real ledger", "ledger simulation/host: 40 records verified",
                "root: abcd",
            ]
        ),
        (
            "duban/host", true, 0,
            ["SIMULATION: no real ledger", "ledger duban/host: 40 records verified", "root: abcd"]
        ),
    ] as [(String, Bool, Int, [String])]
)
func `a verdict says at once what it is worth`(
    origin: String,
    simulation: Bool,
    problems: Int,
    lines: [String]
) {
    func verdict(pinned: Bool) -> LedgerText.Verdict {
        LedgerText.Verdict(
            origin: origin,
            size: 40,
            root: "abcd",
            problems: problems,
            isSimulation: simulation,
            isPinned: pinned
        )
    }
    #expect(LedgerText.online(verdict(pinned: true), .en) == lines)
    #expect(LedgerText.offline(verdict(pinned: true), .en) == lines)
    let unpinned = LedgerText.offline(verdict(pinned: false), .en)
    #expect(unpinned.count == lines.count + (problems == 0 ? 1 : 0))
}

@Test func `an act's reply is one line`() throws {
    let rendering = try Fixture.rendering(.zh)
    let duty = Fixture.duty(state: .submitted)
    let line = DutyText.done(duty, opened: [12], settled: [9, 11], seq: 45, rendering)
    #expect(line == "D-0007（交账） 待审核；派生 D-0012；办结 D-0009, D-0011；记录 #45")
}

@Test func `a chain shows the duties about a duty and the line above`() throws {
    let reply = DutyAPI.ChainReply(
        duty: Fixture.duty(),
        duties: [
            Fixture.duty(), Fixture.duty(9, kind: .supervise, subject: 7, root: 7),
            Fixture.duty(11, kind: .supervise, subject: 9, root: 7),
        ],
        superiors: [
            DutyAPI.Superior(
                post: "sponsor-env/head",
                person: "p-003",
                personName: "李四",
                unit: "sponsor-env",
                unitNames: Names(en: "environment group")
            )
        ]
    )
    let lines = try DutyDetail.chain(reply, Fixture.rendering(.en))
    #expect(lines.count == 5)
    #expect(lines[0].hasPrefix("D-0007 account, 张三 (housing), open, due"))
    #expect(lines[1].hasPrefix("├─ D-0009 supervise"))
    #expect(lines[2].hasPrefix("└─ D-0011 supervise"))
    #expect(lines[4] == "Line above: 李四 (environment group)")
}
