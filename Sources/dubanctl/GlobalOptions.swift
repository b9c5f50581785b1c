import ArgumentParser

/// The options of all verbs.
struct GlobalOptions: ParsableArguments {
    /// How JSON is laid out.
    enum Layout: String, CaseIterable, ExpressibleByArgument {
        /// On several lines.
        case pretty
        /// On one line.
        case short
        /// No JSON at all.
        case off
        /// Pretty on a terminal, else short; what `-j` and a bare `--json` ask for.
        case auto

        static let allValueStrings = ["pretty", "short", "off"]
    }

    /// The languages that texts come in.
    enum LanguageName: String, CaseIterable, ExpressibleByArgument {
        case en
        case zh
    }

    @Option(
        help: ArgumentHelp(
            "Reach the daemon here (default: $DUBAN_ADDRESS, else the system's own).",
            valueName: "unix:PATH"
        )
    )
    var address: String?

    @Option(
        help: ArgumentHelp(
            "Print the reply as JSON: pretty, short or off; bare, pretty on a terminal.",
            valueName: "layout"
        )
    )
    var json: Layout?

    @Flag(name: .customShort("j"), help: "Like --json.")
    var isJSON = false

    @Flag(help: "Leave out titles and closing lines.")
    var noLegend = false

    @Flag(help: "Do not pipe long output into a pager.")
    var noPager = false

    @Option(help: ArgumentHelp("Speak en or zh (default: the locale's).", valueName: "language"))
    var lang: LanguageName?

    /// The layout that was asked for; nil for text.
    var layout: Layout? {
        let asked = json ?? (isJSON ? .auto : nil)
        return asked == .off ? nil : asked
    }
}
