import DubanAPI

extension MessageCase {
    static let all: [MessageCase] = duties + plans + schedules + jobs + records + control + workers

    static let names = Names(en: "Housing", zh: "住建局")

    static let duty = DutyAPI.Duty(
        number: 7,
        id: "p/i/account@2020-D28",
        kind: .account,
        state: .open,
        programme: "p",
        item: "i",
        itemNames: names,
        unit: "housing",
        unitNames: names,
        post: "housing/head",
        person: "p-1",
        personName: "张三",
        superior: "sponsor/head",
        zone: "Asia/Shanghai",
        openMicros: 1,
        dueMicros: 2,
        originalDueMicros: 2,
        provisional: true,
        late: true,
        lateWorkdays: 3,
        attempt: 1,
        cycle: 1,
        round: 1,
        subject: 6,
        root: 6,
        period: "2020-D28",
        schedule: "p/i/account",
        requirements: "lit",
        criteria: ["lamps_lit >= 99 %"],
        followUpMicros: 3,
        submittedMicros: 4,
        submittedBy: "p-1",
        settledMicros: 5,
        settledReason: "reviewed",
        unattended: true,
        note: "done",
        settledBy: ["submit"]
    )

    static let entry = DutyAPI.Entry(
        seq: 1,
        atMicros: 2,
        effectiveMicros: 3,
        action: "open",
        actor: "kernel",
        uid: 1000,
        person: "p-1",
        personName: "张三",
        post: "housing/head",
        via: "control",
        reason: "scheduled",
        number: 7,
        kind: .supervise,
        item: "i",
        itemNames: names,
        unit: "housing",
        unitNames: names,
        obligor: "housing/head",
        obligorName: "张三",
        dueMicros: 4,
        followUpMicros: 5,
        subject: 6,
        root: 6,
        round: 1,
        job: 9,
        outcome: "ok",
        summary: "OK",
        count: 2,
        schedule: "p/i/account",
        cause: "paused",
        fromMicros: 7,
        untilMicros: 8,
        revision: 2,
        added: 3,
        changed: 4,
        ended: 5,
        note: "text",
        zone: "UTC"
    )

    static let duties: [MessageCase] = {
        let superior = DutyAPI.Superior(
            post: "a/head",
            person: "p",
            personName: "P",
            unit: "a",
            unitNames: names
        )
        let acted = DutyAPI.SubmitReply(duty: duty, opened: [8], settled: [9], seq: 10)
        return [
            .call("io.duban.Duty.Get", DutyAPI.GetCall(number: 7)),
            .reply("io.duban.Duty.Get", DutyAPI.GetReply(duty: duty)),
            .call(
                "io.duban.Duty.List",
                DutyAPI.ListCall(
                    all: true,
                    kind: .account,
                    state: .open,
                    unit: "u",
                    item: "i",
                    late: true,
                    after: 1,
                    limit: 2
                )
            ),
            .reply("io.duban.Duty.List", DutyAPI.ListReply(duties: [duty], next: 7)),
            .call("io.duban.Duty.Todo", DutyAPI.TodoCall(person: "p-1")),
            .reply(
                "io.duban.Duty.Todo",
                DutyAPI.TodoReply(person: "p", personName: "P", duties: [duty])
            ),
            .call("io.duban.Duty.Chain", DutyAPI.ChainCall(number: 7)),
            .reply(
                "io.duban.Duty.Chain",
                DutyAPI.ChainReply(duty: duty, duties: [duty], superiors: [superior])
            ),
            .call("io.duban.Duty.History", DutyAPI.HistoryCall(number: 7)),
            .reply("io.duban.Duty.History", DutyAPI.HistoryReply(entries: [entry])),
            .call(
                "io.duban.Duty.Submit",
                DutyAPI.SubmitCall(requestId: "r", number: 7, note: "done")
            ),
            .reply("io.duban.Duty.Submit", acted),
            .call(
                "io.duban.Duty.Accept",
                DutyAPI.AcceptCall(requestId: "r", number: 7, note: "good")
            ),
            .reply("io.duban.Duty.Accept", acted),
            .call(
                "io.duban.Duty.Return",
                DutyAPI.ReturnCall(requestId: "r", number: 7, reason: "no", within: "2wd")
            ),
            .reply("io.duban.Duty.Return", acted),
            .call(
                "io.duban.Duty.Urge",
                DutyAPI.UrgeCall(requestId: "r", number: 7, reason: "now", followUp: "2wd")
            ),
            .reply("io.duban.Duty.Urge", acted),
        ]
    }()

