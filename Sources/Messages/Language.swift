/// The language in which a person reads.
public enum Language: String, CaseIterable, Sendable {
    /// English.
    case en
    /// Chinese, in simplified characters.
    case zh

    /// Returns the language that a locale name asks for; English unless it is a Chinese one.
    ///
    /// - Parameter locale: A name such as `zh_CN.UTF-8`, `C` or an empty text.
    public init(locale: String) {
        let name = locale.lowercased()
        let isChinese = name == "zh" || name.hasPrefix("zh_") || name.hasPrefix("zh-")
        self = isChinese || name.hasPrefix("zh.") ? .zh : .en
    }

    /// Returns the language of an environment; the first of the three that is set decides, as in
    /// locale(7).
    public init(all: String?, messages: String?, lang: String?) {
        let set = [all, messages, lang].compactMap { $0 }.first { !$0.isEmpty }
        self.init(locale: set ?? "")
    }
}
