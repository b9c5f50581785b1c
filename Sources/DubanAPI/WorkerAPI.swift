/// The messages of `io.duban.Worker`; the interface text is their source and says what they mean.
public enum WorkerAPI {
    /// The name of the interface.
    public static let name = "io.duban.Worker"

    /// A job in a worker's hands.
    public struct Job: Codable, Hashable, Sendable {
        /// The job.
        public var jobId: Int64
        /// The lease, rising strictly for each job.
        public var leaseId: Int64
        /// The field `queue` of the interface.
        public var queue: String
        /// The kind.
        public var kind: String
        /// The duty by its register number.
        public var number: Int64?
        /// The field `attempt` of the interface.
        public var attempt: Int64
        /// The field `leaseSeconds` of the interface.
        public var leaseSeconds: Int64
        /// The field `deadlineMicros` of the interface.
        public var deadlineMicros: Int64
        /// The field `input` of the interface.
        public var input: String

        /// Makes the message from its fields.
        public init(
            jobId: Int64,
            leaseId: Int64,
            queue: String,
            kind: String,
            number: Int64? = nil,
            attempt: Int64,
            leaseSeconds: Int64,
            deadlineMicros: Int64,
            input: String
        ) {
            self.jobId = jobId
            self.leaseId = leaseId
            self.queue = queue
            self.kind = kind
            self.number = number
            self.attempt = attempt
            self.leaseSeconds = leaseSeconds
            self.deadlineMicros = deadlineMicros
            self.input = input
        }
    }

    /// The enumeration `Outcome` of the interface.
    public enum Outcome: String, CaseIterable, Codable, Hashable, Sendable {
        /// The value `ok`.
        case ok
        /// The value `warning`.
        case warning
        /// The value `critical`.
        case critical
        /// The value `unknown`.
        case unknown
        /// The value `timeout`.
        case timeout
        /// The value `failed`.
        case failed
    }

    /// What became of a job.
    public struct Result: Codable, Hashable, Sendable {
        /// The job.
        public var jobId: Int64
        /// The lease, rising strictly for each job.
        public var leaseId: Int64
        /// The field `outcome` of the interface.
        public var outcome: Outcome
        /// The field `summary` of the interface.
        public var summary: String
        /// The field `output` of the interface.
        public var output: String?

        /// Makes the message from its fields.
        public init(
            jobId: Int64,
            leaseId: Int64,
            outcome: Outcome,
            summary: String,
            output: String? = nil
        ) {
            self.jobId = jobId
            self.leaseId = leaseId
            self.outcome = outcome
            self.summary = summary
            self.output = output
        }
    }

    /// The fencing token of a job.
    public struct Lease: Codable, Hashable, Sendable {
        /// The job.
        public var jobId: Int64
        /// The lease, rising strictly for each job.
        public var leaseId: Int64

        /// Makes the message from its fields.
        public init(
            jobId: Int64,
            leaseId: Int64
        ) {
            self.jobId = jobId
            self.leaseId = leaseId
        }
    }

    /// A result or lease that was not taken, and why.
    public struct Rejection: Codable, Hashable, Sendable {
        /// The job.
        public var jobId: Int64
        /// The lease, rising strictly for each job.
        public var leaseId: Int64
        /// The field `error` of the interface.
        public var error: String

        /// Makes the message from its fields.
        public init(
            jobId: Int64,
            leaseId: Int64,
            error: String
        ) {
            self.jobId = jobId
            self.leaseId = leaseId
            self.error = error
        }
    }

    /// The parameters of `io.duban.Worker.Attach`.
    public struct AttachCall: Codable, Hashable, Sendable {
        /// The field `name` of the interface.
        public var name: String
        /// The field `queues` of the interface.
        public var queues: [String]
        /// The field `labels` of the interface.
        public var labels: [String]
        /// The field `capacity` of the interface.
        public var capacity: Int64
        /// The session of the worker.
        public var session: String?

        /// Makes the message from its fields.
        public init(
            name: String,
            queues: [String],
            labels: [String],
            capacity: Int64,
            session: String? = nil
        ) {
            self.name = name
            self.queues = queues
            self.labels = labels
            self.capacity = capacity
            self.session = session
        }
    }

