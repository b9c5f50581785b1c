public import CivilTime

// The life of a job.
//
//            claim (Decide+Lease)           report: performed, or attempts used up (Decide+Job)
//     ready ──────────────────────► leased ─────────────────────────► finished | quarantined
//      ▲ │                            │
//      │ │ its duty was settled       │ worker gone, lease expired, or a failed try (Decide+Lease)
//      │ └──────────► cancelled       │
//      └──────────────────────────────┘

/// Where a job stands.
public enum JobState: String, CaseIterable, Codable, Hashable, Sendable {
    /// Waits for a worker.
    case ready
    /// In a worker's hands until the lease ends.
    case leased
    /// Ended with an outcome.
    case finished
    /// Every attempt failed.
    case quarantined
    /// No longer needed before a worker took it.
    case cancelled

    /// Whether it can change no more.
    public var isEnded: Bool { self != .ready && self != .leased }
}

/// What became of a run.
public enum Outcome: String, CaseIterable, Codable, Hashable, Sendable {
    /// Performed, nothing to say.
    case ok
    /// Performed, with a warning.
    case warning
    /// Performed, and found a fault.
    case critical
    /// Not performed: the program could not tell.
    case unknown
    /// Not performed in time.
    case timeout
    /// Not performed.
    case failed

    /// Whether the job was done, whatever it found (design, contract 5).
    public var isPerformed: Bool { self == .ok || self == .warning || self == .critical }
}

/// The queues that duban itself fills.
public enum Queue {
    /// Checks.
    public static let inspect = "inspect"
    /// Messages to people.
    public static let deliver = "deliver"
}

/// Where a job comes from.
public enum JobOrigin: String, CaseIterable, Codable, Hashable, Sendable {
    /// A slot that came in time, or an act.
    case regular
    /// A slot that was caught up: it is paced, so that a downtime is no stampede.
    case catchUp = "catch-up"
    /// A past slot that somebody had run later.
    case backfill
}

/// A lease: who holds a job, and until when on the boot clock.
public struct Lease: Hashable, Sendable {
    /// The session that holds it.
    public var session: String
    /// The uid that the session is bound to.
    public var uid: UInt32
    /// The boot in which `expiresAt` counts; in another boot the lease has expired.
    public var bootID: String
    /// When it ends, in microseconds of the boot clock.
    public var expiresAt: Int64

    /// Makes a lease.
    public init(session: String, uid: UInt32, bootID: String, expiresAt: Int64) {
        self.session = session
        self.uid = uid
        self.bootID = bootID
        self.expiresAt = expiresAt
    }
}

/// Something that a machine must do now.
public struct Job: Hashable, Sendable {
    /// The id.
    public var id: Int64
    /// The queue it waits in.
    public var queue: String
    /// What sort of job it is: the queue's name, for duban's own.
    public var kind: String
    /// The label that a worker must have, if any.
    public var label: String?
    /// Where it stands.
    public var state: JobState
    /// The duty that owns it, if any.
    public var number: Int64?
    /// How often it was handed out.
    public var attempt: Int64
    /// How often it may be.
    public var attempts: Int64
    /// When it was made.
    public var readyAt: Instant
    /// When it may be handed out.
    public var notBefore: Instant
    /// The newest lease id: rises by one with each claim, for ever.
    public var leaseID: Int64
    /// The lease, while it is leased.
    public var lease: Lease?
    /// The name of the worker that had it last.
    public var worker: String?
    /// The session that had it last: a report that comes twice is known by it.
    public var session: String?
    /// When it ended.
    public var endedAt: Instant?
    /// What became of it.
    public var outcome: Outcome?
    /// One line about the outcome.
    public var summary: String?
    /// JSON text for the worker.
    public var input: String
    /// JSON text from the worker.
    public var output: String?
    /// Where it comes from.
    public var origin = JobOrigin.regular
    /// The job that must end before this one may be handed out; nil once it has.
    public var after: Int64?

    /// Makes a ready job.
    public init(
        id: Int64,
        queue: String,
        label: String?,
        number: Int64?,
        attempts: Int64,
        readyAt: Instant,
        input: String
    ) {
        self.id = id
        self.queue = queue
        self.kind = queue
        self.label = label
        self.state = .ready
        self.number = number
        self.attempt = 0
        self.attempts = attempts
        self.readyAt = readyAt
        self.notBefore = readyAt
        self.leaseID = 0
        self.input = input
    }
}
