/// The words of duban in both languages: one row for each value that a person sees.
///
/// The rows stand in `Glossary+Rows.swift`; a test holds them complete.
public enum Glossary {
    /// What a word names.
    public enum Topic: String, CaseIterable, Hashable, Sendable {
        /// What a duty asks for.
        case kind
        /// Where a duty stands.
        case state
        /// Where a job stands.
        case jobState
        /// What became of a job.
        case outcome
        /// What a message is about.
        case matter
        /// What a record says was done.
        case action
        /// Why it was done.
        case reason
        /// Who did it, where no person did.
        case actor
        /// What the daemon takes.
        case mode
        /// Where a schedule stands.
        case scheduleState
        /// What became of a slot.
        case disposition
        /// Why a schedule did or did not fall due at a time.
        case verdict
        /// Why a slot did not open.
        case cause
        /// What a change of clocks does to a slot.
        case clockMark
        /// What a changed plan does to a schedule.
        case fate
        /// What an operator should look at.
        case alarm
        /// A part of a rule.
        case field
    }

    /// One value in both languages.
    public struct Row: Hashable, Sendable {
        /// What it names.
        public let topic: Topic
        /// The value as code, records and replies have it.
        public let key: String
        /// The English words.
        public let en: String
        /// The Chinese words.
        public let zh: String
    }

    private struct Place: Hashable {
        let topic: Topic
        let key: String
    }

    private static let index: [Place: Row] = Dictionary(
        rows.map { (Place(topic: $0.topic, key: $0.key), $0) },
        uniquingKeysWith: { first, _ in first }
    )

    /// Returns the words for a value; a value that has no row, from a newer daemon, stands as it is.
    public static func word(_ topic: Topic, _ key: String, _ language: Language) -> String {
        guard let row = index[Place(topic: topic, key: key)] else {
            return Escape.line(key)
        }
        return language == .zh ? row.zh : row.en
    }

    /// Returns the row of a value, if there is one.
    public static func row(_ topic: Topic, _ key: String) -> Row? {
        index[Place(topic: topic, key: key)]
    }
}