    static let plans: [MessageCase] = {
        let programme = PlanAPI.Programme(
            id: "p",
            digest: "00",
            name: "p.yaml",
            adoptedMicros: 1,
            revision: 2,
            revisedMicros: 3,
            zone: "UTC",
            calendar: "cn",
            persons: 1,
            units: 2,
            projects: 3,
            items: 4,
            schedules: 5,
            timekeeping: "2026f-1"
        )
        let slot = PlanAPI.Slot(
            nominal: "2020-10-12 09:00:00",
            openMicros: 1,
            dueMicros: 2,
            provisional: true
        )
        let move = PlanAPI.Move(
            nominal: "2020-10-12 09:00:00",
            oldOpenMicros: 1,
            oldDueMicros: 2,
            openMicros: 3,
            dueMicros: 4
        )
        let change = PlanAPI.Change(
            schedule: "p/i/account",
            item: "i",
            itemNames: names,
            unit: "u",
            unitNames: names,
            fate: .changed,
            oldRule: "Mon",
            newRule: "Tue",
            appear: [slot],
            vanish: [slot],
            moved: [move],
            truncated: true
        )
        return [
            .call("io.duban.Plan.Upload", PlanAPI.UploadCall(digest: "00", offset: 0, data: "x")),
            .reply("io.duban.Plan.Upload", PlanAPI.UploadReply(received: 1)),
            .call(
                "io.duban.Plan.Apply",
                PlanAPI.ApplyCall(requestId: "r", digest: "00", name: "p.yaml", fromMicros: 1)
            ),
            .reply(
                "io.duban.Plan.Apply",
                PlanAPI.ApplyReply(
                    programme: programme,
                    seq: 1,
                    added: 1,
                    changed: 2,
                    ended: 3
                )
            ),
            .call(
                "io.duban.Plan.Diff",
                PlanAPI.DiffCall(
                    digest: "00",
                    name: "p.yaml",
                    fromMicros: 1,
                    untilMicros: 2,
                    limit: 3,
                    after: "s"
                )
            ),
            .reply(
                "io.duban.Plan.Diff",
                PlanAPI.DiffReply(
                    programme: "p",
                    digest: "00",
                    oldDigest: "01",
                    zone: "UTC",
                    fromMicros: 1,
                    untilMicros: 2,
                    changes: [change],
                    kept: 1,
                    next: "s"
                )
            ),
            .call("io.duban.Plan.List", PlanAPI.ListCall()),
            .reply("io.duban.Plan.List", PlanAPI.ListReply(programmes: [programme])),
            .call("io.duban.Plan.Show", PlanAPI.ShowCall(programme: "p", offset: 1)),
            .reply(
                "io.duban.Plan.Show",
                PlanAPI.ShowReply(programme: programme, text: "x", next: 1)
            ),
        ]
    }()

    static let jobs: [MessageCase] = {
        let job = JobAPI.Job(
            jobId: 1,
            queue: "inspect",
            kind: "inspect",
            label: "field",
            state: .leased,
            number: 7,
            attempt: 1,
            attempts: 3,
            readyMicros: 1,
            notBeforeMicros: 2,
            waitsFor: 2,
            leaseId: 1,
            worker: "w",
            endedMicros: 3,
            outcome: "ok",
            summary: "OK",
            input: "{}",
            output: "{}"
        )
        return [
            .call("io.duban.Job.Get", JobAPI.GetCall(jobId: 1)),
            .reply("io.duban.Job.Get", JobAPI.GetReply(job: job)),
            .call(
                "io.duban.Job.List",
                JobAPI.ListCall(
                    all: true,
                    queue: "inspect",
                    state: .ready,
                    number: 7,
                    after: 1,
                    limit: 2
                )
            ),
            .reply("io.duban.Job.List", JobAPI.ListReply(jobs: [job], next: 1)),
        ]
    }()

    static let records: [MessageCase] = {
        let problem = RecordAPI.Problem(place: "leaf 1", what: "changed")
        return [
            .call("io.duban.Record.Get", RecordAPI.GetCall(seq: 1)),
            .reply("io.duban.Record.Get", RecordAPI.GetReply(seq: 1, leaf: "{}", leafHash: "00")),
            .call("io.duban.Record.List", RecordAPI.ListCall(after: 1, limit: 2, follow: true)),
            .reply("io.duban.Record.List", RecordAPI.ListReply(entries: [entry], next: 1)),
            .call("io.duban.Record.Verify", RecordAPI.VerifyCall(cursor: "c")),
            .reply(
                "io.duban.Record.Verify",
                RecordAPI.VerifyReply(
                    cursor: "c",
                    checked: 1,
                    size: 2,
                    done: false,
                    origin: "o",
                    root: "00",
                    problems: [problem]
                )
            ),
            .call("io.duban.Record.Export", RecordAPI.ExportCall(seq: 1, size: 2)),
            .reply("io.duban.Record.Export", RecordAPI.ExportReply(text: "x", next: 1, size: 2)),
            .call("io.duban.Record.Checkpoint", RecordAPI.CheckpointCall()),
            .reply(
                "io.duban.Record.Checkpoint",
                RecordAPI.CheckpointReply(note: "n", key: "k", origin: "o", size: 1, root: "00")
            ),
        ]
    }()

