extension ControlAPI {
    /// The clock leapt ahead by more than a day while nothing vouches for it: catch-up and alarms
    /// wait.
    public struct HeldClock: Codable, Hashable, Sendable {
        /// When this was seen, by the clock that leapt.
        public var sinceMicros: Int64
        /// What the clock showed before, carried on by the boot clock.
        public var expectedMicros: Int64

        /// Makes the message from its fields.
        public init(
            sinceMicros: Int64,
            expectedMicros: Int64
        ) {
            self.sinceMicros = sinceMicros
            self.expectedMicros = expectedMicros
        }
    }

    /// What an operator should look at.
    public enum AlarmKind: String, CaseIterable, Codable, Hashable, Sendable {
        /// The value `zone_missing`.
        case zoneMissing = "zone_missing"
        /// The value `zone_unreadable`.
        case zoneUnreadable = "zone_unreadable"
        /// The value `calendar_missing`.
        case calendarMissing = "calendar_missing"
        /// The value `calendar_unreadable`.
        case calendarUnreadable = "calendar_unreadable"
        /// The value `schedule_suspended`.
        case scheduleSuspended = "schedule_suspended"
    }

    /// One thing that is wrong.
    public struct Alarm: Codable, Hashable, Sendable {
        /// The kind.
        public var kind: AlarmKind
        /// Name of the zone, calendar or schedule.
        public var subject: String
        /// What the system said, if anything.
        public var detail: String?
        /// The field `sinceMicros` of the interface.
        public var sinceMicros: Int64

        /// Makes the message from its fields.
        public init(
            kind: AlarmKind,
            subject: String,
            detail: String? = nil,
            sinceMicros: Int64
        ) {
            self.kind = kind
            self.subject = subject
            self.detail = detail
            self.sinceMicros = sinceMicros
        }
    }

    /// The parameters of `io.duban.Control.ReleaseClock`.
    public struct ReleaseClockCall: Codable, Hashable, Sendable {
        /// The key under which the answer is kept, so that a call can be sent again.
        public var requestId: String

        /// Makes the message from its fields.
        public init(
            requestId: String
        ) {
            self.requestId = requestId
        }
    }

    /// The reply of `io.duban.Control.ReleaseClock`.
    public struct ReleaseClockReply: Codable, Hashable, Sendable {
        /// The field `released` of the interface.
        public var released: Bool

        /// Makes the message from its fields.
        public init(
            released: Bool
        ) {
            self.released = released
        }
    }
}
