/// A log event in the form that both outputs share.
struct LogEntry {
    /// The syslog level, 2 to 7.
    var priority: Int
    var message: String
    /// Metadata as it was given, sorted by key.
    var metadata: [(key: String, value: String)] = []
    var location: (file: String, line: UInt, function: String)?

    /// The entry that tells of earlier ones that nobody took.
    static func drops(_ count: Int) -> LogEntry {
        LogEntry(priority: 4, message: "\(count) log entries were dropped: the log was full")
    }

    /// Returns the fields of the journal entry.
    func fields(identifier: String) -> [(String, String)] {
        var fields = [
            ("MESSAGE", message), ("PRIORITY", "\(priority)"), ("SYSLOG_IDENTIFIER", identifier),
        ]
        if let location {
            fields.append(("CODE_FILE", location.file))
            fields.append(("CODE_LINE", "\(location.line)"))
            fields.append(("CODE_FUNC", location.function))
        }
        for (key, value) in metadata {
            fields.append((JournalField.name(ofMetadataKey: key), value))
        }
        return fields
    }

    /// The line for standard error: `<N>message key=value`, with control characters escaped.
    var line: String {
        var text = "<\(priority)>" + LogEntry.escaped(message)
        for (key, value) in metadata {
            text += " \(LogEntry.escaped(key))=\(LogEntry.escaped(value))"
        }
        return text
    }

    private static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return text.unicodeScalars.map { scalar in
            isControl(scalar) ? scalar.escaped(asASCII: true) : String(scalar)
        }.joined()
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }
}
