import Glibc
import Logging
import Testing

@testable import Systemd

struct JournalLogHandlerTests {
    @Test(arguments: [
        (Logger.Level.trace, 7), (.debug, 7), (.info, 6), (.notice, 5), (.warning, 4), (.error, 3),
        (.critical, 2),
    ])
    func `levels map to syslog priorities`(level: Logger.Level, priority: Int) {
        #expect(JournalLogHandler.priority(of: level) == priority)
    }

    @Test func `with journald at standard error entries carry fields`() throws {
        let journald = try DatagramListener()
        let pipe = try Pipe()
        let logger = logger(
            to: pipe,
            journalStream: LogOutput.journalStream(of: pipe.writeEnd),
            socketPath: journald.path
        )
        logger.warning("late", metadata: ["duty": "7"])
        let entry = try #require(journald.receiveText())
        let fields = entry.split(separator: "\n").map(String.init)
        #expect(fields.starts(with: ["MESSAGE=late", "PRIORITY=4", "SYSLOG_IDENTIFIER=duband"]))
        #expect(fields.contains("DUBAN_DUTY=7"))
        #expect(fields.contains("DUBAN_UNIT=housing"))
        #expect(fields.contains { $0.hasPrefix("CODE_FILE=") })
        #expect(pipe.read() == "")
    }

    @Test func `a journal stream of another descriptor means lines`() throws {
        let journald = try DatagramListener()
        let pipe = try Pipe()
        let logger = logger(to: pipe, journalStream: "1:2", socketPath: journald.path)
        logger.error("two\nlines", metadata: ["duty": "7"])
        #expect(pipe.read() == "<3>two\\nlines duty=7 unit=housing\n")
        #expect(journald.receive() == nil)
    }

    @Test func `without a journal socket entries are lines`() throws {
        let pipe = try Pipe()
        let logger = logger(
            to: pipe,
            journalStream: LogOutput.journalStream(of: pipe.writeEnd),
            socketPath: "/nonexistent/journal"
        )
        logger.info("here")
        #expect(pipe.read() == "<6>here unit=housing\n")
    }

    @Test func `a full pipe drops entries and says so later`() throws {
        let pipe = try Pipe()
        let logger = logger(to: pipe, journalStream: nil, socketPath: "/nonexistent/journal")
        for _ in 0..<40 { logger.info("\(String(repeating: "x", count: 3_000))") }
        _ = pipe.read()
        logger.info("after")
        let lines = pipe.read().split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasSuffix("log entries were dropped: the log was full") == true)
        #expect(lines.last == "<6>after unit=housing")
    }

    private func logger(to pipe: Pipe, journalStream: String?, socketPath: String) -> Logger {
        let output = LogOutput(
            identifier: "duband",
            journal: Journal(socketPath: socketPath),
            journalStream: journalStream,
            descriptor: pipe.writeEnd
        )
        var logger = Logger(label: "test") { _ in JournalLogHandler(output: output) }
        logger[metadataKey: "unit"] = "housing"
        return logger
    }
}

/// A pipe in the place of standard error.
final class Pipe {
    let writeEnd: CInt
    private let readEnd: CInt

    init() throws {
        var ends: [CInt] = [0, 0]
        try #require(Glibc.pipe(&ends) == 0)
        readEnd = ends[0]
        writeEnd = ends[1]
        try #require(fcntl(readEnd, F_SETFL, O_NONBLOCK) == 0)
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    func read() -> String {
        var text: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 65_536)
        while case let count = Glibc.read(readEnd, &room, room.count), count > 0 {
            text += room.prefix(count)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
