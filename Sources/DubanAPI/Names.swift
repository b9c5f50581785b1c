/// A text in the languages that a plan gives.
public struct Names: Codable, Hashable, Sendable {
    /// The English text.
    public var en: String?
    /// The Chinese text.
    public var zh: String?

    /// Makes a text of the given languages.
    public init(en: String? = nil, zh: String? = nil) {
        self.en = en
        self.zh = zh
    }

    /// Returns the text in one of the languages, else the other one, else nothing.
    public func text(chinese: Bool) -> String? {
        chinese ? zh ?? en : en ?? zh
    }
}
