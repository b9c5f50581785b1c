import DubanAPI
import Messages
import Testing

private let id = "wenming/env.lighting/inspect.lamps"

private func schedule(
    state: ScheduleAPI.State = .active,
    next: Int64? = Fixture.at(33),
    number: Int64? = 7
) -> ScheduleAPI.Schedule {
    let pause = ScheduleAPI.CurrentPause(
        sinceMicros: Fixture.at(9),
        untilMicros: Fixture.at(57),
        person: "p-003",
        personName: "李四",
        reason: "施工"
    )
    return ScheduleAPI.Schedule(
        schedule: id,
        programme: "wenming",
        item: "env.lighting",
        itemNames: Names(en: "street lighting", zh: "背街小巷照明"),
        role: "inspect.lamps",
        kind: "inspect",
        unit: "housing",
        unitNames: Names(en: "housing", zh: "住建局"),
        rule: "*-*-* 09:00:00",
        within: "2wd",
        zone: Fixture.zoneName,
        calendar: "cn",
        state: state,
        nextMicros: next,
        lastMicros: Fixture.at(9),
        lastDisposition: number == nil ? "skipped" : "opened",
        lastCause: number == nil ? "paused" : nil,
        lastNumber: number,
        activatedMicros: 0,
        plannedMicros: Fixture.at(9),
        catchUp: "latest",
        overlap: "skip",
        pause: state == .paused ? pause : nil
    )
}

@Test func `schedules stand in a table with next and last slots`() throws {
    let schedules = [
        schedule(), schedule(state: .paused, number: nil), schedule(state: .ended, next: nil),
    ]
    let english = try ScheduleText.table(schedules, legend: true, Fixture.rendering(.en))
    #expect(english[1].hasPrefix("2020-10-13 Tue 09:00 in 23h 59min 2020-10-12 Mon 09:00 D-0007"))
    // The slot that a pause will skip is not the next one.
    #expect(english[2].hasPrefix("-                               - 2020-10-12 Mon 09:00 skipped"))
    #expect(english[2].contains("skipped paused until 2020-10-14 Wed 09:00 housing " + id))
    #expect(english[3].hasPrefix("-                               - 2020-10-12 Mon 09:00 D-0007"))
    #expect(english[5] == "3 schedules listed.")
    let after = schedule(state: .paused, next: Fixture.at(60), number: nil)
    let chinese = try ScheduleText.table(
        [schedule(), after],
        legend: true,
        Fixture.rendering(.zh)
    )
    expectAligned(chinese[1...2], columns: 3)
    expectChinese(chinese, apartFrom: [id])
    let ends = english[1...3].map { $0.hasSuffix("09:00:00") }
    #expect(ends == [true, true, true])
}

@Test func `an explanation gives the verdict, its ground, and the rule field by field`() throws {
    let reply = ScheduleAPI.ExplainReply(
        schedule: schedule(),
        atMicros: Fixture.at(9),
        utc: "2020-10-12T01:00:00Z",
        local: "2020-10-12T09:00:00+08:00",
        verdict: .skipped,
        cause: "paused",
        number: 7,
        seq: 12,
        nominal: "2020-10-12 09:00:00",
        slotMicros: Fixture.at(9),
        actualMicros: Fixture.at(9, 0, 1),
        previousMicros: Fixture.at(-15),
        nextMicros: Fixture.at(33),
        revision: 2,
        revisionDigest: "00ff",
        fields: [
            ScheduleAPI.Field(name: "date", asked: "*-*-*", shown: "2020-10-12", matches: true),
            ScheduleAPI.Field(name: "time", asked: "09:00:00", shown: "08:30:00", matches: false),
        ]
    )
    #expect(
        try ExplainText.lines(reply, legend: true, Fixture.rendering(.en)) == [
            "     Schedule: " + id + " (street lighting)",
            "         Rule: *-*-* 09:00:00",
            "         Zone: Asia/Shanghai",
            "Work calendar: cn",
            "        State: active",
            "        Asked: 2020-10-12 Mon 09:00:00 +08:00, 2020-10-12 01:00:00Z",
            "      Verdict: it was skipped: the schedule was paused",
            "         Slot: 2020-10-12 Mon 09:00",
            "         Duty: D-0007",
            "       Record: #12",
            "         Plan: revision 2, sha256:00ff",
            "  Slot before: 2020-10-11 Sun 09:00",
            "   Slot after: 2020-10-13 Tue 09:00",
            "",
            "FIELD ASKED    SHOWN      MATCH",
            "date  *-*-*    2020-10-12 yes",
            "time  09:00:00 08:30:00   no",
        ]
    )
    let chinese = try ExplainText.lines(reply, legend: true, Fixture.rendering(.zh))
    #expect(chinese[6] == "    结论: 已跳过：日程暂停期间")
    expectAligned(chinese[14...], columns: 4)
    expectChinese(chinese, apartFrom: [id, Fixture.zoneName, "cn", "sha256:00ff"])
}

