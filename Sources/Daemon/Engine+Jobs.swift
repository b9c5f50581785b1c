import CivilTime
import DubanAPI
import Supervision
import Varlink

extension Engine {
    func handleJob(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        if verb(context) == "Get" {
            let call = try context.parameters(JobAPI.GetCall.self)
            guard let job = try turn.tx.job(call.jobId) else {
                throw WireFailure("io.duban.Job.NoSuchJob", ["jobId": .int(call.jobId)])
            }
            return try JSONCoder.encode(JobAPI.GetReply(job: view(job)))
        }
        let call = try context.parameters(JobAPI.ListCall.self)
        var filter = JobFilter()
        filter.all = call.all ?? false
        filter.queue = call.queue
        filter.state = call.state.flatMap { JobState(rawValue: $0.rawValue) }
        filter.number = call.number
        let limit = clamp(call.limit)
        let jobs = try turn.tx.jobs(filter, after: call.after ?? 0, limit: limit)
        let next = jobs.count == limit ? jobs.last?.id : nil
        return try JSONCoder.encode(JobAPI.ListReply(jobs: jobs.map(view), next: next))
    }

    private func view(_ job: Job) -> JobAPI.Job {
        JobAPI.Job(
            jobId: job.id,
            queue: job.queue,
            kind: job.kind,
            label: job.label,
            state: JobAPI.State(rawValue: job.state.rawValue) ?? .ready,
            number: job.number,
            attempt: job.attempt,
            attempts: job.attempts,
            readyMicros: job.readyAt.microseconds,
            notBeforeMicros: job.notBefore.microseconds,
            leaseId: job.leaseID,
            worker: job.worker,
            endedMicros: job.endedAt?.microseconds,
            outcome: job.outcome?.rawValue,
            summary: job.summary,
            input: job.input,
            output: job.output
        )
    }
}
