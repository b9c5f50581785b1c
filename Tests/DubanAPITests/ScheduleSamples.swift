import DubanAPI

extension MessageCase {
    private static let id = "p/i/account"

    static let occurrence = ScheduleAPI.Occurrence(
        schedule: id,
        programme: "p",
        item: "i",
        itemNames: names,
        role: "account",
        kind: "account",
        unit: "u",
        unitNames: names,
        period: "2020-09",
        nominal: "2020-10-01 00:00:00",
        openMicros: 1,
        dueMicros: 2,
        utc: "a",
        local: "b",
        zone: "Asia/Shanghai",
        dueDay: "2020-09-30",
        provisional: false,
        foreseen: .skipped,
        cause: "gap-merged",
        clockMark: .merged
    )

    static let schedule = ScheduleAPI.Schedule(
        schedule: id,
        programme: "p",
        item: "i",
        itemNames: names,
        role: "account",
        kind: "account",
        unit: "u",
        unitNames: names,
        rule: "Mon *-*-* 09:00:00",
        within: "2wd",
        zone: "Asia/Shanghai",
        calendar: "cn",
        state: .paused,
        nextMicros: 3,
        nextUtc: "a",
        nextLocal: "b",
        lastMicros: 1,
        lastDisposition: "skipped",
        lastCause: "paused",
        lastNumber: 7,
        activatedMicros: 0,
        plannedMicros: 2,
        catchUp: "window=7d",
        overlap: "queue-one",
        jitterMicros: 4,
        pause: ScheduleAPI.CurrentPause(
            sinceMicros: 1,
            untilMicros: 5,
            person: "p-1",
            personName: "张三",
            reason: "works"
        )
    )

    static let schedules: [MessageCase] = {
        let field = ScheduleAPI.Field(name: "weekday", asked: "Mon", shown: "Tue", matches: false)
        let passed = ScheduleAPI.Passed(cause: "opened", firstMicros: 1, lastMicros: 2, count: 2)
        return [
            .call(
                "io.duban.Schedule.List",
                ScheduleAPI.ListCall(programme: "p", unit: "u", after: id, limit: 2)
            ),
            .reply(
                "io.duban.Schedule.List",
                ScheduleAPI.ListReply(schedules: [schedule], next: id)
            ),
            .call("io.duban.Schedule.Get", ScheduleAPI.GetCall(schedule: id)),
            .reply("io.duban.Schedule.Get", ScheduleAPI.GetReply(schedule: schedule)),
            .call(
                "io.duban.Schedule.Agenda",
                ScheduleAPI.AgendaCall(fromMicros: 1, untilMicros: 2, count: 2, unit: "u")
            ),
            .reply(
                "io.duban.Schedule.Agenda",
                ScheduleAPI.AgendaReply(occurrences: [occurrence], truncated: true)
            ),
            .call("io.duban.Schedule.Explain", ScheduleAPI.ExplainCall(schedule: id, atMicros: 1)),
            .reply(
                "io.duban.Schedule.Explain",
                ScheduleAPI.ExplainReply(
                    schedule: schedule,
                    atMicros: 1,
                    utc: "a",
                    local: "b",
                    verdict: .beforeActivation,
                    cause: "paused",
                    number: 7,
                    seq: 8,
                    nominal: "2020-10-12 09:00:00",
                    slotMicros: 1,
                    actualMicros: 2,
                    previousMicros: 0,
                    nextMicros: 3,
                    revision: 1,
                    revisionDigest: "00",
                    fields: [field]
                )
            ),
            .call(
                "io.duban.Schedule.Pause",
                ScheduleAPI.PauseCall(requestId: "r", schedule: id, reason: "works", untilMicros: 1)
            ),
            .reply(
                "io.duban.Schedule.Pause",
                ScheduleAPI.PauseReply(schedule: schedule, seq: 1)
            ),
            .call(
                "io.duban.Schedule.Resume",
                ScheduleAPI.ResumeCall(requestId: "r", schedule: id, reason: "done")
            ),
            .reply(
                "io.duban.Schedule.Resume",
                ScheduleAPI.ResumeReply(schedule: schedule, seq: 1)
            ),
            .call(
                "io.duban.Schedule.Backfill",
                ScheduleAPI.BackfillCall(
                    requestId: "r",
                    schedule: id,
                    fromMicros: 1,
                    untilMicros: 2,
                    overlap: "allow"
                )
            ),
            .reply(
                "io.duban.Schedule.Backfill",
                ScheduleAPI.BackfillReply(
                    schedule: id,
                    opened: [7],
                    passed: [passed],
                    throughMicros: 2,
                    seq: 1
                )
            ),
        ]
    }()
}
