/// The messages of `io.duban.Record`; the interface text is their source and says what they mean.
public enum RecordAPI {
    /// The name of the interface.
    public static let name = "io.duban.Record"

    /// One thing that verification found wrong.
    public struct Problem: Codable, Hashable, Sendable {
        /// The field `place` of the interface.
        public var place: String
        /// The field `what` of the interface.
        public var what: String

        /// Makes the message from its fields.
        public init(
            place: String,
            what: String
        ) {
            self.place = place
            self.what = what
        }
    }

    /// The parameters of `io.duban.Record.Get`.
    public struct GetCall: Codable, Hashable, Sendable {
        /// The field `seq` of the interface.
        public var seq: Int64

        /// Makes the message from its fields.
        public init(
            seq: Int64
        ) {
            self.seq = seq
        }
    }

    /// The reply of `io.duban.Record.Get`.
    public struct GetReply: Codable, Hashable, Sendable {
        /// The field `seq` of the interface.
        public var seq: Int64
        /// The field `leaf` of the interface.
        public var leaf: String
        /// The field `leafHash` of the interface.
        public var leafHash: String

        /// Makes the message from its fields.
        public init(
            seq: Int64,
            leaf: String,
            leafHash: String
        ) {
            self.seq = seq
            self.leaf = leaf
            self.leafHash = leafHash
        }
    }

    /// The parameters of `io.duban.Record.List`.
    public struct ListCall: Codable, Hashable, Sendable {
        /// The last number of the page before.
        public var after: Int64?
        /// The most that one page may hold.
        public var limit: Int64?
        /// The field `follow` of the interface.
        public var follow: Bool?

        /// Makes the message from its fields.
        public init(
            after: Int64? = nil,
            limit: Int64? = nil,
            follow: Bool? = nil
        ) {
            self.after = after
            self.limit = limit
            self.follow = follow
        }
    }

    /// The reply of `io.duban.Record.List`.
    public struct ListReply: Codable, Hashable, Sendable {
        /// The field `entries` of the interface.
        public var entries: [DutyAPI.Entry]
        /// Where the next page begins, absent on the last one.
        public var next: Int64?

        /// Makes the message from its fields.
        public init(
            entries: [DutyAPI.Entry],
            next: Int64? = nil
        ) {
            self.entries = entries
            self.next = next
        }
    }

    /// The parameters of `io.duban.Record.Verify`.
    public struct VerifyCall: Codable, Hashable, Sendable {
        /// The field `cursor` of the interface.
        public var cursor: String?

        /// Makes the message from its fields.
        public init(
            cursor: String? = nil
        ) {
            self.cursor = cursor
        }
    }

    /// The reply of `io.duban.Record.Verify`.
    public struct VerifyReply: Codable, Hashable, Sendable {
        /// The field `cursor` of the interface.
        public var cursor: String
        /// The field `checked` of the interface.
        public var checked: Int64
        /// The field `size` of the interface.
        public var size: Int64
        /// The field `done` of the interface.
        public var done: Bool
        /// The field `origin` of the interface.
        public var origin: String
        /// The field `root` of the interface.
        public var root: String
        /// The field `problems` of the interface.
        public var problems: [Problem]

        /// Makes the message from its fields.
        public init(
            cursor: String,
            checked: Int64,
            size: Int64,
            done: Bool,
            origin: String,
            root: String,
            problems: [Problem]
        ) {
            self.cursor = cursor
            self.checked = checked
            self.size = size
            self.done = done
            self.origin = origin
            self.root = root
            self.problems = problems
        }
    }

    /// The parameters of `io.duban.Record.Export`.
    public struct ExportCall: Codable, Hashable, Sendable {
        /// The field `seq` of the interface.
        public var seq: Int64?
        /// The field `size` of the interface.
        public var size: Int64?

        /// Makes the message from its fields.
        public init(
            seq: Int64? = nil,
            size: Int64? = nil
        ) {
            self.seq = seq
            self.size = size
        }
    }

    /// The reply of `io.duban.Record.Export`.
    public struct ExportReply: Codable, Hashable, Sendable {
        /// The field `text` of the interface.
        public var text: String
        /// Where the next page begins, absent on the last one.
        public var next: Int64?
        /// The field `size` of the interface.
        public var size: Int64

        /// Makes the message from its fields.
        public init(
            text: String,
            next: Int64? = nil,
            size: Int64
        ) {
            self.text = text
            self.next = next
            self.size = size
        }
    }

    /// The parameters of `io.duban.Record.Checkpoint`.
    public struct CheckpointCall: Codable, Hashable, Sendable {
        /// Makes the empty message.
        public init() {}
    }

    /// The reply of `io.duban.Record.Checkpoint`.
    public struct CheckpointReply: Codable, Hashable, Sendable {
        /// A text of a person.
        public var note: String
        /// The field `key` of the interface.
        public var key: String
        /// The field `origin` of the interface.
        public var origin: String
        /// The field `size` of the interface.
        public var size: Int64
        /// The field `root` of the interface.
        public var root: String

        /// Makes the message from its fields.
        public init(
            note: String,
            key: String,
            origin: String,
            size: Int64,
            root: String
        ) {
            self.note = note
            self.key = key
            self.origin = origin
            self.size = size
            self.root = root
        }
    }
}