@Test func `times of several zones say whose clocks they are`() throws {
    var other = schedule()
    other.zone = "UTC"
    let rendering = try Fixture.rendering(.en)
    let mixed = ScheduleText.table([schedule(), other], legend: true, rendering)
    #expect(mixed[0].contains(" ZONE          SCHEDULE"))
    #expect(mixed[1].contains(" Asia/Shanghai " + id) && mixed[2].contains(" UTC           " + id))
    let single = ScheduleText.table([schedule()], legend: true, rendering)
    #expect(!single[0].contains("ZONE"))
}

@Test func `a period is told by the end of its last day, a slot to come by what will be`() throws {
    var account = schedule(next: Fixture.at(24))
    account.within = nil
    account.lastMicros = Fixture.at(0)
    let table = try ScheduleText.table([account], legend: false, Fixture.rendering(.en))
    #expect(table[0].hasPrefix("2020-10-12 Mon 24:00 in 14h 59min 2020-10-11 Sun 24:00 D-0007"))
    var reply = ScheduleAPI.ExplainReply(
        schedule: account,
        atMicros: Fixture.at(24),
        utc: "2020-10-12T16:00:00Z",
        local: "2020-10-13T00:00:00+08:00",
        verdict: .future,
        nominal: "2020-D29",
        slotMicros: Fixture.at(24),
        actualMicros: Fixture.at(23),
        fields: [ScheduleAPI.Field(name: "weekday", asked: "Thu", shown: "Thu", matches: true)]
    )
    let english = try ExplainText.lines(reply, legend: true, Fixture.rendering(.en))
    #expect(english.contains("         Slot: 2020-D29 (2020-10-12 Mon 24:00)"))
    #expect(english.contains("        Opens: 2020-10-12 Mon 23:00"))
    let chinese = try ExplainText.lines(reply, legend: true, Fixture.rendering(.zh))
    #expect(chinese.last == "星期 Thu      周四 是")
    reply.verdict = .skipped
    let ahead = try ExplainText.lines(reply, legend: true, Fixture.rendering(.en))
    #expect(ahead[6] == "      Verdict: it will be skipped")
    #expect(!ahead.contains { $0.contains("Opens") })
}

@Test(arguments: ScheduleAPI.Verdict.allCases)
func `every verdict is told in either language`(verdict: ScheduleAPI.Verdict) throws {
    let reply = ScheduleAPI.ExplainReply(
        schedule: schedule(),
        atMicros: Fixture.at(9),
        utc: "2020-10-12T01:00:00Z",
        local: "2020-10-12T09:00:00+08:00",
        verdict: verdict,
        fields: []
    )
    for language in Language.allCases {
        let lines = try ExplainText.lines(reply, legend: true, Fixture.rendering(language))
        let word = Glossary.word(.verdict, verdict.rawValue, language)
        #expect(lines[6].hasSuffix(": " + word) && word != verdict.rawValue)
    }
}

@Test func `acts on schedules answer with one line`() throws {
    let (en, zh) = (try Fixture.rendering(.en), try Fixture.rendering(.zh))
    let paused = schedule(state: .paused)
    #expect(
        ScheduleText.paused(paused, seq: 5, en)
            == id + " is paused until 2020-10-14 Wed 09:00; record #5"
    )
    #expect(ScheduleText.paused(paused, seq: 5, zh) == id + " 已暂停至 2020-10-14 周三 09:00；记录 #5")
    #expect(
        ScheduleText.resumed(schedule(), seq: 6, en)
            == id + " goes on; next 2020-10-13 Tue 09:00; record #6"
    )
    #expect(ScheduleText.resumed(schedule(next: nil), seq: 6, zh) == id + " 已恢复；下次 无；记录 #6")
}

@Test func `a backfill tells what was opened and what was passed over`() throws {
    let reply = ScheduleAPI.BackfillReply(
        schedule: id,
        opened: [7, 8],
        passed: [
            ScheduleAPI.Passed(
                cause: "opened",
                firstMicros: Fixture.at(9),
                lastMicros: Fixture.at(9),
                count: 1
            ),
            ScheduleAPI.Passed(
                cause: "not-passed",
                firstMicros: Fixture.at(9),
                lastMicros: Fixture.at(33),
                count: 2
            ),
        ],
        throughMicros: Fixture.at(33),
        seq: 9
    )
    let zone = Fixture.zoneName
    #expect(
        ScheduleText.backfilled(reply, zone: zone, try Fixture.rendering(.en)) == [
            id + ": 2 duties opened: D-0007, D-0008; record #9",
            "  passed over 1: opened when it was due, 2020-10-12 Mon 09:00",
            "  passed over 2: neither skipped nor missed, 2020-10-12 Mon 09:00 to "
                + "2020-10-13 Tue 09:00",
        ]
    )
    let chinese = ScheduleText.backfilled(reply, zone: zone, try Fixture.rendering(.zh))
    expectChinese(chinese, apartFrom: [id])
}

