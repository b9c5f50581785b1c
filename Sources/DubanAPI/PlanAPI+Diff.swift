extension PlanAPI {
    /// One future slot.
    public struct Slot: Codable, Hashable, Sendable {
        /// Identity within the schedule: the nominal local time.
        public var nominal: String
        /// The opening instant in microseconds.
        public var openMicros: Int64
        /// The due date is exclusive: on time is strictly before it.
        public var dueMicros: Int64
        /// The due date rests on a work calendar that may still change.
        public var provisional: Bool

        /// Makes the message from its fields.
        public init(
            nominal: String,
            openMicros: Int64,
            dueMicros: Int64,
            provisional: Bool
        ) {
            self.nominal = nominal
            self.openMicros = openMicros
            self.dueMicros = dueMicros
            self.provisional = provisional
        }
    }

    /// A slot of both plans whose dates differ.
    public struct Move: Codable, Hashable, Sendable {
        /// The field `nominal` of the interface.
        public var nominal: String
        /// The field `oldOpenMicros` of the interface.
        public var oldOpenMicros: Int64
        /// The field `oldDueMicros` of the interface.
        public var oldDueMicros: Int64
        /// The opening instant in microseconds.
        public var openMicros: Int64
        /// The exclusive due instant in microseconds.
        public var dueMicros: Int64

        /// Makes the message from its fields.
        public init(
            nominal: String,
            oldOpenMicros: Int64,
            oldDueMicros: Int64,
            openMicros: Int64,
            dueMicros: Int64
        ) {
            self.nominal = nominal
            self.oldOpenMicros = oldOpenMicros
            self.oldDueMicros = oldDueMicros
            self.openMicros = openMicros
            self.dueMicros = dueMicros
        }
    }

    /// What becomes of a schedule.
    public enum Fate: String, CaseIterable, Codable, Hashable, Sendable {
        /// The value `added`.
        case added
        /// The value `removed`.
        case removed
        /// The value `changed`.
        case changed
        /// The value `kept`.
        case kept
    }

    /// What a plan changes in one schedule.
    ///
    /// Of slots, the first ones stand in the lists.
    public struct Change: Codable, Hashable, Sendable {
        /// The schedule, `programme/item/role`.
        public var schedule: String
        /// The item of the plan.
        public var item: String
        /// The item in both languages.
        public var itemNames: Names
        /// The organisational unit.
        public var unit: String
        /// The unit in both languages.
        public var unitNames: Names
        /// The field `fate` of the interface.
        public var fate: Fate
        /// The field `oldRule` of the interface.
        public var oldRule: String?
        /// The field `newRule` of the interface.
        public var newRule: String?
        /// The field `appear` of the interface.
        public var appear: [Slot]
        /// The field `vanish` of the interface.
        public var vanish: [Slot]
        /// The field `moved` of the interface.
        public var moved: [Move]
        /// Some slots are left out of the lists.
        public var truncated: Bool

        /// Makes the message from its fields.
        public init(
            schedule: String,
            item: String,
            itemNames: Names,
            unit: String,
            unitNames: Names,
            fate: Fate,
            oldRule: String? = nil,
            newRule: String? = nil,
            appear: [Slot],
            vanish: [Slot],
            moved: [Move],
            truncated: Bool
        ) {
            self.schedule = schedule
            self.item = item
            self.itemNames = itemNames
            self.unit = unit
            self.unitNames = unitNames
            self.fate = fate
            self.oldRule = oldRule
            self.newRule = newRule
            self.appear = appear
            self.vanish = vanish
            self.moved = moved
            self.truncated = truncated
        }
    }

    /// The parameters of `io.duban.Plan.Diff`.
    public struct DiffCall: Codable, Hashable, Sendable {
        /// The field `digest` of the interface.
        public var digest: String
        /// The field `name` of the interface.
        public var name: String
        /// The field `fromMicros` of the interface.
        public var fromMicros: Int64?
        /// The field `untilMicros` of the interface.
        public var untilMicros: Int64?
        /// The most that one page may hold.
        public var limit: Int64?
        /// The last one of the page before.
        public var after: String?

        /// Makes the message from its fields.
        public init(
            digest: String,
            name: String,
            fromMicros: Int64? = nil,
            untilMicros: Int64? = nil,
            limit: Int64? = nil,
            after: String? = nil
        ) {
            self.digest = digest
            self.name = name
            self.fromMicros = fromMicros
            self.untilMicros = untilMicros
            self.limit = limit
            self.after = after
        }
    }

    /// The reply of `io.duban.Plan.Diff`.
    public struct DiffReply: Codable, Hashable, Sendable {
        /// The field `programme` of the interface.
        public var programme: String
        /// The field `digest` of the interface.
        public var digest: String
        /// The plan in force, absent where the programme is new.
        public var oldDigest: String?
        /// The IANA zone in which instants are read.
        public var zone: String
        /// The field `fromMicros` of the interface.
        public var fromMicros: Int64
        /// The field `untilMicros` of the interface.
        public var untilMicros: Int64
        /// The field `changes` of the interface.
        public var changes: [Change]
        /// How many schedules stay as they are.
        public var kept: Int64
        /// Where the next page begins, absent on the last one.
        public var next: String?

        /// Makes the message from its fields.
        public init(
            programme: String,
            digest: String,
            oldDigest: String? = nil,
            zone: String,
            fromMicros: Int64,
            untilMicros: Int64,
            changes: [Change],
            kept: Int64,
            next: String? = nil
        ) {
            self.programme = programme
            self.digest = digest
            self.oldDigest = oldDigest
            self.zone = zone
            self.fromMicros = fromMicros
            self.untilMicros = untilMicros
            self.changes = changes
            self.kept = kept
            self.next = next
        }
    }
}
