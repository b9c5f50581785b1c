/// The messages of `io.duban.Plan`; the interface text is their source and says what they mean.
public enum PlanAPI {
    /// The name of the interface.
    public static let name = "io.duban.Plan"

    /// An adopted programme.
    public struct Programme: Codable, Hashable, Sendable {
        /// The field `id` of the interface.
        public var id: String
        /// The field `digest` of the interface.
        public var digest: String
        /// What the file was called.
        public var name: String
        /// When the first plan of the programme was adopted.
        public var adoptedMicros: Int64
        /// Which plan of the programme this is, from 1; revisedMicros tells since when it is in
        /// force.
        public var revision: Int64
        /// Since when this revision is in force.
        public var revisedMicros: Int64
        /// The IANA zone in which instants are read.
        public var zone: String
        /// The field `calendar` of the interface.
        public var calendar: String
        /// The field `persons` of the interface.
        public var persons: Int64
        /// The field `units` of the interface.
        public var units: Int64
        /// The field `projects` of the interface.
        public var projects: Int64
        /// The field `items` of the interface.
        public var items: Int64
        /// The field `schedules` of the interface.
        public var schedules: Int64
        /// Versions of the zone and calendar data that dates are computed with.
        public var timekeeping: String

        /// Makes the message from its fields.
        public init(
            id: String,
            digest: String,
            name: String,
            adoptedMicros: Int64,
            revision: Int64,
            revisedMicros: Int64,
            zone: String,
            calendar: String,
            persons: Int64,
            units: Int64,
            projects: Int64,
            items: Int64,
            schedules: Int64,
            timekeeping: String
        ) {
            self.id = id
            self.digest = digest
            self.name = name
            self.adoptedMicros = adoptedMicros
            self.revision = revision
            self.revisedMicros = revisedMicros
            self.zone = zone
            self.calendar = calendar
            self.persons = persons
            self.units = units
            self.projects = projects
            self.items = items
            self.schedules = schedules
            self.timekeeping = timekeeping
        }
    }

    /// The parameters of `io.duban.Plan.Upload`.
    public struct UploadCall: Codable, Hashable, Sendable {
        /// The field `digest` of the interface.
        public var digest: String
        /// The field `offset` of the interface.
        public var offset: Int64
        /// The field `data` of the interface.
        public var data: String

        /// Makes the message from its fields.
        public init(
            digest: String,
            offset: Int64,
            data: String
        ) {
            self.digest = digest
            self.offset = offset
            self.data = data
        }
    }

    /// The reply of `io.duban.Plan.Upload`.
    public struct UploadReply: Codable, Hashable, Sendable {
        /// The field `received` of the interface.
        public var received: Int64

        /// Makes the message from its fields.
        public init(
            received: Int64
        ) {
            self.received = received
        }
    }

    /// The parameters of `io.duban.Plan.Apply`.
    public struct ApplyCall: Codable, Hashable, Sendable {
        /// The key under which the answer is kept, so that a call can be sent again.
        public var requestId: String
        /// The field `digest` of the interface.
        public var digest: String
        /// The field `name` of the interface.
        public var name: String
        /// The field `fromMicros` of the interface.
        public var fromMicros: Int64?

        /// Makes the message from its fields.
        public init(
            requestId: String,
            digest: String,
            name: String,
            fromMicros: Int64? = nil
        ) {
            self.requestId = requestId
            self.digest = digest
            self.name = name
            self.fromMicros = fromMicros
        }
    }

    /// The reply of `io.duban.Plan.Apply`.
    public struct ApplyReply: Codable, Hashable, Sendable {
        /// The field `programme` of the interface.
        public var programme: Programme
        /// The ledger entry by its sequence number.
        public var seq: Int64
        /// Schedules that this call added, changed and ended.
        public var added: Int64
        /// The field `changed` of the interface.
        public var changed: Int64
        /// The field `ended` of the interface.
        public var ended: Int64

        /// Makes the message from its fields.
        public init(
            programme: Programme,
            seq: Int64,
            added: Int64,
            changed: Int64,
            ended: Int64
        ) {
            self.programme = programme
            self.seq = seq
            self.added = added
            self.changed = changed
            self.ended = ended
        }
    }

    /// The parameters of `io.duban.Plan.List`.
    public struct ListCall: Codable, Hashable, Sendable {
        /// Makes the empty message.
        public init() {}
    }

    /// The reply of `io.duban.Plan.List`.
    public struct ListReply: Codable, Hashable, Sendable {
        /// The field `programmes` of the interface.
        public var programmes: [Programme]

        /// Makes the message from its fields.
        public init(
            programmes: [Programme]
        ) {
            self.programmes = programmes
        }
    }

    /// The parameters of `io.duban.Plan.Show`.
    public struct ShowCall: Codable, Hashable, Sendable {
        /// The field `programme` of the interface.
        public var programme: String?
        /// The field `offset` of the interface.
        public var offset: Int64?

        /// Makes the message from its fields.
        public init(
            programme: String? = nil,
            offset: Int64? = nil
        ) {
            self.programme = programme
            self.offset = offset
        }
    }

    /// The reply of `io.duban.Plan.Show`.
    public struct ShowReply: Codable, Hashable, Sendable {
        /// The field `programme` of the interface.
        public var programme: Programme
        /// The field `text` of the interface.
        public var text: String
        /// Where the next page begins, absent on the last one.
        public var next: Int64?

        /// Makes the message from its fields.
        public init(
            programme: Programme,
            text: String,
            next: Int64? = nil
        ) {
            self.programme = programme
            self.text = text
            self.next = next
        }
    }
}
