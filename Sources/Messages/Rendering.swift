public import CivilTime
import DubanAPI

/// What a text depends on beside the value it shows: the language, the zones and the present.
public struct Rendering: Sendable {
    /// The language of the reader.
    public let language: Language
    /// The zones by name; a zone that is not among them is read as UTC and labelled so.
    public let zones: [String: Zone]
    /// The present in microseconds, for words such as "in 2h".
    public let nowMicros: Int64
    /// Whether what is late stands out by colour.
    public let hasColour: Bool

    /// Makes a rendering.
    public init(
        language: Language,
        zones: [String: Zone],
        nowMicros: Int64,
        hasColour: Bool = false
    ) {
        self.language = language
        self.zones = zones
        self.nowMicros = nowMicros
        self.hasColour = hasColour
    }

    /// Whether the reader reads Chinese.
    public var isChinese: Bool {
        language == .zh
    }

    /// Returns the English or the Chinese text.
    func pick(_ en: String, _ zh: String) -> String {
        isChinese ? zh : en
    }

    /// Returns the text in brackets, set off as the reader's script wants it.
    func bracketed(_ text: String) -> String {
        pick(" (" + text + ")", "（" + text + "）")
    }

    /// Returns a labelled line each, the colons below each other.
    public func labelled(_ rows: [(String, String)]) -> [String] {
        let width = rows.map { DisplayWidth.of($0.0) }.max() ?? 0
        return rows.map { row in
            DisplayWidth.pad(row.0, to: width, right: true) + ": " + Escape.line(row.1)
        }
    }

    /// What stands between the parts of an enumeration.
    var comma: String {
        pick(", ", "，")
    }

    /// Returns the reader's word for a value of the glossary.
    func word(_ topic: Glossary.Topic, _ key: String) -> String {
        Glossary.word(topic, key, language)
    }

    /// Returns the name of something in the reader's language, else its id, on one line.
    func name(_ names: Names, id: String?) -> String {
        Escape.line(names.text(chinese: isChinese) ?? id ?? "-")
    }
}
