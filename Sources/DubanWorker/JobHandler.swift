import DubanAPI
import Messages

/// Runs each kind of job that this worker knows.
struct JobHandler: Sendable {
    /// The variables that every program gets.
    let environment: [String: String]
    /// The program that takes mail.
    let sendmail: String
    let log: WorkerLog

    /// Runs a job to its result.
    func run(_ job: WorkerAPI.Job) async -> WorkerAPI.Result {
        log.line("\(job.name) starts, attempt \(job.attempt)")
        let result: WorkerAPI.Result
        switch job.kind {
        case "inspect":
            result = await CheckJob(job: job, environment: environment).run()
        case "deliver":
            result = await DeliverJob(job: job, environment: environment, sendmail: sendmail).run()
        default:
            let kind = Escape.line(job.kind)
            result = job.result(.failed, "job kind \(kind): this worker knows inspect and deliver")
        }
        log.line("\(job.name) ends \(result.outcome.rawValue): \(result.summary)")
        return result
    }
}

extension WorkerAPI.Job {
    /// The job as log lines name it.
    var name: String {
        let duty = number.map { ", \(DutyNumber.text($0))" } ?? ""
        return "job \(jobId) (\(Escape.line(kind))\(duty))"
    }

    /// What a program is told about its job, by the environment.
    var environment: [String: String] {
        var variables = ["DUBAN_JOB": "\(jobId)"]
        if let number { variables["DUBAN_DUTY"] = "\(number)" }
        return variables
    }

    /// Makes the job's result; the summary becomes one harmless line of at most 200 characters.
    func result(
        _ outcome: WorkerAPI.Outcome,
        _ summary: String,
        _ output: String? = nil
    ) -> WorkerAPI.Result {
        WorkerAPI.Result(
            jobId: jobId,
            leaseId: leaseId,
            outcome: outcome,
            summary: String(Escape.line(summary).prefix(200)),
            output: output
        )
    }
}
