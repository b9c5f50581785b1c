/// The escape sequences of ECMA-48 that stand around what should be seen first.
enum Colour {
    /// Returns the text in red.
    static func red(_ text: String) -> String {
        "\u{1B}[31m" + text + "\u{1B}[0m"
    }

    /// Returns the text underlined.
    static func underlined(_ text: String) -> String {
        "\u{1B}[4m" + text + "\u{1B}[0m"
    }

    /// Returns the text bold.
    static func bold(_ text: String) -> String {
        "\u{1B}[1m" + text + "\u{1B}[0m"
    }
}
