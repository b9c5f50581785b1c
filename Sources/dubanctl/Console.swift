import Glibc
import Messages
import Varlink

/// Where a verb writes: text or JSON on standard output, complaints on standard error.
struct Console {
    let language: Language
    let layout: GlobalOptions.Layout?
    let hasLegend: Bool
    let hasColour: Bool
    private let pager: Pager?

    init(_ options: GlobalOptions) {
        language = Self.language(options)
        layout = options.layout
        hasLegend = !options.noLegend
        hasColour = Self.hasColour(STDOUT_FILENO)
        let wantsPager = !options.noPager && options.layout == nil
        pager = wantsPager && Host.isTerminal(STDOUT_FILENO) ? Pager.chosen() : nil
    }

    private static func language(_ options: GlobalOptions) -> Language {
        if let lang = options.lang {
            return lang == .zh ? .zh : .en
        }
        return Language(
            all: Host.environment("LC_ALL"),
            messages: Host.environment("LC_MESSAGES"),
            lang: Host.environment("LANG")
        )
    }

    /// Whether a descriptor takes colour: systemd's own variable decides first, then NO_COLOR.
    private static func hasColour(_ descriptor: CInt) -> Bool {
        if let systemd = Host.environment("SYSTEMD_COLORS"), !systemd.isEmpty {
            return !["0", "no", "n", "false", "f", "off"].contains(systemd.lowercased())
        }
        guard Host.isTerminal(descriptor), (Host.environment("NO_COLOR") ?? "").isEmpty else {
            return false
        }
        return Host.environment("TERM") != "dumb"
    }

    /// Shows lines of text, through a pager if they do not fit on the terminal.
    ///
    /// - Throws: `Host.FileError` if they cannot be written.
    func show(_ lines: [String]) throws {
        let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        let height = Host.terminalHeight(STDOUT_FILENO) ?? Int.max
        if let pager, lines.count >= height, pager.show(bytes) {
            return
        }
        try write(bytes)
    }

    /// Shows a reply as JSON.
    ///
    /// - Throws: `Host.FileError` if it cannot be written.
    func show(_ json: JSON) throws {
        let isPretty = layout == .pretty || layout == .auto && Host.isTerminal(STDOUT_FILENO)
        let text = isPretty ? json.pretty() : json.text
        try write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8))
    }

    /// Writes bytes as they are.
    ///
    /// - Throws: `Host.FileError` if they cannot be written.
    func write(_ bytes: [UInt8]) throws {
        try Host.write(bytes, to: STDOUT_FILENO, name: "standard output")
    }

    /// Tells what went wrong.
    func complain(_ line: String) {
        tell("dubanctl: " + line + "\n")
    }

    /// Shows how far a long verb has come, on a terminal only.
    func progress(_ line: String) {
        if Host.isTerminal(STDERR_FILENO) {
            tell("\r" + line + "\u{1B}[K")
        }
    }

    private func tell(_ text: String) {
        do throws(Host.FileError) {
            try Host.write(Array(text.utf8), to: STDERR_FILENO, name: "standard error")
        } catch {
            // Nobody reads it, and there is no other place to say so.
            return
        }
    }
}
