import Glibc

/// Where log entries go: the journal when standard error is journald's, else standard error.
public final class LogOutput: Sendable {
    private let journal: Journal
    private let identifier: String
    private let descriptor: CInt
    private let errorsGoToJournal: Bool

    /// Makes an output.
    ///
    /// - Parameters:
    ///   - identifier: The program, for SYSLOG_IDENTIFIER.
    ///   - journal: The journal to use when `journalStream` names the log descriptor.
    ///   - journalStream: The value of $JOURNAL_STREAM.
    ///   - descriptor: The descriptor that takes lines otherwise.
    public init(
        identifier: String,
        journal: Journal = Journal(),
        journalStream: String? = LogOutput.inheritedJournalStream(),
        descriptor: CInt = 2
    ) {
        self.identifier = identifier
        self.journal = journal
        self.descriptor = descriptor
        errorsGoToJournal = journalStream == LogOutput.journalStream(of: descriptor)
    }

    /// Whether entries go to the journal now; probes its socket.
    public var usesJournal: Bool {
        errorsGoToJournal && journal.isPresent
    }

    /// Returns the value of $JOURNAL_STREAM, if there is one.
    public static func inheritedJournalStream() -> String? {
        getenv("JOURNAL_STREAM").map { String(cString: $0) }
    }

    /// Returns what $JOURNAL_STREAM says when the descriptor is journald's: device and inode.
    static func journalStream(of descriptor: CInt) -> String? {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        return "\(status.st_dev):\(status.st_ino)"
    }

    /// Writes an entry; an entry that cannot be taken at once is dropped and reported later.
    func write(_ entry: LogEntry) {
        let drops = journal.takeDrops()
        if drops > 0 { deliver(.drops(drops)) }
        deliver(entry)
    }

    private func deliver(_ entry: LogEntry) {
        if errorsGoToJournal {
            let delivery = journal.send(fields: entry.fields(identifier: identifier))
            if delivery != .absent { return }
        }
        // A pipe that polls as writable takes up to PIPE_BUF bytes without waiting.
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&request, 1, 0) == 1 else {
            journal.countDrop()
            return
        }
        let line = Array(entry.line.utf8.prefix(4_000)) + [UInt8(ascii: "\n")]
        let written = line.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if written != line.count { journal.countDrop() }
    }
}