    /// The reply of `io.duban.Worker.Attach`.
    public struct AttachReply: Codable, Hashable, Sendable {
        /// The session of the worker.
        public var session: String?
        /// The field `leaseSeconds` of the interface.
        public var leaseSeconds: Int64?
        /// The field `heartbeatSeconds` of the interface.
        public var heartbeatSeconds: Int64?
        /// The field `jobs` of the interface.
        public var jobs: [Job]?
        /// The named reason, or what a person gave as one.
        public var reason: String?

        /// Makes the message from its fields.
        public init(
            session: String? = nil,
            leaseSeconds: Int64? = nil,
            heartbeatSeconds: Int64? = nil,
            jobs: [Job]? = nil,
            reason: String? = nil
        ) {
            self.session = session
            self.leaseSeconds = leaseSeconds
            self.heartbeatSeconds = heartbeatSeconds
            self.jobs = jobs
            self.reason = reason
        }
    }

    /// The parameters of `io.duban.Worker.Reserve`.
    public struct ReserveCall: Codable, Hashable, Sendable {
        /// The key under which the answer is kept, so that a call can be sent again.
        public var requestId: String
        /// The field `name` of the interface.
        public var name: String
        /// The field `queues` of the interface.
        public var queues: [String]
        /// The field `labels` of the interface.
        public var labels: [String]?
        /// The field `max` of the interface.
        public var max: Int64
        /// The field `waitSeconds` of the interface.
        public var waitSeconds: Int64

        /// Makes the message from its fields.
        public init(
            requestId: String,
            name: String,
            queues: [String],
            labels: [String]? = nil,
            max: Int64,
            waitSeconds: Int64
        ) {
            self.requestId = requestId
            self.name = name
            self.queues = queues
            self.labels = labels
            self.max = max
            self.waitSeconds = waitSeconds
        }
    }

    /// The reply of `io.duban.Worker.Reserve`.
    public struct ReserveReply: Codable, Hashable, Sendable {
        /// The session of the worker.
        public var session: String
        /// The field `leaseSeconds` of the interface.
        public var leaseSeconds: Int64
        /// The field `jobs` of the interface.
        public var jobs: [Job]

        /// Makes the message from its fields.
        public init(
            session: String,
            leaseSeconds: Int64,
            jobs: [Job]
        ) {
            self.session = session
            self.leaseSeconds = leaseSeconds
            self.jobs = jobs
        }
    }

    /// The parameters of `io.duban.Worker.Report`.
    public struct ReportCall: Codable, Hashable, Sendable {
        /// The key under which the answer is kept, so that a call can be sent again.
        public var requestId: String
        /// The session of the worker.
        public var session: String
        /// The field `results` of the interface.
        public var results: [Result]

        /// Makes the message from its fields.
        public init(
            requestId: String,
            session: String,
            results: [Result]
        ) {
            self.requestId = requestId
            self.session = session
            self.results = results
        }
    }

    /// The reply of `io.duban.Worker.Report`.
    public struct ReportReply: Codable, Hashable, Sendable {
        /// The field `accepted` of the interface.
        public var accepted: Int64
        /// The field `rejected` of the interface.
        public var rejected: [Rejection]

        /// Makes the message from its fields.
        public init(
            accepted: Int64,
            rejected: [Rejection]
        ) {
            self.accepted = accepted
            self.rejected = rejected
        }
    }

    /// The parameters of `io.duban.Worker.Extend`.
    public struct ExtendCall: Codable, Hashable, Sendable {
        /// The key under which the answer is kept, so that a call can be sent again.
        public var requestId: String
        /// The session of the worker.
        public var session: String
        /// The field `leases` of the interface.
        public var leases: [Lease]

        /// Makes the message from its fields.
        public init(
            requestId: String,
            session: String,
            leases: [Lease]
        ) {
            self.requestId = requestId
            self.session = session
            self.leases = leases
        }
    }

    /// The reply of `io.duban.Worker.Extend`.
    public struct ExtendReply: Codable, Hashable, Sendable {
        /// The field `extended` of the interface.
        public var extended: Int64
        /// The field `rejected` of the interface.
        public var rejected: [Rejection]

        /// Makes the message from its fields.
        public init(
            extended: Int64,
            rejected: [Rejection]
        ) {
            self.extended = extended
            self.rejected = rejected
        }
    }
}
