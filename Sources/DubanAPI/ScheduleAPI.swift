/// The messages of `io.duban.Schedule`; the interface text is their source and says what they mean.
public enum ScheduleAPI {
    /// The name of the interface.
    public static let name = "io.duban.Schedule"

    /// Where a schedule stands.
    ///
    /// Suspended: its zone or calendar cannot be read. Ended: nothing falls due any more. Behind:
    /// slots that are past wait to be worked off.
    public enum State: String, CaseIterable, Codable, Hashable, Sendable {
        /// The value `active`.
        case active
        /// The value `paused`.
        case paused
        /// The value `suspended`.
        case suspended
        /// The value `ended`.
        case ended
        /// The value `behind`.
        case behind
    }

    /// A pause: slots that fall into it are skipped and recorded; open duties go on.
    public struct CurrentPause: Codable, Hashable, Sendable {
        /// The field `sinceMicros` of the interface.
        public var sinceMicros: Int64
        /// The field `untilMicros` of the interface.
        public var untilMicros: Int64
        /// The person.
        public var person: String
        /// The person by name.
        public var personName: String
        /// What a person gave as the reason.
        public var reason: String

        /// Makes the message from its fields.
        public init(
            sinceMicros: Int64,
            untilMicros: Int64,
            person: String,
            personName: String,
            reason: String
        ) {
            self.sinceMicros = sinceMicros
            self.untilMicros = untilMicros
            self.person = person
            self.personName = personName
            self.reason = reason
        }
    }

    /// One schedule of a plan in force.
    public struct Schedule: Codable, Hashable, Sendable {
        /// Stable identity: programme/item/role.
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
        /// Normal form of the rule.
        public var rule: String
        /// Term of each of its duties, where the rule does not say it.
        public var within: String?
        /// The IANA zone in which instants are read.
        public var zone: String
        /// The field `calendar` of the interface.
        public var calendar: String
        /// The field `state` of the interface.
        public var state: State
        /// The next slot.
        public var nextMicros: Int64?
        /// The field `nextUtc` of the interface.
        public var nextUtc: String?
        /// The field `nextLocal` of the interface.
        public var nextLocal: String?
        /// The newest slot that is past.
        public var lastMicros: Int64?
        /// Its disposition: opened, skipped, missed or superseded.
        public var lastDisposition: String?
        /// Why, unless it opened.
        public var lastCause: String?
        /// Duty that it opened.
        public var lastNumber: Int64?
        /// Nothing older falls due.
        public var activatedMicros: Int64
        /// Every slot up to here has its disposition.
        public var plannedMicros: Int64
        /// All, latest, none or window= with a term.
        public var catchUp: String
        /// Skip, queue-one, queue-all, cancel, terminate or allow; absent where no job runs.
        public var overlap: String?
        /// The field `jitterMicros` of the interface.
        public var jitterMicros: Int64?
        /// The field `pause` of the interface.
        public var pause: CurrentPause?

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
            rule: String,
            within: String? = nil,
            zone: String,
            calendar: String,
            state: State,
            nextMicros: Int64? = nil,
            nextUtc: String? = nil,
            nextLocal: String? = nil,
            lastMicros: Int64? = nil,
            lastDisposition: String? = nil,
            lastCause: String? = nil,
            lastNumber: Int64? = nil,
            activatedMicros: Int64,
            plannedMicros: Int64,
            catchUp: String,
            overlap: String? = nil,
            jitterMicros: Int64? = nil,
            pause: CurrentPause? = nil
        ) {
            self.schedule = schedule
            self.programme = programme
            self.item = item
            self.itemNames = itemNames
            self.role = role
            self.kind = kind
            self.unit = unit
            self.unitNames = unitNames
            self.rule = rule
            self.within = within
            self.zone = zone
            self.calendar = calendar
            self.state = state
            self.nextMicros = nextMicros
            self.nextUtc = nextUtc
            self.nextLocal = nextLocal
            self.lastMicros = lastMicros
            self.lastDisposition = lastDisposition
            self.lastCause = lastCause
            self.lastNumber = lastNumber
            self.activatedMicros = activatedMicros
            self.plannedMicros = plannedMicros
            self.catchUp = catchUp
            self.overlap = overlap
            self.jitterMicros = jitterMicros
            self.pause = pause
        }
    }

    /// The parameters of `io.duban.Schedule.List`.
    public struct ListCall: Codable, Hashable, Sendable {
        /// The field `programme` of the interface.
        public var programme: String?
        /// The organisational unit.
        public var unit: String?
        /// The last one of the page before.
        public var after: String?
        /// The most that one page may hold.
        public var limit: Int64?

        /// Makes the message from its fields.
        public init(
            programme: String? = nil,
            unit: String? = nil,
            after: String? = nil,
            limit: Int64? = nil
        ) {
            self.programme = programme
            self.unit = unit
            self.after = after
            self.limit = limit
        }
    }

    /// The reply of `io.duban.Schedule.List`.
    public struct ListReply: Codable, Hashable, Sendable {
        /// The field `schedules` of the interface.
        public var schedules: [Schedule]
        /// Where the next page begins, absent on the last one.
        public var next: String?

        /// Makes the message from its fields.
        public init(
            schedules: [Schedule],
            next: String? = nil
        ) {
            self.schedules = schedules
            self.next = next
        }
    }

    /// The parameters of `io.duban.Schedule.Get`.
    public struct GetCall: Codable, Hashable, Sendable {
        /// The schedule, `programme/item/role`.
        public var schedule: String

        /// Makes the message from its fields.
        public init(
            schedule: String
        ) {
            self.schedule = schedule
        }
    }

    /// The reply of `io.duban.Schedule.Get`.
    public struct GetReply: Codable, Hashable, Sendable {
        /// The schedule, `programme/item/role`.
        public var schedule: Schedule

        /// Makes the message from its fields.
        public init(
            schedule: Schedule
        ) {
            self.schedule = schedule
        }
    }
}
