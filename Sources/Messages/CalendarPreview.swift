/// What calendar expressions come to: the answer of `dubanctl calendar`, and its JSON form.
public struct CalendarPreview: Codable, Hashable, Sendable {
    /// One answer an expression, in the order in which they were asked.
    public var expressions: [Expression]

    /// Makes an answer.
    public init(expressions: [Expression]) {
        self.expressions = expressions
    }

    /// What one expression comes to.
    public struct Expression: Codable, Hashable, Sendable {
        /// The text as it was given.
        public var expression: String
        /// The normal form; nil if the text was refused.
        public var normal: String?
        /// The zone in which it is read; nil if the text was refused.
        public var zone: String?
        /// The work calendar.
        public var calendar: String?
        /// From when on it was looked at, in microseconds; elapses are later than this.
        public var baseMicros: Int64
        /// The next elapses, soonest first.
        public var elapses: [Elapse] = []
        /// Slots between them that do not elapse, oldest first.
        public var skipped: [Skipped] = []
        /// Changes of clocks within two years that it touches.
        public var notes: [Note] = []
        /// Why there are fewer elapses than were asked for.
        public var end: End?
        /// Why the text was refused.
        public var error: Problem?

        /// Makes an answer without elapses.
        public init(expression: String, baseMicros: Int64) {
            self.expression = expression
            self.baseMicros = baseMicros
        }
    }

    /// One elapse.
    public struct Elapse: Codable, Hashable, Sendable {
        /// The instant in microseconds.
        public var micros: Int64
        /// The instant in RFC 3339, in UTC.
        public var utc: String
        /// The instant in RFC 3339, in the zone.
        public var local: String
        /// Which slot it is: the nominal local time.
        public var nominal: String
        /// Whether it rests on a work calendar that may still change.
        public var provisional: Bool
        /// What a change of clocks does to it, if one does.
        public var clockMark: String?

        /// Makes an elapse.
        public init(
            micros: Int64,
            utc: String,
            local: String,
            nominal: String,
            provisional: Bool,
            clockMark: String? = nil
        ) {
            self.micros = micros
            self.utc = utc
            self.local = local
            self.nominal = nominal
            self.provisional = provisional
            self.clockMark = clockMark
        }
    }

    /// Slots in a row that do not elapse, for one cause.
    public struct Skipped: Codable, Hashable, Sendable {
        /// Why: a cause of the glossary.
        public var cause: String
        /// The first slot.
        public var first: String
        /// The last slot; the first again if there is one only.
        public var last: String
        /// How many they are.
        public var count: Int64
        /// Where the first one would lie, in microseconds.
        public var firstMicros: Int64

        /// Makes a run of slots.
        public init(
            cause: String,
            first: String,
            last: String,
            count: Int64,
            firstMicros: Int64
        ) {
            self.cause = cause
            self.first = first
            self.last = last
            self.count = count
            self.firstMicros = firstMicros
        }
    }

    /// A change of clocks that touches the expression.
    public struct Note: Codable, Hashable, Sendable {
        /// The local day.
        public var date: String
        /// `gap` or `fold`.
        public var kind: String
        /// When clocks change, in microseconds.
        public var micros: Int64
        /// The change in RFC 3339, in UTC.
        public var utc: String
        /// The slot that it touches.
        public var nominal: String?
        /// What it does: a clock mark of the glossary.
        public var effect: String
        /// Where the slot goes in RFC 3339, in the zone, if it is moved.
        public var to: String?

        /// Makes a note.
        public init(
            date: String,
            kind: String,
            micros: Int64,
            utc: String,
            nominal: String? = nil,
            effect: String,
            to: String? = nil
        ) {
            self.date = date
            self.kind = kind
            self.micros = micros
            self.utc = utc
            self.nominal = nominal
            self.effect = effect
            self.to = to
        }
    }

    /// Why nothing more elapses.
    public enum End: String, CaseIterable, Codable, Hashable, Sendable {
        /// It elapsed before the base time, and does so no more.
        case past
        /// It has no elapse at all.
        case never
        /// The elapses that are shown are the last ones.
        case last
    }

    /// Why an expression was refused.
    public struct Problem: Codable, Hashable, Sendable {
        /// What is wrong and what would be right.
        public var message: String
        /// The character at which it is wrong, from 1.
        public var column: Int64

        /// Makes a problem.
        public init(message: String, column: Int64) {
            self.message = message
            self.column = column
        }
    }
}
