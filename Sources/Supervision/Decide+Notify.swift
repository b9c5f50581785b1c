import CivilTime
import Ledger

extension Decide {
    /// Makes the `deliver` job that tells the holder of a post something about a duty; nil where
    /// the person has no address.
    @discardableResult
    static func notify(
        _ matter: Notice.Matter,
        _ duty: Duty,
        to post: Post,
        ordinal: String,
        about: Int64? = nil,
        note: Digest? = nil,
        line: String? = nil,
        passed: Int64 = 1,
        _ draft: inout Draft
    ) throws -> Int64? {
        let (_, chain) = try draft.context(duty)
        guard let person = chain.holder(post), let mail = person.mail else { return nil }
        let above = chain.superior(above: duty.reached ?? duty.obligor)?.post
        let current = try draft.duty(duty.number) ?? duty
        let notice = Notice(
            matter: matter,
            to: mail,
            toName: person.name,
            number: duty.number,
            about: about == duty.number ? nil : about,
            note: note,
            line: line,
            nextAt: above == nil ? nil : current.escalateAt,
            nextName: above.flatMap { chain.holder($0)?.name },
            passed: passed,
            ordinal: ordinal
        )
        return try enqueue(notice, &draft)
    }

    /// Tells the fallback addressee, by mail and not by a duty (rule E).
    static func tellFallback(
        _ matter: Notice.Matter,
        _ duty: Duty,
        _ plan: Plan,
        _ nextAt: Instant?,
        _ draft: inout Draft
    ) throws -> Int64 {
        let notice = Notice(
            matter: matter,
            to: plan.fallback.mail,
            toName: plan.fallback.name,
            number: duty.number,
            about: duty.root == duty.number ? nil : duty.root,
            nextAt: nextAt,
            passed: 1,
            ordinal: "\(matter.rawValue).s\(draft.nextSeq)"
        )
        return try enqueue(notice, &draft)
    }

    private static func enqueue(_ notice: Notice, _ draft: inout Draft) throws -> Int64 {
        let text = String(decoding: try CanonicalEncoder.encode(notice).bytes, as: UTF8.self)
        let id = try draft.nextJob()
        draft.set(
            Job(
                id: id,
                queue: Queue.deliver,
                label: nil,
                number: notice.number,
                attempts: deliverAttempts,
                readyAt: draft.now.wall,
                input: text
            )
        )
        return id
    }

    /// How often a message is tried: with the backoff of `retry`, over about two minutes.
    private static let deliverAttempts: Int64 = 7

    /// Cancels the messages about a duty that no worker has taken: none is sent after its closure
    /// was acknowledged.
    static func cancelNotices(of number: Int64, _ draft: inout Draft) throws {
        for job in try draft.openJobs(number) where job.state == .ready {
            try cancel(job, &draft)
        }
    }

    static func cancel(_ job: Job, _ draft: inout Draft) throws {
        var job = job
        job.state = .cancelled
        job.endedAt = draft.now.wall
        draft.set(job)
        try finish(job, reason: .cancelled, &draft)
    }

    /// Whether a job that a worker held speaks of a duty that was closed meanwhile: it is not tried
    /// again.
    static func isObsolete(_ job: Job, _ draft: Draft) throws -> Bool {
        guard let number = job.number, let duty = try draft.duty(number), !duty.state.isOwed,
            let closedAt = duty.settledAt ?? duty.submittedAt
        else { return false }
        // A check is not run for a duty that is closed, whatever the clock did meanwhile.
        return job.isRun || job.readyAt < closedAt
    }

    /// Records the final outcome of a job that a duty owns, and lets those go that wait for it.
    static func finish(_ job: Job, reason: Reason, _ draft: inout Draft) throws {
        try unblock(after: job.id, &draft)
        guard let number = job.number else { return }
        let finish = Finish(
            job: job.id,
            queue: job.queue,
            attempt: job.attempt,
            state: job.state,
            outcome: job.state == .cancelled ? nil : job.outcome,
            summary: job.state == .cancelled ? nil : job.summary
        )
        try draft.record(.finish(finish), number: number, reason: reason, by: .rule)
    }
}
