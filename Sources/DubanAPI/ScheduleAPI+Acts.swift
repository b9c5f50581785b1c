extension ScheduleAPI {
    /// Slots in a row that a backfill did not open.
    public struct Passed: Codable, Hashable, Sendable {
        /// Why: opened, taken-out, not-passed or overlap.
        public var cause: String
        /// The field `firstMicros` of the interface.
        public var firstMicros: Int64
        /// The field `lastMicros` of the interface.
        public var lastMicros: Int64
        /// The field `count` of the interface.
        public var count: Int64

        /// Makes the message from its fields.
        public init(
            cause: String,
            firstMicros: Int64,
            lastMicros: Int64,
            count: Int64
        ) {
            self.cause = cause
            self.firstMicros = firstMicros
            self.lastMicros = lastMicros
            self.count = count
        }
    }

    /// The parameters of `io.duban.Schedule.Pause`.
    public struct PauseCall: Codable, Hashable, Sendable {
        /// The key under which the answer is kept, so that a call can be sent again.
        public var requestId: String
        /// The schedule, `programme/item/role`.
        public var schedule: String
        /// What a person gave as the reason.
        public var reason: String
        /// The field `untilMicros` of the interface.
        public var untilMicros: Int64

        /// Makes the message from its fields.
        public init(
            requestId: String,
            schedule: String,
            reason: String,
            untilMicros: Int64
        ) {
            self.requestId = requestId
            self.schedule = schedule
            self.reason = reason
            self.untilMicros = untilMicros
        }
    }

    /// The reply of `io.duban.Schedule.Pause`.
    public struct PauseReply: Codable, Hashable, Sendable {
        /// The schedule, `programme/item/role`.
        public var schedule: Schedule
        /// The ledger entry by its sequence number.
        public var seq: Int64

        /// Makes the message from its fields.
        public init(
            schedule: Schedule,
            seq: Int64
        ) {
            self.schedule = schedule
            self.seq = seq
        }
    }

    /// The parameters of `io.duban.Schedule.Resume`.
    public struct ResumeCall: Codable, Hashable, Sendable {
        /// The key under which the answer is kept, so that a call can be sent again.
        public var requestId: String
        /// The schedule, `programme/item/role`.
        public var schedule: String
        /// What a person gave as the reason.
        public var reason: String?

        /// Makes the message from its fields.
        public init(
            requestId: String,
            schedule: String,
            reason: String? = nil
        ) {
            self.requestId = requestId
            self.schedule = schedule
            self.reason = reason
        }
    }

    /// The reply of `io.duban.Schedule.Resume`.
    public struct ResumeReply: Codable, Hashable, Sendable {
        /// The schedule, `programme/item/role`.
        public var schedule: Schedule
        /// The ledger entry by its sequence number.
        public var seq: Int64

        /// Makes the message from its fields.
        public init(
            schedule: Schedule,
            seq: Int64
        ) {
            self.schedule = schedule
            self.seq = seq
        }
    }

    /// The parameters of `io.duban.Schedule.Backfill`.
    public struct BackfillCall: Codable, Hashable, Sendable {
        /// The key under which the answer is kept, so that a call can be sent again.
        public var requestId: String
        /// The schedule, `programme/item/role`.
        public var schedule: String
        /// The field `fromMicros` of the interface.
        public var fromMicros: Int64
        /// The field `untilMicros` of the interface.
        public var untilMicros: Int64
        /// The field `overlap` of the interface.
        public var overlap: String?

        /// Makes the message from its fields.
        public init(
            requestId: String,
            schedule: String,
            fromMicros: Int64,
            untilMicros: Int64,
            overlap: String? = nil
        ) {
            self.requestId = requestId
            self.schedule = schedule
            self.fromMicros = fromMicros
            self.untilMicros = untilMicros
            self.overlap = overlap
        }
    }

    /// The reply of `io.duban.Schedule.Backfill`.
    public struct BackfillReply: Codable, Hashable, Sendable {
        /// The schedule, `programme/item/role`.
        public var schedule: String
        /// Numbers of the duties opened.
        public var opened: [Int64]
        /// The field `passed` of the interface.
        public var passed: [Passed]
        /// The field `throughMicros` of the interface.
        public var throughMicros: Int64
        /// The ledger entry by its sequence number.
        public var seq: Int64

        /// Makes the message from its fields.
        public init(
            schedule: String,
            opened: [Int64],
            passed: [Passed],
            throughMicros: Int64,
            seq: Int64
        ) {
            self.schedule = schedule
            self.opened = opened
            self.passed = passed
            self.throughMicros = throughMicros
            self.seq = seq
        }
    }
}
