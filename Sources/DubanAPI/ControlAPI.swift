/// The messages of `io.duban.Control`; the interface text is their source and says what they mean.
public enum ControlAPI {
    /// The name of the interface.
    public static let name = "io.duban.Control"

    /// One attached worker.
    public struct Worker: Codable, Hashable, Sendable {
        /// The session of the worker.
        public var session: String
        /// The field `name` of the interface.
        public var name: String
        /// The field `uid` of the interface.
        public var uid: Int64
        /// The field `queues` of the interface.
        public var queues: [String]
        /// The field `labels` of the interface.
        public var labels: [String]
        /// The field `capacity` of the interface.
        public var capacity: Int64
        /// The field `leased` of the interface.
        public var leased: Int64
        /// The field `attachedMicros` of the interface.
        public var attachedMicros: Int64

        /// Makes the message from its fields.
        public init(
            session: String,
            name: String,
            uid: Int64,
            queues: [String],
            labels: [String],
            capacity: Int64,
            leased: Int64,
            attachedMicros: Int64
        ) {
            self.session = session
            self.name = name
            self.uid = uid
            self.queues = queues
            self.labels = labels
            self.capacity = capacity
            self.leased = leased
            self.attachedMicros = attachedMicros
        }
    }

    /// The parameters of `io.duban.Control.GetStatus`.
    public struct GetStatusCall: Codable, Hashable, Sendable {
        /// Makes the empty message.
        public init() {}
    }

    /// The reply of `io.duban.Control.GetStatus`.
    public struct GetStatusReply: Codable, Hashable, Sendable {
        /// The field `version` of the interface.
        public var version: String
        /// Running, read-only or disk-full.
        public var mode: String
        /// Why the mode is not running.
        public var trouble: String?
        /// The field `startedMicros` of the interface.
        public var startedMicros: Int64
        /// The field `nowMicros` of the interface.
        public var nowMicros: Int64
        /// The field `wakeMicros` of the interface.
        public var wakeMicros: Int64?
        /// The field `programmes` of the interface.
        public var programmes: [String]
        /// The caller as the plan knows it.
        public var caller: String?
        /// The field `callerName` of the interface.
        public var callerName: String?
        /// The field `dutiesUnsettled` of the interface.
        public var dutiesUnsettled: Int64
        /// The field `dutiesLate` of the interface.
        public var dutiesLate: Int64
        /// The field `dutiesTotal` of the interface.
        public var dutiesTotal: Int64
        /// The field `unattended` of the interface.
        public var unattended: [Int64]
        /// The field `jobsReady` of the interface.
        public var jobsReady: Int64
        /// The field `jobsLeased` of the interface.
        public var jobsLeased: Int64
        /// The field `jobsQuarantined` of the interface.
        public var jobsQuarantined: Int64
        /// The field `jobsTotal` of the interface.
        public var jobsTotal: Int64
        /// The field `findings` of the interface.
        public var findings: Int64
        /// The field `workers` of the interface.
        public var workers: Int64
        /// The field `records` of the interface.
        public var records: Int64
        /// The field `root` of the interface.
        public var root: String
        /// The field `origin` of the interface.
        public var origin: String
        /// The field `journal` of the interface.
        public var journal: Bool
        /// The IANA zone in which instants are read.
        public var zone: String?
        /// The clock that leapt, if one did.
        public var held: HeldClock?
        /// Version of the zone data, such as 2026f.
        public var timeData: String?
        /// What an operator should look at.
        public var alarms: [Alarm]

        /// Makes the message from its fields.
        public init(
            version: String,
            mode: String,
            trouble: String? = nil,
            startedMicros: Int64,
            nowMicros: Int64,
            wakeMicros: Int64? = nil,
            programmes: [String],
            caller: String? = nil,
            callerName: String? = nil,
            dutiesUnsettled: Int64,
            dutiesLate: Int64,
            dutiesTotal: Int64,
            unattended: [Int64],
            jobsReady: Int64,
            jobsLeased: Int64,
            jobsQuarantined: Int64,
            jobsTotal: Int64,
            findings: Int64,
            workers: Int64,
            records: Int64,
            root: String,
            origin: String,
            journal: Bool,
            zone: String? = nil,
            held: HeldClock? = nil,
            timeData: String? = nil,
            alarms: [Alarm]
        ) {
            self.version = version
            self.mode = mode
            self.trouble = trouble
            self.startedMicros = startedMicros
            self.nowMicros = nowMicros
            self.wakeMicros = wakeMicros
            self.programmes = programmes
            self.caller = caller
            self.callerName = callerName
            self.dutiesUnsettled = dutiesUnsettled
            self.dutiesLate = dutiesLate
            self.dutiesTotal = dutiesTotal
            self.unattended = unattended
            self.jobsReady = jobsReady
            self.jobsLeased = jobsLeased
            self.jobsQuarantined = jobsQuarantined
            self.jobsTotal = jobsTotal
            self.findings = findings
            self.workers = workers
            self.records = records
            self.root = root
            self.origin = origin
            self.journal = journal
            self.zone = zone
            self.held = held
            self.timeData = timeData
            self.alarms = alarms
        }
    }

    /// The parameters of `io.duban.Control.ListWorkers`.
    public struct ListWorkersCall: Codable, Hashable, Sendable {
        /// Makes the empty message.
        public init() {}
    }

    /// The reply of `io.duban.Control.ListWorkers`.
    public struct ListWorkersReply: Codable, Hashable, Sendable {
        /// The field `workers` of the interface.
        public var workers: [Worker]

        /// Makes the message from its fields.
        public init(
            workers: [Worker]
        ) {
            self.workers = workers
        }
    }
}
