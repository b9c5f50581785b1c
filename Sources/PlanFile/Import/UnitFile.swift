/// A unit file of systemd: sections with settings, as systemd.syntax(7) says.
struct UnitFile {
    /// One setting.
    struct Setting: Hashable {
        let section: String
        let key: String
        let value: String
        let line: Int
    }

    let file: ImportFile
    let settings: [Setting]

    init(_ file: ImportFile) {
        self.file = file
        var settings: [Setting] = []
        var section = ""
        var pending: (line: Int, text: String)?
        for (number, raw) in file.lines {
            let line = UnitFile.trimmed(raw)
            let isComment = line.hasPrefix("#") || line.hasPrefix(";")
            // A comment inside of a continued line is left out, and the line goes on behind it.
            if isComment || pending == nil && line.isEmpty { continue }
            let whole = (pending.map { $0.text + " " } ?? "") + line
            let begin = pending?.line ?? number
            if whole.hasSuffix("\\") {
                pending = (begin, String(whole.dropLast()))
                continue
            }
            pending = nil
            if whole.hasPrefix("["), whole.hasSuffix("]") {
                section = String(whole.dropFirst().dropLast())
            } else if let sign = whole.firstIndex(of: "=") {
                settings.append(
                    Setting(
                        section: section,
                        key: UnitFile.trimmed(whole[..<sign]),
                        value: UnitFile.trimmed(whole[whole.index(after: sign)...]),
                        line: begin
                    )
                )
            }
        }
        self.settings = settings
    }

    /// The last value of a setting; nil if there is none or it was emptied.
    func value(_ section: String, _ key: String) -> Setting? {
        let last = settings.last { $0.section == section && $0.key == key }
        return last?.value.isEmpty == true ? nil : last
    }

    /// All values of a list; an empty one empties the list.
    func values(_ section: String, _ key: String) -> [Setting] {
        var found: [Setting] = []
        for setting in settings where setting.section == section && setting.key == key {
            if setting.value.isEmpty {
                found = []
            } else {
                found.append(setting)
            }
        }
        return found
    }

    /// Whether a setting says yes; systemd's words for it.
    func isTrue(_ section: String, _ key: String) -> Bool {
        let words = ["1", "yes", "y", "true", "t", "on"]
        return value(section, key).map { words.contains($0.value.lowercased()) } ?? false
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var text = Substring(text)
        while let last = text.last, last.isWhitespace {
            text.removeLast()
        }
        return String(text.drop(while: \.isWhitespace))
    }
}

/// A span as systemd writes it, `1h 30min`; see systemd.time(7).
enum UnitSpan {
    /// Seconds of each unit; systemd counts 30.44 days to a month and 365.25 to a year.
    private static let units: [(names: [String], seconds: Int)] = [
        (["s", "sec", "second", "seconds", ""], 1), (["m", "min", "minute", "minutes"], 60),
        (["h", "hr", "hour", "hours"], 3_600), (["d", "day", "days"], 86_400),
        (["w", "week", "weeks"], 604_800), (["M", "month", "months"], 2_629_800),
        (["y", "year", "years"], 31_557_600),
    ]

    /// Returns whole seconds, nil if the text is no such span.
    static func seconds(_ text: String) -> Int? {
        var rest = Substring(text)
        var total = 0
        repeat {
            rest = rest.drop { $0 == " " }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count).drop { $0 == " " }
            let unit = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard digits.count <= 9, let count = Int(digits),
                let found = units.first(where: { $0.names.contains(String(unit)) })
            else { return nil }
            total += count * found.seconds
        } while !rest.allSatisfy { $0 == " " }
        return total
    }
}
