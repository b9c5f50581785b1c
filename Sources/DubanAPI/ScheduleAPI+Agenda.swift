extension ScheduleAPI {
    /// What becomes of a future slot, as things stand.
    public enum Foreseen: String, CaseIterable, Codable, Hashable, Sendable {
        /// The value `opened`.
        case opened
        /// The value `skipped`.
        case skipped
    }

    /// What a change of clocks does to a slot: moved out of the gap, left out, run in both copies
    /// of a repeated hour, run in one of them only, or represented by another slot of the same
    /// instant.
    public enum ClockMark: String, CaseIterable, Codable, Hashable, Sendable {
        /// The value `moved`.
        case moved
        /// The value `skipped`.
        case skipped
        /// The value `repeated`.
        case repeated
        /// The value `once`.
        case once
        /// The value `merged`.
        case merged
    }

    /// One future due date.
    public struct Occurrence: Codable, Hashable, Sendable {
        /// The schedule, `programme/item/role`.
        public var schedule: String
        /// The field `programme` of the interface.
        public var programme: String
        /// The item of the plan.
        public var item: String
        /// The item in both languages.
        public var itemNames: Names
        /// The field `role` of the interface.
        public var role: String
        /// The kind.
        public var kind: String
        /// The organisational unit.
        public var unit: String
        /// The unit in both languages.
        public var unitNames: Names
        /// The field `period` of the interface.
        public var period: String?
        /// Identity within the schedule: the nominal local time.
        public var nominal: String
        /// The opening instant in microseconds.
        public var openMicros: Int64
        /// The exclusive due instant in microseconds.
        public var dueMicros: Int64
        /// The due instant in RFC 3339, in UTC and in the schedule's zone.
        public var utc: String
        /// The instant in RFC 3339, in the zone.
        public var local: String
        /// The IANA zone in which instants are read.
        public var zone: String
        /// The last day on which it can be done in time; absent for due times within a day.
        public var dueDay: String?
        /// The due date rests on a work calendar that may still change.
        public var provisional: Bool
        /// The field `foreseen` of the interface.
        public var foreseen: Foreseen
        /// Why it will be skipped: paused, calendar, excluded, gap or gap-merged.
        public var cause: String?
        /// The field `clockMark` of the interface.
        public var clockMark: ClockMark?

        /// Makes the message from its fields.
        public init(
            schedule: String,
            programme: String,
            item: String,
            itemNames: Names,
            role: String,
            kind: String,
            unit: String,
            unitNames: Names,
            period: String? = nil,
            nominal: String,
            openMicros: Int64,
            dueMicros: Int64,
            utc: String,
            local: String,
            zone: String,
            dueDay: String? = nil,
            provisional: Bool,
            foreseen: Foreseen,
            cause: String? = nil,
            clockMark: ClockMark? = nil
        ) {
            self.schedule = schedule
            self.programme = programme
            self.item = item
            self.itemNames = itemNames
            self.role = role
            self.kind = kind
            self.unit = unit
            self.unitNames = unitNames
            self.period = period
            self.nominal = nominal
            self.openMicros = openMicros
            self.dueMicros = dueMicros
            self.utc = utc
            self.local = local
            self.zone = zone
            self.dueDay = dueDay
            self.provisional = provisional
            self.foreseen = foreseen
            self.cause = cause
            self.clockMark = clockMark
        }
    }

    /// The parameters of `io.duban.Schedule.Agenda`.
    public struct AgendaCall: Codable, Hashable, Sendable {
        /// The field `fromMicros` of the interface.
        public var fromMicros: Int64?
        /// The field `untilMicros` of the interface.
        public var untilMicros: Int64?
        /// The field `count` of the interface.
        public var count: Int64?
        /// The organisational unit.
        public var unit: String?

        /// Makes the message from its fields.
        public init(
            fromMicros: Int64? = nil,
            untilMicros: Int64? = nil,
            count: Int64? = nil,
            unit: String? = nil
        ) {
            self.fromMicros = fromMicros
            self.untilMicros = untilMicros
            self.count = count
            self.unit = unit
        }
    }

    /// The reply of `io.duban.Schedule.Agenda`.
    public struct AgendaReply: Codable, Hashable, Sendable {
        /// The field `occurrences` of the interface.
        public var occurrences: [Occurrence]
        /// The field `truncated` of the interface.
        public var truncated: Bool

        /// Makes the message from its fields.
        public init(
            occurrences: [Occurrence],
            truncated: Bool
        ) {
            self.occurrences = occurrences
            self.truncated = truncated
        }
    }
}
