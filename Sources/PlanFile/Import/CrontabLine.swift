/// What a line of a crontab is.
enum CrontabLine: Hashable {
    case blank
    /// A variable for the lines below.
    case variable(name: String, value: String)
    /// A job: its schedule, its user if the crontab has that column, and the rest of the line.
    case job(schedule: String, user: String?, command: String)

    /// Reads a line.
    ///
    /// - Parameters:
    ///   - text: The line without its end.
    ///   - hasUser: Whether the sixth word is a user, as in /etc/crontab.
    init(_ text: some StringProtocol, hasUser: Bool) {
        let line = text.drop { CrontabLine.isBlank($0) }
        guard let first = line.first, first != "#" else {
            self = .blank
            return
        }
        if let variable = CrontabLine.variable(line) {
            self = variable
            return
        }
        var rest = Substring(line)
        let words = first == "@" ? 1 : 5
        let schedule = (0..<words).map { _ in CrontabLine.word(&rest) }.joined(separator: " ")
        let user = hasUser ? CrontabLine.word(&rest) : nil
        while let last = rest.last, CrontabLine.isBlank(last) {
            rest.removeLast()
        }
        self = .job(schedule: schedule, user: user, command: String(rest))
    }

    private static func isBlank(_ character: Character) -> Bool {
        character == " " || character == "\t" || character == "\r"
    }

    /// Takes the next word and the blanks behind it.
    private static func word(_ rest: inout Substring) -> String {
        let word = rest.prefix { !isBlank($0) }
        rest = rest.dropFirst(word.count).drop { isBlank($0) }
        return String(word)
    }

    /// Reads `NAME = value`, either of them in quotes or not; no schedule has that form.
    private static func variable(_ line: some StringProtocol) -> CrontabLine? {
        guard let sign = line.firstIndex(of: "=") else { return nil }
        let name = unquoted(trimmed(line[..<sign]))
        let isName = name.utf8.enumerated().allSatisfy { index, byte in
            isLetterOrLine(byte) || index > 0 && (0x30...0x39).contains(byte)
        }
        guard !name.isEmpty, isName else { return nil }
        return .variable(name: name, value: unquoted(trimmed(line[line.index(after: sign)...])))
    }

    private static func isLetterOrLine(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var text = Substring(text).drop { isBlank($0) }
        while let last = text.last, isBlank(last) {
            text.removeLast()
        }
        return String(text)
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count > 1, let first = text.first, first == text.last,
            first == "\"" || first == "'"
        else { return text }
        return String(text.dropFirst().dropLast())
    }
}

/// A command of a crontab: crontab(5) turns each `%` into a line break, and what follows the first
/// one is the command's input; `\%` is a `%`.
struct CrontabCommand: Hashable {
    let command: String
    /// What the command reads; nil for nothing.
    let input: String?

    init(_ text: String) {
        var parts = [""]
        var isEscaped = false
        for character in text {
            if character == "%" {
                if isEscaped {
                    parts[parts.count - 1].removeLast()
                    parts[parts.count - 1].append("%")
                } else {
                    parts.append("")
                }
            } else {
                parts[parts.count - 1].append(character)
            }
            isEscaped = character == "\\"
        }
        command = parts[0]
        input = parts.count > 1 ? parts.dropFirst().joined(separator: "\n") : nil
    }

    /// A name for the job: the file name of the first path in the command, else its first word.
    var name: String? {
        let words = command.split { " \t;&|<>()'\"".contains($0) }
        let paths = words.filter { $0.hasPrefix("/") && !$0.hasPrefix("/dev/") }
        let names = paths.compactMap { $0.split(separator: "/").last } + words
        return names.lazy.compactMap { ImportDraft.id($0) }.first
    }
}
