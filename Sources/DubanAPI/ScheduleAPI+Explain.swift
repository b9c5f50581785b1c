extension ScheduleAPI {
    /// Why a schedule did or did not fall due at an instant.
    ///
    /// Pending: the slot is past and waits for its disposition. Future: it has yet to come.
    public enum Verdict: String, CaseIterable, Codable, Hashable, Sendable {
        /// The value `opened`.
        case opened
        /// The value `skipped`.
        case skipped
        /// The value `missed`.
        case missed
        /// The value `superseded`.
        case superseded
        /// The value `pending`.
        case pending
        /// The value `future`.
        case future
        /// The value `no_slot`.
        case noSlot = "no_slot"
        /// The value `ended`.
        case ended
        /// The value `before_activation`.
        case beforeActivation = "before_activation"
        /// The value `suspended`.
        case suspended
    }

    /// One field of a rule against a local time.
    public struct Field: Codable, Hashable, Sendable {
        /// Weekday, date, time, zone, every, roll, except and the like.
        public var name: String
        /// The field `asked` of the interface.
        public var asked: String
        /// The field `shown` of the interface.
        public var shown: String
        /// The field `matches` of the interface.
        public var matches: Bool

        /// Makes the message from its fields.
        public init(
            name: String,
            asked: String,
            shown: String,
            matches: Bool
        ) {
            self.name = name
            self.asked = asked
            self.shown = shown
            self.matches = matches
        }
    }

    /// The parameters of `io.duban.Schedule.Explain`.
    public struct ExplainCall: Codable, Hashable, Sendable {
        /// The schedule, `programme/item/role`.
        public var schedule: String
        /// The field `atMicros` of the interface.
        public var atMicros: Int64

        /// Makes the message from its fields.
        public init(
            schedule: String,
            atMicros: Int64
        ) {
            self.schedule = schedule
            self.atMicros = atMicros
        }
    }

    /// The reply of `io.duban.Schedule.Explain`.
    public struct ExplainReply: Codable, Hashable, Sendable {
        /// The schedule, `programme/item/role`.
        public var schedule: Schedule
        /// The field `atMicros` of the interface.
        public var atMicros: Int64
        /// The instant in RFC 3339, in UTC.
        public var utc: String
        /// The instant in RFC 3339, in the zone.
        public var local: String
        /// The field `verdict` of the interface.
        public var verdict: Verdict
        /// Why it was skipped or missed.
        public var cause: String?
        /// Duty that the slot opened.
        public var number: Int64?
        /// Ledger entry that says so.
        public var seq: Int64?
        /// The slot: its identity, its instant, and when it was worked off.
        public var nominal: String?
        /// The field `slotMicros` of the interface.
        public var slotMicros: Int64?
        /// The field `actualMicros` of the interface.
        public var actualMicros: Int64?
        /// The slots around the instant.
        public var previousMicros: Int64?
        /// The field `nextMicros` of the interface.
        public var nextMicros: Int64?
        /// Revision and digest of the plan that was in force then.
        public var revision: Int64?
        /// The field `revisionDigest` of the interface.
        public var revisionDigest: String?
        /// The field `fields` of the interface.
        public var fields: [Field]

        /// Makes the message from its fields.
        public init(
            schedule: Schedule,
            atMicros: Int64,
            utc: String,
            local: String,
            verdict: Verdict,
            cause: String? = nil,
            number: Int64? = nil,
            seq: Int64? = nil,
            nominal: String? = nil,
            slotMicros: Int64? = nil,
            actualMicros: Int64? = nil,
            previousMicros: Int64? = nil,
            nextMicros: Int64? = nil,
            revision: Int64? = nil,
            revisionDigest: String? = nil,
            fields: [Field]
        ) {
            self.schedule = schedule
            self.atMicros = atMicros
            self.utc = utc
            self.local = local
            self.verdict = verdict
            self.cause = cause
            self.number = number
            self.seq = seq
            self.nominal = nominal
            self.slotMicros = slotMicros
            self.actualMicros = actualMicros
            self.previousMicros = previousMicros
            self.nextMicros = nextMicros
            self.revision = revision
            self.revisionDigest = revisionDigest
            self.fields = fields
        }
    }
}
