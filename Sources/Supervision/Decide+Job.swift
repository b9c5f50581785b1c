import CivilTime

/// What a worker says became of a job.
public struct Report: Hashable, Sendable {
    /// The job and the lease under which it was run.
    public var token: Token
    /// What became of it.
    public var outcome: Outcome
    /// One line about it.
    public var summary: String
    /// JSON text with the details.
    public var output: String?

    /// Makes a report.
    public init(token: Token, outcome: Outcome, summary: String, output: String?) {
        self.token = token
        self.outcome = outcome
        self.summary = summary
        self.output = output
    }
}

/// How many older checks one that ran settles.
private let olderBound = 64

extension Decide {
    /// Takes a worker's results: each is accepted or rejected by name on its own.
    static func report(
        _ session: String,
        _ reports: [Report],
        _ draft: inout Draft
    ) throws -> Reply {
        var accepted = 0
        var rejected: [Rejection] = []
        for report in reports {
            if let repeated = try repetition(report, session, draft) {
                if let rejection = repeated.rejection {
                    rejected.append(rejection)
                } else {
                    accepted += 1
                }
                continue
            }
            switch try hold(report.token, session, draft) {
            case .failure(let rejection): rejected.append(rejection)
            case .success(let job):
                try end(job, report, &draft)
                accepted += 1
            }
        }
        return .reported(accepted: accepted, rejected: rejected)
    }

    /// A result that was taken before is accepted again if it says the same, else a conflict.
    private static func repetition(
        _ report: Report,
        _ session: String,
        _ draft: Draft
    ) throws -> (rejection: Rejection?, Void)? {
        guard let job = try draft.job(report.token.job), job.leaseID == report.token.lease,
            job.lease == nil, job.session == session, let outcome = job.outcome
        else { return nil }
        if outcome == report.outcome, job.output == report.output { return (nil, ()) }
        let token = report.token
        return (Rejection(job: token.job, lease: token.lease, cause: .conflict), ())
    }

    private static func end(_ held: Job, _ report: Report, _ draft: inout Draft) throws {
        var job = held
        job.lease = nil
        job.outcome = report.outcome
        job.summary = report.summary
        job.output = report.output
        if report.outcome.isPerformed {
            job.state = .finished
            job.endedAt = draft.now.wall
            draft.set(job)
            try finish(job, reason: job.queue == Queue.deliver ? .delivered : .performed, &draft)
            if job.queue == Queue.inspect { try inspected(job, &draft) }
        } else if job.attempt >= job.attempts {
            try quarantine(&job, report.outcome, report.summary, &draft)
            draft.set(job)
        } else if try isObsolete(job, draft) {
            try cancel(job, &draft)
        } else {
            job.state = .ready
            job.notBefore = draft.now.wall + backoff(job.attempt)
            draft.set(job)
        }
    }

    /// One second after the first try, doubling to a minute.
    static func backoff(_ attempt: Int64) -> Span {
        .seconds(min(60, 1 << min(attempt - 1, 6)))
    }

    /// All attempts are used up: the job is kept aside, and people are told.
    static func quarantine(
        _ job: inout Job,
        _ outcome: Outcome,
        _ summary: String,
        _ draft: inout Draft
    ) throws {
        job.state = .quarantined
        job.outcome = outcome
        job.summary = summary
        job.endedAt = draft.now.wall
        draft.set(job)
        try finish(job, reason: .gaveUp, &draft)
        guard job.queue == Queue.inspect, let number = job.number,
            let duty = try draft.duty(number), duty.state.isOwed
        else { return }
        let ordinal = "quarantined.j\(job.id)"
        for post in [duty.obligor, duty.superior].compactMap({ $0 }) {
            try notify(.quarantined, duty, to: post, ordinal: ordinal, line: summary, &draft)
        }
    }

    // MARK: Inspections

    /// A performed inspection settles its duty; a critical one finds a fault (contract 5).
    private static func inspected(_ job: Job, _ draft: inout Draft) throws {
        guard let number = job.number, let duty = try draft.duty(number), duty.state.isOwed
        else { return }
        let settlement = Settlement(by: nil)
        try draft.record(.settle(settlement), number: number, reason: .performed, by: .rule)
        try cancelNotices(of: number, &draft)
        _ = try endChain(number, by: .rule, &draft)
        try settleOlder(than: duty, &draft)
        if job.outcome == .critical { try find(duty, job, &draft) }
    }

    /// A check that ran stands for the older ones of its schedule whose tries are used up, where
    /// the overlap policy let newer ones begin beside them.
    private static func settleOlder(than duty: Duty, _ draft: inout Draft) throws {
        guard let schedule = duty.schedule else { return }
        var before = duty.number
        for _ in 0..<olderBound {
            guard let older = try draft.unsettled(.inspect, schedule: schedule, before: before)
            else { return }
            before = older.number
            guard try draft.openJobs(older.number).allSatisfy({ !$0.isRun }) else { continue }
            let settlement = Settlement(by: duty.number)
            try draft.record(
                .settle(settlement),
                number: older.number,
                reason: .performed,
                by: .rule
            )
            try cancelNotices(of: older.number, &draft)
            _ = try endChain(older.number, by: .rule, &draft)
        }
    }

    /// A fault is found once: while its rectification is owed, further critical runs are on record
    /// as outcomes only.
    private static func find(_ duty: Duty, _ job: Job, _ draft: inout Draft) throws {
        guard let id = duty.schedule, let schedule = draft.plans.schedule(id),
            let inspection = schedule.inspection,
            try draft.unsettled(.rectify, schedule: id) == nil
        else { return }
        let number = try draft.nextFinding()
        let finding = Finding(
            number: number,
            programme: duty.programme,
            item: duty.item,
            schedule: id,
            duty: duty.number,
            job: job.id,
            summary: job.summary ?? "",
            foundAt: draft.now.wall,
            rectify: nil
        )
        try draft.record(.find(finding), number: duty.number, reason: .performed, by: .rule)
        let following = Following(
            role: "rectify/F-\(number)",
            start: draft.now.wall,
            term: inspection.rectify,
            reason: .finding,
            finding: number
        )
        let rectify = try open(.rectify, for: duty, on: duty.obligor, following, &draft)
        let line = job.summary
        try notify(.opened, rectify, to: duty.obligor, ordinal: "opened", line: line, &draft)
    }
}
