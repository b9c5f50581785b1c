public import DubanAPI

/// Jobs and workers on a terminal.
public enum JobText {
    /// Returns a table of jobs and its closing line.
    public static func table(
        _ jobs: [JobAPI.Job],
        legend: Bool,
        _ rendering: Rendering
    ) -> [String] {
        var table = Table([
            Table.Column(rendering.pick("JOB", "作业"), right: true),
            Table.Column(rendering.pick("QUEUE", "队列")),
            Table.Column(rendering.pick("KIND", "类别")),
            Table.Column(rendering.pick("STATE", "状态")),
            Table.Column(rendering.pick("DUTY", "编号")),
            Table.Column(rendering.pick("ATTEMPT", "次数"), right: true),
            Table.Column(rendering.pick("WORKER", "执行程序")),
            Table.Column(rendering.pick("OUTCOME", "结果")),
            Table.Column(rendering.pick("SUMMARY", "摘要")),
        ])
        for job in jobs {
            table.add(cells(job, rendering), isAlarming: job.state == .quarantined)
        }
        let lines = table.lines(header: legend, colour: rendering.hasColour)
        let count = jobs.count
        let word = count == 1 ? "job" : "jobs"
        let closing = rendering.pick("\(count) \(word) listed.", "共列出 \(count) 个作业。")
        return legend ? lines + ["", closing] : lines
    }

    private static func cells(_ job: JobAPI.Job, _ rendering: Rendering) -> [String] {
        let kind =
            Glossary.row(.kind, job.kind) == nil
            ? rendering.word(.matter, job.kind) : rendering.word(.kind, job.kind)
        return [
            String(job.jobId),
            job.queue,
            kind,
            rendering.word(.jobState, job.state.rawValue),
            job.number.map(DutyNumber.text) ?? "",
            "\(job.attempt)/\(job.attempts)",
            job.worker ?? "",
            job.outcome.map { rendering.word(.outcome, $0) } ?? "",
            DisplayWidth.cut(Escape.line(job.summary ?? ""), to: 60),
        ]
    }

    /// Returns a table of workers and its closing line.
    public static func workers(
        _ workers: [ControlAPI.Worker],
        legend: Bool,
        _ rendering: Rendering
    ) -> [String] {
        var table = Table([
            Table.Column(rendering.pick("WORKER", "执行程序")),
            Table.Column("UID", right: true),
            Table.Column(rendering.pick("QUEUES", "队列")),
            Table.Column(rendering.pick("LABELS", "标签")),
            Table.Column(rendering.pick("LEASED", "在执行"), right: true),
            Table.Column(rendering.pick("ATTACHED", "接入")),
        ])
        for worker in workers {
            table.add([
                worker.name,
                String(worker.uid),
                worker.queues.joined(separator: ","),
                worker.labels.joined(separator: ","),
                "\(worker.leased)/\(worker.capacity)",
                rendering.distance(worker.attachedMicros),
            ])
        }
        let lines = table.lines(header: legend, colour: rendering.hasColour)
        let count = workers.count
        let word = count == 1 ? "worker" : "workers"
        let closing = rendering.pick("\(count) \(word) attached.", "共 \(count) 个执行程序接入。")
        return legend ? lines + ["", closing] : lines
    }
}
