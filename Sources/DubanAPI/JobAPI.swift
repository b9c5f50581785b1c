/// The messages of `io.duban.Job`; the interface text is their source and says what they mean.
public enum JobAPI {
    /// The name of the interface.
    public static let name = "io.duban.Job"

    /// The enumeration `State` of the interface.
    public enum State: String, CaseIterable, Codable, Hashable, Sendable {
        /// The value `ready`.
        case ready
        /// The value `leased`.
        case leased
        /// The value `finished`.
        case finished
        /// The value `quarantined`.
        case quarantined
        /// The value `cancelled`.
        case cancelled
    }

    /// One job as the control interface shows it.
    public struct Job: Codable, Hashable, Sendable {
        /// The job.
        public var jobId: Int64
        /// The field `queue` of the interface.
        public var queue: String
        /// The kind.
        public var kind: String
        /// The field `label` of the interface.
        public var label: String?
        /// The state.
        public var state: State
        /// The duty by its register number.
        public var number: Int64?
        /// The field `attempt` of the interface.
        public var attempt: Int64
        /// The field `attempts` of the interface.
        public var attempts: Int64
        /// The field `readyMicros` of the interface.
        public var readyMicros: Int64
        /// The field `notBeforeMicros` of the interface.
        public var notBeforeMicros: Int64
        /// Job that must end first, by the overlap policy of the schedule.
        public var waitsFor: Int64?
        /// The lease, rising strictly for each job.
        public var leaseId: Int64
        /// The field `worker` of the interface.
        public var worker: String?
        /// The field `endedMicros` of the interface.
        public var endedMicros: Int64?
        /// The field `outcome` of the interface.
        public var outcome: String?
        /// The field `summary` of the interface.
        public var summary: String?
        /// The field `input` of the interface.
        public var input: String
        /// The field `output` of the interface.
        public var output: String?

        /// Makes the message from its fields.
        public init(
            jobId: Int64,
            queue: String,
            kind: String,
            label: String? = nil,
            state: State,
            number: Int64? = nil,
            attempt: Int64,
            attempts: Int64,
            readyMicros: Int64,
            notBeforeMicros: Int64,
            waitsFor: Int64? = nil,
            leaseId: Int64,
            worker: String? = nil,
            endedMicros: Int64? = nil,
            outcome: String? = nil,
            summary: String? = nil,
            input: String,
            output: String? = nil
        ) {
            self.jobId = jobId
            self.queue = queue
            self.kind = kind
            self.label = label
            self.state = state
            self.number = number
            self.attempt = attempt
            self.attempts = attempts
            self.readyMicros = readyMicros
            self.notBeforeMicros = notBeforeMicros
            self.waitsFor = waitsFor
            self.leaseId = leaseId
            self.worker = worker
            self.endedMicros = endedMicros
            self.outcome = outcome
            self.summary = summary
            self.input = input
            self.output = output
        }
    }

    /// The parameters of `io.duban.Job.Get`.
    public struct GetCall: Codable, Hashable, Sendable {
        /// The job.
        public var jobId: Int64

        /// Makes the message from its fields.
        public init(
            jobId: Int64
        ) {
            self.jobId = jobId
        }
    }

    /// The reply of `io.duban.Job.Get`.
    public struct GetReply: Codable, Hashable, Sendable {
        /// The field `job` of the interface.
        public var job: Job

        /// Makes the message from its fields.
        public init(
            job: Job
        ) {
            self.job = job
        }
    }

    /// The parameters of `io.duban.Job.List`.
    public struct ListCall: Codable, Hashable, Sendable {
        /// The field `all` of the interface.
        public var all: Bool?
        /// The field `queue` of the interface.
        public var queue: String?
        /// The state.
        public var state: State?
        /// The duty by its register number.
        public var number: Int64?
        /// The last number of the page before.
        public var after: Int64?
        /// The most that one page may hold.
        public var limit: Int64?

        /// Makes the message from its fields.
        public init(
            all: Bool? = nil,
            queue: String? = nil,
            state: State? = nil,
            number: Int64? = nil,
            after: Int64? = nil,
            limit: Int64? = nil
        ) {
            self.all = all
            self.queue = queue
            self.state = state
            self.number = number
            self.after = after
            self.limit = limit
        }
    }

    /// The reply of `io.duban.Job.List`.
    public struct ListReply: Codable, Hashable, Sendable {
        /// The field `jobs` of the interface.
        public var jobs: [Job]
        /// Where the next page begins, absent on the last one.
        public var next: Int64?

        /// Makes the message from its fields.
        public init(
            jobs: [Job],
            next: Int64? = nil
        ) {
            self.jobs = jobs
            self.next = next
        }
    }
}
