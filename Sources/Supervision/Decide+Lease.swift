import CivilTime

/// A worker's wish for jobs.
public struct Claim: Hashable, Sendable {
    /// The session that will hold them.
    public var session: String
    /// The worker's name.
    public var worker: String
    /// The uid that the session is bound to.
    public var uid: UInt32
    /// The queues it takes from.
    public var queues: [String]
    /// The labels it has.
    public var labels: [String]
    /// The most it takes.
    public var max: Int
    /// How long a lease lasts, in microseconds.
    public var leaseMicros: Int64

    /// Makes a claim.
    public init(
        session: String,
        worker: String,
        uid: UInt32,
        queues: [String],
        labels: [String],
        max: Int,
        leaseMicros: Int64
    ) {
        self.session = session
        self.worker = worker
        self.uid = uid
        self.queues = queues
        self.labels = labels
        self.max = max
        self.leaseMicros = leaseMicros
    }
}

/// A fencing token: an older one changes nothing.
public struct Token: Hashable, Sendable {
    /// The job.
    public var job: Int64
    /// The lease.
    public var lease: Int64

    /// Makes a token.
    public init(job: Int64, lease: Int64) {
        self.job = job
        self.lease = lease
    }
}

extension Decide {
    /// How many leases one sweep ends.
    private static let sweepBound = 256

    /// Hands out ready jobs under new leases.
    static func take(_ claim: Claim, _ draft: inout Draft) throws -> [Job] {
        let now = draft.now
        var taken: [Job] = []
        let ready = try draft.view.readyJobs(
            queues: claim.queues,
            labels: claim.labels,
            at: now.wall,
            catchUp: true,
            limit: claim.max
        )
        for var job in try paced(ready, claim, &draft) {
            job.state = .leased
            job.attempt += 1
            job.leaseID += 1
            job.worker = claim.worker
            job.session = claim.session
            job.lease = Lease(
                session: claim.session,
                uid: claim.uid,
                bootID: now.bootID,
                expiresAt: now.boot + claim.leaseMicros
            )
            draft.set(job)
            taken.append(job)
        }
        return taken
    }

    /// Leaves out what would put more of a backlog into workers' hands at once than the pacing
    /// allows; other work goes on in its place.
    private static func paced(
        _ ready: [Job],
        _ claim: Claim,
        _ draft: inout Draft
    ) throws -> [Job] {
        guard ready.contains(where: { $0.origin == .catchUp }) else { return ready }
        let room = try draft.plans.pacing.atOnce - draft.view.leasedCatchUps()
        let backlog = ready.count { $0.origin == .catchUp }
        if backlog <= room { return ready }
        let others = try draft.view.readyJobs(
            queues: claim.queues,
            labels: claim.labels,
            at: draft.now.wall,
            catchUp: false,
            limit: claim.max
        )
        let paced = ready.filter { $0.origin == .catchUp }.prefix(max(0, room))
        return Array((paced + others).sorted { $0.id < $1.id }.prefix(claim.max))
    }

    /// Makes everything ready again that a session holds.
    static func release(_ session: String, _ draft: inout Draft) throws {
        for job in try draft.view.leasedJobs(session: session) {
            try giveBack(job, "the worker went away", &draft)
        }
    }

    /// Makes everything ready again whose lease has ended.
    static func sweep(_ draft: inout Draft) throws {
        let now = draft.now
        let expired = try draft.view.expiredJobs(
            bootID: now.bootID,
            boot: now.boot,
            limit: sweepBound
        )
        for job in expired { try giveBack(job, "the lease expired", &draft) }
        draft.isUnfinished = draft.isUnfinished || expired.count == sweepBound
    }

    /// A lost lease uses up an attempt, so that a job that kills its workers ends in quarantine.
    ///
    /// Its session is forgotten, so that a late result is no repetition of one that was taken.
    private static func giveBack(_ job: Job, _ why: String, _ draft: inout Draft) throws {
        var job = job
        job.lease = nil
        job.session = nil
        if job.attempt >= job.attempts {
            try quarantine(&job, .failed, why, &draft)
        } else if try isCalledOff(job, draft) || isObsolete(job, draft) {
            try cancel(job, &draft)
        } else {
            job.state = .ready
            draft.set(job)
        }
    }

    /// Extends the leases that a session holds, as long as they have not ended.
    static func extend(
        _ session: String,
        _ tokens: [Token],
        _ micros: Int64,
        _ draft: inout Draft
    ) throws -> Reply {
        var extended = 0
        var rejected: [Rejection] = []
        for token in tokens {
            switch try hold(token, session, draft) {
            case .failure(let rejection): rejected.append(rejection)
            case .success(let job) where try isCalledOff(job, draft):
                let (id, lease) = (token.job, token.lease)
                rejected.append(Rejection(job: id, lease: lease, cause: .cancelled))
            case .success(var job):
                job.lease?.expiresAt = draft.now.boot + micros
                draft.set(job)
                extended += 1
            }
        }
        return .reported(accepted: extended, rejected: rejected)
    }

    /// Whether a run is not wanted any more, though its worker may still report.
    private static func isCalledOff(_ job: Job, _ draft: Draft) throws -> Bool {
        guard job.isRun, let number = job.number, let duty = try draft.duty(number) else {
            return false
        }
        return duty.state == .moot
    }

    /// Checks a token against the job: only the newest lease, in its session and its time, holds.
    static func hold(
        _ token: Token,
        _ session: String,
        _ draft: Draft
    ) throws -> Held {
        func reject(_ cause: Rejection.Cause) -> Held {
            .failure(Rejection(job: token.job, lease: token.lease, cause: cause))
        }
        guard let job = try draft.job(token.job) else { return reject(.noSuchJob) }
        if job.state == .cancelled { return reject(.cancelled) }
        guard token.lease == job.leaseID else {
            return reject(token.lease < job.leaseID ? .superseded : .noSuchJob)
        }
        guard let lease = job.lease else { return reject(.released) }
        guard lease.session == session else { return reject(.notYours) }
        let now = draft.now
        guard lease.bootID == now.bootID, now.boot < lease.expiresAt else {
            return reject(.expired)
        }
        return .success(job)
    }

    /// A job that a session holds, or why it does not.
    enum Held {
        case success(Job)
        case failure(Rejection)
    }
}