    static let control: [MessageCase] = {
        let worker = ControlAPI.Worker(
            session: "s",
            name: "w",
            uid: 1,
            queues: ["inspect"],
            labels: ["field"],
            capacity: 1,
            leased: 0,
            attachedMicros: 1
        )
        return [
            .call("io.duban.Control.GetStatus", ControlAPI.GetStatusCall()),
            .reply(
                "io.duban.Control.GetStatus",
                ControlAPI.GetStatusReply(
                    version: "0",
                    mode: "running",
                    trouble: "t",
                    startedMicros: 1,
                    nowMicros: 2,
                    wakeMicros: 3,
                    programmes: ["p"],
                    caller: "p-1",
                    callerName: "P",
                    dutiesUnsettled: 1,
                    dutiesLate: 1,
                    dutiesTotal: 1,
                    unattended: [7],
                    jobsReady: 1,
                    jobsLeased: 1,
                    jobsQuarantined: 1,
                    jobsTotal: 3,
                    findings: 1,
                    workers: 1,
                    records: 1,
                    root: "00",
                    origin: "o",
                    journal: true,
                    zone: "UTC",
                    held: ControlAPI.HeldClock(sinceMicros: 1, expectedMicros: 2),
                    timeData: "2026f",
                    alarms: [
                        ControlAPI.Alarm(
                            kind: .zoneMissing,
                            subject: "Europe/Nowhere",
                            detail: "no such file",
                            sinceMicros: 1
                        )
                    ]
                )
            ),
            .call("io.duban.Control.ReleaseClock", ControlAPI.ReleaseClockCall(requestId: "r")),
            .reply("io.duban.Control.ReleaseClock", ControlAPI.ReleaseClockReply(released: true)),
            .call("io.duban.Control.ListWorkers", ControlAPI.ListWorkersCall()),
            .reply(
                "io.duban.Control.ListWorkers",
                ControlAPI.ListWorkersReply(workers: [worker])
            ),
        ]
    }()

    static let workers: [MessageCase] = {
        let job = WorkerAPI.Job(
            jobId: 1,
            leaseId: 2,
            queue: "inspect",
            kind: "inspect",
            number: 7,
            attempt: 1,
            leaseSeconds: 30,
            deadlineMicros: 3,
            input: "{}"
        )
        let result = WorkerAPI.Result(
            jobId: 1,
            leaseId: 2,
            outcome: .ok,
            summary: "OK",
            output: "{}"
        )
        let rejection = WorkerAPI.Rejection(jobId: 1, leaseId: 2, error: "expired")
        let lease = WorkerAPI.Lease(jobId: 1, leaseId: 2)
        return [
            .call(
                "io.duban.Worker.Attach",
                WorkerAPI.AttachCall(
                    name: "w",
                    queues: ["inspect"],
                    labels: ["field"],
                    capacity: 1,
                    session: "s"
                )
            ),
            .reply(
                "io.duban.Worker.Attach",
                WorkerAPI.AttachReply(
                    session: "s",
                    leaseSeconds: 30,
                    heartbeatSeconds: 10,
                    jobs: [job],
                    reason: "r"
                )
            ),
            .call(
                "io.duban.Worker.Reserve",
                WorkerAPI.ReserveCall(
                    requestId: "r",
                    name: "w",
                    queues: ["inspect"],
                    labels: ["field"],
                    max: 1,
                    waitSeconds: 1
                )
            ),
            .reply(
                "io.duban.Worker.Reserve",
                WorkerAPI.ReserveReply(session: "s", leaseSeconds: 30, jobs: [job])
            ),
            .call(
                "io.duban.Worker.Report",
                WorkerAPI.ReportCall(requestId: "r", session: "s", results: [result])
            ),
            .reply(
                "io.duban.Worker.Report",
                WorkerAPI.ReportReply(accepted: 1, rejected: [rejection])
            ),
            .call(
                "io.duban.Worker.Extend",
                WorkerAPI.ExtendCall(requestId: "r", session: "s", leases: [lease])
            ),
            .reply(
                "io.duban.Worker.Extend",
                WorkerAPI.ExtendReply(extended: 1, rejected: [rejection])
            ),
        ]
    }()
}
