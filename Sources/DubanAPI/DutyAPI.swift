/// The messages of `io.duban.Duty`; the interface text is their source and says what they mean.
public enum DutyAPI {
    /// The name of the interface.
    public static let name = "io.duban.Duty"

    /// The enumeration `Kind` of the interface.
    public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        /// The value `account`.
        case account
        /// The value `inspect`.
        case inspect
        /// The value `rectify`.
        case rectify
        /// The value `review`.
        case review
        /// The value `supervise`.
        case supervise
    }

    /// The enumeration `State` of the interface.
    public enum State: String, CaseIterable, Codable, Hashable, Sendable {
        /// The value `open`.
        case open
        /// The value `submitted`.
        case submitted
        /// The value `returned`.
        case returned
        /// The value `accepted`.
        case accepted
        /// The value `moot`.
        case moot
    }

    /// One duty with the names that a person wants to read.
    public struct Duty: Codable, Hashable, Sendable {
        /// The duty by its register number.
        public var number: Int64
        /// The field `id` of the interface.
        public var id: String
        /// The kind.
        public var kind: Kind
        /// The state.
        public var state: State
        /// The field `programme` of the interface.
        public var programme: String
        /// The item of the plan.
        public var item: String?
        /// The item in both languages.
        public var itemNames: Names
        /// The organisational unit.
        public var unit: String
        /// The unit in both languages.
        public var unitNames: Names
        /// The post.
        public var post: String
        /// The person.
        public var person: String
        /// The person by name.
        public var personName: String
        /// The field `superior` of the interface.
        public var superior: String?
        /// The IANA zone in which instants are read.
        public var zone: String
        /// The opening instant in microseconds.
        public var openMicros: Int64
        /// The exclusive due instant in microseconds.
        public var dueMicros: Int64
        /// The field `originalDueMicros` of the interface.
        public var originalDueMicros: Int64
        /// The field `provisional` of the interface.
        public var provisional: Bool
        /// The field `late` of the interface.
        public var late: Bool
        /// The field `lateWorkdays` of the interface.
        public var lateWorkdays: Int64
        /// The field `attempt` of the interface.
        public var attempt: Int64
        /// The field `cycle` of the interface.
        public var cycle: Int64
        /// The field `round` of the interface.
        public var round: Int64
        /// The field `subject` of the interface.
        public var subject: Int64?
        /// The field `root` of the interface.
        public var root: Int64
        /// The field `period` of the interface.
        public var period: String?
        /// The field `schedule` of the interface.
        public var schedule: String?
        /// The field `requirements` of the interface.
        public var requirements: String?
        /// The field `criteria` of the interface.
        public var criteria: [String]
        /// The field `followUpMicros` of the interface.
        public var followUpMicros: Int64?
        /// The field `submittedMicros` of the interface.
        public var submittedMicros: Int64?
        /// The field `submittedBy` of the interface.
        public var submittedBy: String?
        /// The field `settledMicros` of the interface.
        public var settledMicros: Int64?
        /// The field `settledReason` of the interface.
        public var settledReason: String?
        /// The field `unattended` of the interface.
        public var unattended: Bool
        /// A text of a person.
        public var note: String?
        /// The field `settledBy` of the interface.
        public var settledBy: [String]

        /// Makes the message from its fields.
        public init(
            number: Int64,
            id: String,
            kind: Kind,
            state: State,
            programme: String,
            item: String? = nil,
            itemNames: Names,
            unit: String,
            unitNames: Names,
            post: String,
            person: String,
            personName: String,
            superior: String? = nil,
            zone: String,
            openMicros: Int64,
            dueMicros: Int64,
            originalDueMicros: Int64,
            provisional: Bool,
            late: Bool,
            lateWorkdays: Int64,
            attempt: Int64,
            cycle: Int64,
            round: Int64,
            subject: Int64? = nil,
            root: Int64,
            period: String? = nil,
            schedule: String? = nil,
            requirements: String? = nil,
            criteria: [String],
            followUpMicros: Int64? = nil,
            submittedMicros: Int64? = nil,
            submittedBy: String? = nil,
            settledMicros: Int64? = nil,
            settledReason: String? = nil,
            unattended: Bool,
            note: String? = nil,
            settledBy: [String]
        ) {
            self.number = number
            self.id = id
            self.kind = kind
            self.state = state
            self.programme = programme
            self.item = item
            self.itemNames = itemNames
            self.unit = unit
            self.unitNames = unitNames
            self.post = post
            self.person = person
            self.personName = personName
            self.superior = superior
            self.zone = zone
            self.openMicros = openMicros
            self.dueMicros = dueMicros
            self.originalDueMicros = originalDueMicros
            self.provisional = provisional
            self.late = late
            self.lateWorkdays = lateWorkdays
            self.attempt = attempt
            self.cycle = cycle
            self.round = round
            self.subject = subject
            self.root = root
            self.period = period
            self.schedule = schedule
            self.requirements = requirements
            self.criteria = criteria
            self.followUpMicros = followUpMicros
            self.submittedMicros = submittedMicros
            self.submittedBy = submittedBy
            self.settledMicros = settledMicros
            self.settledReason = settledReason
            self.unattended = unattended
            self.note = note
            self.settledBy = settledBy
        }
    }

    /// One ledger entry in the form that people read.
    public struct Entry: Codable, Hashable, Sendable {
        /// The field `seq` of the interface.
        public var seq: Int64
        /// The field `atMicros` of the interface.
        public var atMicros: Int64
        /// The field `effectiveMicros` of the interface.
        public var effectiveMicros: Int64
        /// The field `action` of the interface.
        public var action: String
        /// The field `actor` of the interface.
        public var actor: String
        /// The field `uid` of the interface.
        public var uid: Int64?
        /// The person.
        public var person: String?
        /// The person by name.
        public var personName: String?
        /// The post.
        public var post: String?
        /// The field `via` of the interface.
        public var via: String
        /// The named reason, or what a person gave as one.
        public var reason: String
        /// The duty by its register number.
        public var number: Int64?
        /// The kind.
        public var kind: Kind?
        /// The item of the plan.
        public var item: String?
        /// The item in both languages.
        public var itemNames: Names
        /// The organisational unit.
        public var unit: String?
        /// The unit in both languages.
        public var unitNames: Names
        /// The field `obligor` of the interface.
        public var obligor: String?
        /// The field `obligorName` of the interface.
        public var obligorName: String?
        /// The exclusive due instant in microseconds.
        public var dueMicros: Int64?
        /// The field `followUpMicros` of the interface.
        public var followUpMicros: Int64?
        /// The field `subject` of the interface.
        public var subject: Int64?
        /// The field `root` of the interface.
        public var root: Int64?
        /// The field `round` of the interface.
        public var round: Int64?
        /// The field `job` of the interface.
        public var job: Int64?
        /// The field `outcome` of the interface.
        public var outcome: String?
        /// The field `summary` of the interface.
        public var summary: String?
        /// The field `count` of the interface.
        public var count: Int64?
        /// Schedule that the entry is about.
        public var schedule: String?
        /// Why slots were skipped or missed.
        public var cause: String?
        /// Where the time begins that the entry is about: slots passed over, a pause, a backfill.
        public var fromMicros: Int64?
        /// Where that time ends.
        public var untilMicros: Int64?
        /// Revision of the plan.
        public var revision: Int64?
        /// Schedules that the revision added.
        public var added: Int64?
        /// Schedules that the revision changed.
        public var changed: Int64?
        /// Schedules that the revision ended.
        public var ended: Int64?
        /// A text of a person.
        public var note: String?
        /// The IANA zone in which instants are read.
        public var zone: String

        /// Makes the message from its fields.
        public init(
            seq: Int64,
            atMicros: Int64,
            effectiveMicros: Int64,
            action: String,
            actor: String,
            uid: Int64? = nil,
            person: String? = nil,
            personName: String? = nil,
            post: String? = nil,
            via: String,
            reason: String,
            number: Int64? = nil,
            kind: Kind? = nil,
            item: String? = nil,
            itemNames: Names,
            unit: String? = nil,
            unitNames: Names,
            obligor: String? = nil,
            obligorName: String? = nil,
            dueMicros: Int64? = nil,
            followUpMicros: Int64? = nil,
            subject: Int64? = nil,
            root: Int64? = nil,
            round: Int64? = nil,
            job: Int64? = nil,
            outcome: String? = nil,
            summary: String? = nil,
            count: Int64? = nil,
            schedule: String? = nil,
            cause: String? = nil,
            fromMicros: Int64? = nil,
            untilMicros: Int64? = nil,
            revision: Int64? = nil,
            added: Int64? = nil,
            changed: Int64? = nil,
            ended: Int64? = nil,
            note: String? = nil,
            zone: String
        ) {
            self.seq = seq
            self.atMicros = atMicros
            self.effectiveMicros = effectiveMicros
            self.action = action
            self.actor = actor
            self.uid = uid
            self.person = person
            self.personName = personName
            self.post = post
            self.via = via
            self.reason = reason
            self.number = number
            self.kind = kind
            self.item = item
            self.itemNames = itemNames
            self.unit = unit
            self.unitNames = unitNames
            self.obligor = obligor
            self.obligorName = obligorName
            self.dueMicros = dueMicros
            self.followUpMicros = followUpMicros
            self.subject = subject
            self.root = root
            self.round = round
            self.job = job
            self.outcome = outcome
            self.summary = summary
            self.count = count
            self.schedule = schedule
            self.cause = cause
            self.fromMicros = fromMicros
            self.untilMicros = untilMicros
            self.revision = revision
            self.added = added
            self.changed = changed
            self.ended = ended
            self.note = note
            self.zone = zone
        }
    }

    /// One step of the line above an obligor.
    public struct Superior: Codable, Hashable, Sendable {
        /// The post.
        public var post: String
        /// The person.
        public var person: String
        /// The person by name.
        public var personName: String
        /// The organisational unit.
        public var unit: String
        /// The unit in both languages.
        public var unitNames: Names

        /// Makes the message from its fields.
        public init(
            post: String,
            person: String,
            personName: String,
            unit: String,
            unitNames: Names
        ) {
            self.post = post
            self.person = person
            self.personName = personName
            self.unit = unit
            self.unitNames = unitNames
        }
    }

    /// The parameters of `io.duban.Duty.Get`.
    public struct GetCall: Codable, Hashable, Sendable {
        /// The duty by its register number.
        public var number: Int64

        /// Makes the message from its fields.
        public init(
            number: Int64
        ) {
            self.number = number
        }
    }

    /// The reply of `io.duban.Duty.Get`.
    public struct GetReply: Codable, Hashable, Sendable {
        /// The field `duty` of the interface.
        public var duty: Duty

        /// Makes the message from its fields.
        public init(
            duty: Duty
        ) {
            self.duty = duty
        }
    }

    /// The parameters of `io.duban.Duty.List`.
    public struct ListCall: Codable, Hashable, Sendable {
        /// The field `all` of the interface.
        public var all: Bool?
        /// The kind.
        public var kind: Kind?
        /// The state.
        public var state: State?
        /// The organisational unit.
        public var unit: String?
        /// The item of the plan.
        public var item: String?
        /// The field `late` of the interface.
        public var late: Bool?
        /// The last number of the page before.
        public var after: Int64?
        /// The most that one page may hold.
        public var limit: Int64?

        /// Makes the message from its fields.
        public init(
            all: Bool? = nil,
            kind: Kind? = nil,
            state: State? = nil,
            unit: String? = nil,
            item: String? = nil,
            late: Bool? = nil,
            after: Int64? = nil,
            limit: Int64? = nil
        ) {
            self.all = all
            self.kind = kind
            self.state = state
            self.unit = unit
            self.item = item
            self.late = late
            self.after = after
            self.limit = limit
        }
    }

    /// The reply of `io.duban.Duty.List`.
    public struct ListReply: Codable, Hashable, Sendable {
        /// The field `duties` of the interface.
        public var duties: [Duty]
        /// Where the next page begins, absent on the last one.
        public var next: Int64?

        /// Makes the message from its fields.
        public init(
            duties: [Duty],
            next: Int64? = nil
        ) {
            self.duties = duties
            self.next = next
        }
    }

    /// The parameters of `io.duban.Duty.Todo`.
    public struct TodoCall: Codable, Hashable, Sendable {
        /// The person.
        public var person: String?

        /// Makes the message from its fields.
        public init(
            person: String? = nil
        ) {
            self.person = person
        }
    }

    /// The reply of `io.duban.Duty.Todo`.
    public struct TodoReply: Codable, Hashable, Sendable {
        /// The person.
        public var person: String
        /// The person by name.
        public var personName: String
        /// The field `duties` of the interface.
        public var duties: [Duty]

        /// Makes the message from its fields.
        public init(
            person: String,
            personName: String,
            duties: [Duty]
        ) {
            self.person = person
            self.personName = personName
            self.duties = duties
        }
    }

    /// The parameters of `io.duban.Duty.Chain`.
    public struct ChainCall: Codable, Hashable, Sendable {
        /// The duty by its register number.
        public var number: Int64

        /// Makes the message from its fields.
        public init(
            number: Int64
        ) {
            self.number = number
        }
    }

    /// The reply of `io.duban.Duty.Chain`.
    public struct ChainReply: Codable, Hashable, Sendable {
        /// The field `duty` of the interface.
        public var duty: Duty
        /// The field `duties` of the interface.
        public var duties: [Duty]
        /// The field `superiors` of the interface.
        public var superiors: [Superior]

        /// Makes the message from its fields.
        public init(
            duty: Duty,
            duties: [Duty],
            superiors: [Superior]
        ) {
            self.duty = duty
            self.duties = duties
            self.superiors = superiors
        }
    }

    /// The parameters of `io.duban.Duty.History`.
    public struct HistoryCall: Codable, Hashable, Sendable {
        /// The duty by its register number.
        public var number: Int64

        /// Makes the message from its fields.
        public init(
            number: Int64
        ) {
            self.number = number
        }
    }

    /// The reply of `io.duban.Duty.History`.
    public struct HistoryReply: Codable, Hashable, Sendable {
        /// The field `entries` of the interface.
        public var entries: [Entry]

        /// Makes the message from its fields.
        public init(
            entries: [Entry]
        ) {
            self.entries = entries
        }
    }

    /// The parameters of `io.duban.Duty.Submit`.
    public struct SubmitCall: Codable, Hashable, Sendable {
        /// The key under which the answer is kept, so that a call can be sent again.
        public var requestId: String
        /// The duty by its register number.
        public var number: Int64
        /// A text of a person.
        public var note: String

        /// Makes the message from its fields.
        public init(
            requestId: String,
            number: Int64,
            note: String
        ) {
            self.requestId = requestId
            self.number = number
            self.note = note
        }
    }

    /// The reply of `io.duban.Duty.Submit`.
    public struct SubmitReply: Codable, Hashable, Sendable {
        /// The field `duty` of the interface.
        public var duty: Duty
        /// The field `opened` of the interface.
        public var opened: [Int64]
        /// The field `settled` of the interface.
        public var settled: [Int64]
        /// The field `seq` of the interface.
        public var seq: Int64

        /// Makes the message from its fields.
        public init(
            duty: Duty,
            opened: [Int64],
            settled: [Int64],
            seq: Int64
        ) {
            self.duty = duty
            self.opened = opened
            self.settled = settled
            self.seq = seq
        }
    }

    /// The parameters of `io.duban.Duty.Accept`.
    public struct AcceptCall: Codable, Hashable, Sendable {
        /// The key under which the answer is kept, so that a call can be sent again.
        public var requestId: String
        /// The duty by its register number.
        public var number: Int64
        /// A text of a person.
        public var note: String?

        /// Makes the message from its fields.
        public init(
            requestId: String,
            number: Int64,
            note: String? = nil
        ) {
            self.requestId = requestId
            self.number = number
            self.note = note
        }
    }

    /// The reply of `io.duban.Duty.Accept`.
    public struct AcceptReply: Codable, Hashable, Sendable {
        /// The field `duty` of the interface.
        public var duty: Duty
        /// The field `opened` of the interface.
        public var opened: [Int64]
        /// The field `settled` of the interface.
        public var settled: [Int64]
        /// The field `seq` of the interface.
        public var seq: Int64

        /// Makes the message from its fields.
        public init(
            duty: Duty,
            opened: [Int64],
            settled: [Int64],
            seq: Int64
        ) {
            self.duty = duty
            self.opened = opened
            self.settled = settled
            self.seq = seq
        }
    }

    /// The parameters of `io.duban.Duty.Return`.
    public struct ReturnCall: Codable, Hashable, Sendable {
        /// The key under which the answer is kept, so that a call can be sent again.
        public var requestId: String
        /// The duty by its register number.
        public var number: Int64
        /// The named reason, or what a person gave as one.
        public var reason: String
        /// The field `within` of the interface.
        public var within: String?

        /// Makes the message from its fields.
        public init(
            requestId: String,
            number: Int64,
            reason: String,
            within: String? = nil
        ) {
            self.requestId = requestId
            self.number = number
            self.reason = reason
            self.within = within
        }
    }

    /// The reply of `io.duban.Duty.Return`.
    public struct ReturnReply: Codable, Hashable, Sendable {
        /// The field `duty` of the interface.
        public var duty: Duty
        /// The field `opened` of the interface.
        public var opened: [Int64]
        /// The field `settled` of the interface.
        public var settled: [Int64]
        /// The field `seq` of the interface.
        public var seq: Int64

        /// Makes the message from its fields.
        public init(
            duty: Duty,
            opened: [Int64],
            settled: [Int64],
            seq: Int64
        ) {
            self.duty = duty
            self.opened = opened
            self.settled = settled
            self.seq = seq
        }
    }

    /// The parameters of `io.duban.Duty.Urge`.
    public struct UrgeCall: Codable, Hashable, Sendable {
        /// The key under which the answer is kept, so that a call can be sent again.
        public var requestId: String
        /// The duty by its register number.
        public var number: Int64
        /// The named reason, or what a person gave as one.
        public var reason: String?
        /// The field `followUp` of the interface.
        public var followUp: String?

        /// Makes the message from its fields.
        public init(
            requestId: String,
            number: Int64,
            reason: String? = nil,
            followUp: String? = nil
        ) {
            self.requestId = requestId
            self.number = number
            self.reason = reason
            self.followUp = followUp
        }
    }

    /// The reply of `io.duban.Duty.Urge`.
    public struct UrgeReply: Codable, Hashable, Sendable {
        /// The field `duty` of the interface.
        public var duty: Duty
        /// The field `opened` of the interface.
        public var opened: [Int64]
        /// The field `settled` of the interface.
        public var settled: [Int64]
        /// The field `seq` of the interface.
        public var seq: Int64

        /// Makes the message from its fields.
        public init(
            duty: Duty,
            opened: [Int64],
            settled: [Int64],
            seq: Int64
        ) {
            self.duty = duty
            self.opened = opened
            self.settled = settled
            self.seq = seq
        }
    }
}
