public import Logging

/// Logs to the journal under systemd and to standard error elsewhere; see `LogOutput`.
public struct JournalLogHandler: LogHandler {
    /// The lowest level that is logged.
    public var logLevel: Logger.Level = .info
    /// Metadata of every entry of this logger.
    public var metadata: Logger.Metadata = [:]
    /// Metadata that depends on where the entry is made.
    public var metadataProvider: Logger.MetadataProvider?
    private let output: LogOutput

    /// Makes a handler.
    ///
    /// - Parameter output: Where entries go; all handlers of a program share one.
    public init(output: LogOutput) {
        self.output = output
    }

    /// One value of the logger's metadata.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes an event.
    public func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        if let error = event.error { all["error"] = "\(error)" }
        let sorted = all.sorted { $0.key < $1.key }
        output.write(
            LogEntry(
                priority: JournalLogHandler.priority(of: event.level),
                message: event.message.description,
                metadata: sorted.map { (key: $0.key, value: $0.value.description) },
                location: (file: event.file, line: event.line, function: event.function)
            )
        )
    }

    /// Returns the syslog level of a log level.
    static func priority(of level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
