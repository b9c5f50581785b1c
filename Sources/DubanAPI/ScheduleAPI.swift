/// The messages of `io.duban.Schedule`; the interface text is their source and says what they mean.
public enum ScheduleAPI {
    /// The name of the interface.
    public static let name = "io.duban.Schedule"

    /// One future due date.
    public struct Occurrence: Codable, Hashable, Sendable {
        /// The field `schedule` of the interface.
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
        /// The opening instant in microseconds.
        public var openMicros: Int64
        /// The exclusive due instant in microseconds.
        public var dueMicros: Int64
        /// The field `utc` of the interface.
        public var utc: String
        /// The field `local` of the interface.
        public var local: String
        /// The field `dueDay` of the interface.
        public var dueDay: String?
        /// The field `provisional` of the interface.
        public var provisional: Bool

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
            openMicros: Int64,
            dueMicros: Int64,
            utc: String,
            local: String,
            dueDay: String? = nil,
            provisional: Bool
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
            self.openMicros = openMicros
            self.dueMicros = dueMicros
            self.utc = utc
            self.local = local
            self.dueDay = dueDay
            self.provisional = provisional
        }
    }

    /// The parameters of `io.duban.Schedule.Agenda`.
    public struct AgendaCall: Codable, Hashable, Sendable {
        /// The field `fromMicros` of the interface.
        public var fromMicros: Int64?
        /// The field `count` of the interface.
        public var count: Int64?
        /// The organisational unit.
        public var unit: String?

        /// Makes the message from its fields.
        public init(
            fromMicros: Int64? = nil,
            count: Int64? = nil,
            unit: String? = nil
        ) {
            self.fromMicros = fromMicros
            self.count = count
            self.unit = unit
        }
    }

    /// The reply of `io.duban.Schedule.Agenda`.
    public struct AgendaReply: Codable, Hashable, Sendable {
        /// The field `occurrences` of the interface.
        public var occurrences: [Occurrence]

        /// Makes the message from its fields.
        public init(
            occurrences: [Occurrence]
        ) {
            self.occurrences = occurrences
        }
    }
}
