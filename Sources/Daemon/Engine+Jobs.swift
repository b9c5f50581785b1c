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

    func handleSchedule(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        let call = try context.parameters(ScheduleAPI.AgendaCall.self)
        let from = call.fromMicros.map { Instant(microseconds: $0) } ?? turn.now.wall
        let count = clamp(call.count ?? 50)
        var entries: [(plan: Plan, entry: AgendaEntry)] = []
        for plan in turn.state.book.plans.values {
            let found = Agenda.occurrences(of: plan, from: from, count: count, unit: call.unit)
            entries += found.map { (plan, $0) }
        }
        entries.sort { left, right in
            (left.entry.dueAt, left.entry.schedule) < (right.entry.dueAt, right.entry.schedule)
        }
        let occurrences = entries.prefix(count).map { occurrence($0.entry, $0.plan) }
        return try JSONCoder.encode(ScheduleAPI.AgendaReply(occurrences: occurrences))
    }

    private func occurrence(_ entry: AgendaEntry, _ plan: Plan) -> ScheduleAPI.Occurrence {
        ScheduleAPI.Occurrence(
            schedule: entry.schedule,
            programme: entry.programme,
            item: entry.item.id,
            itemNames: names(entry.item.names),
            role: entry.role,
            kind: entry.kind.rawValue,
            unit: entry.unit.id,
            unitNames: names(entry.unit.names),
            period: entry.period,
            openMicros: entry.openAt.microseconds,
            dueMicros: entry.dueAt.microseconds,
            utc: entry.dueAt.rfc3339,
            local: plan.timekeeper.zone.rfc3339(entry.dueAt),
            dueDay: entry.dueDay?.description,
            provisional: entry.isProvisional
        )
    }
}