@Test func `a difference shows dates in the zone that the rule names`() throws {
    let slot = PlanAPI.Slot(
        nominal: "2020-10-13 09:00:00",
        openMicros: Fixture.at(33),
        dueMicros: Fixture.at(33),
        provisional: false
    )
    let change = PlanAPI.Change(
        schedule: id,
        item: "env.lighting",
        itemNames: Names(),
        unit: "housing",
        unitNames: Names(),
        fate: .removed,
        oldRule: "*-*-* 01:00:00 UTC",
        appear: [],
        vanish: [slot],
        moved: [],
        truncated: false
    )
    let reply = PlanAPI.DiffReply(
        programme: "wenming",
        digest: "00",
        zone: Fixture.zoneName,
        fromMicros: Fixture.at(9),
        untilMicros: Fixture.at(33),
        changes: [change],
        kept: 0
    )
    #expect(PlanDiffText.zones(reply) == ["UTC", Fixture.zoneName])
    let lines = PlanDiffText.lines(reply, legend: false, try Fixture.rendering(.en))
    #expect(lines.last == "    vanishes 2020-10-13 09:00:00 due 2020-10-13 Tue 01:00")
}

@Test func `a difference of plans names what appears, vanishes and moves`() throws {
    let slot = PlanAPI.Slot(
        nominal: "2020-10-13 09:00:00",
        openMicros: Fixture.at(33),
        dueMicros: Fixture.at(48),
        provisional: true
    )
    let move = PlanAPI.Move(
        nominal: "2020-10",
        oldOpenMicros: 0,
        oldDueMicros: Fixture.at(24),
        openMicros: 0,
        dueMicros: Fixture.at(48)
    )
    let change = PlanAPI.Change(
        schedule: id,
        item: "env.lighting",
        itemNames: Names(en: "street lighting", zh: "背街小巷照明"),
        unit: "housing",
        unitNames: Names(en: "housing", zh: "住建局"),
        fate: .changed,
        oldRule: "Mon *-*-* 09:00:00",
        newRule: "Tue *-*-* 09:00:00",
        appear: [slot],
        vanish: [slot],
        moved: [move],
        truncated: true
    )
    let reply = PlanAPI.DiffReply(
        programme: "wenming",
        digest: "00",
        oldDigest: "01",
        zone: Fixture.zoneName,
        fromMicros: Fixture.at(9),
        untilMicros: Fixture.at(33),
        changes: [change],
        kept: 3
    )
    #expect(
        PlanDiffText.lines(reply, legend: true, try Fixture.rendering(.en)) == [
            "programme wenming; slots from 2020-10-12 Mon 09:00 to 2020-10-13 Tue 09:00",
            "",
            "changed " + id + " (housing, street lighting)",
            "  - Mon *-*-* 09:00:00",
            "  + Tue *-*-* 09:00:00",
            "    vanishes 2020-10-13 09:00:00 due 2020-10-13 Tue 24:00",
            "    appears  2020-10-13 09:00:00 due 2020-10-13 Tue 24:00~",
            "    moves    2020-10             due 2020-10-12 Mon 24:00 → 2020-10-13 Tue 24:00",
            "    and more",
            "",
            "Schedules: 0 added, 0 removed, 1 changed, 3 stay as they are.",
        ]
    )
    let chinese = PlanDiffText.lines(reply, legend: true, try Fixture.rendering(.zh))
    expectChinese(chinese, apartFrom: [id, "wenming", "Mon *", "Tue *"])
    expectAligned(chinese[5...7], columns: 2)
}

@Test(
    arguments: [
        ("io.duban.Schedule.NoSuchSchedule", ["schedule": "p/i/r"], Int32(4), "p/i/r"),
        (
            "io.duban.Schedule.WrongState",
            ["schedule": "p/i/r", "state": "active", "message": "m"], 5, "p/i/r is active: m"
        ),
        ("io.duban.Plan.AlreadyAdopted", ["id": "p", "digest": "0"], 5, "in force already"),
    ] as [(String, [String: String], Int32, String)]
)
func `a refusal about schedules is one line and has its exit code`(
    error: String,
    parameters: [String: String],
    code: Int32,
    part: String
) {
    let refusal = Refusal(error: error, parameters: parameters)
    #expect(refusal.exitCode == code)
    #expect(refusal.line(.en).contains(part))
    expectChinese([refusal.line(.zh)], apartFrom: ["dubanctl schedules"])
}
