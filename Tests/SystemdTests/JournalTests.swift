import Glibc
import Systemd
import Testing

struct JournalTests {
    @Test func `an entry arrives in the native protocol`() throws {
        let journald = try DatagramListener()
        let journal = Journal(socketPath: journald.path)
        #expect(journal.isPresent)
        #expect(journal.send(fields: [("MESSAGE", "D-7 is late"), ("DUBAN_DUTY", "7")]) == .sent)
        #expect(journald.receiveText() == "MESSAGE=D-7 is late\nDUBAN_DUTY=7\n")
        #expect(journal.send(fields: [("MESSAGE", "a\nb")]) == .sent)
        let length: [UInt8] = [3, 0, 0, 0, 0, 0, 0, 0]
        let expected = Array("MESSAGE\n".utf8) + length + Array("a\nb\n".utf8)
        #expect(journald.receive() == expected)
    }

    @Test func `an absent journal is named and seen when it comes`() throws {
        let place = try DatagramListener()
        let path = place.path + ".later"
        let journal = Journal(socketPath: path)
        #expect(!journal.isPresent)
        #expect(journal.send(fields: [("MESSAGE", "lost")]) == .absent)
        let descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
        defer {
            close(descriptor)
            unlink(path)
        }
        #expect(DatagramListener.bind(descriptor, to: path) == 0)
        #expect(journal.send(fields: [("MESSAGE", "seen")]) == .sent)
        #expect(journal.takeDrops() == 0)
    }

    @Test func `a journal that never reads costs entries and no time`() throws {
        let journald = try DatagramListener()
        let journal = Journal(socketPath: journald.path)
        var sent = 0
        while journal.send(fields: [("MESSAGE", "x")]) == .sent { sent += 1 }
        #expect(sent > 0)
        #expect(journal.takeDrops() == 1)
        #expect(journald.receiveText() == "MESSAGE=x\n")
        #expect(journal.send(fields: [("MESSAGE", "y")]) == .sent)
        #expect(journal.takeDrops() == 0)
    }

    /// libsystemd knows one path only, so this runs where that path is free and ours to make.
    @Test(.enabled(if: JournalTests.canTakeStandardPath, "needs root and no journald"))
    func `the library delivers to the standard path`() throws {
        let path = Journal.standardSocketPath
        for directory in ["/run/systemd", "/run/systemd/journal"] { mkdir(directory, 0o755) }
        let descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
        defer {
            close(descriptor)
            unlink(path)
        }
        try #require(DatagramListener.bind(descriptor, to: path) == 0)
        #expect(Journal().send(fields: [("MESSAGE", "two\nlines"), ("PRIORITY", "6")]) == .sent)
        var room = [UInt8](repeating: 0, count: 4_096)
        let count = recv(descriptor, &room, room.count, 0)
        let text = String(decoding: room.prefix(max(0, count)), as: UTF8.self)
        #expect(text.contains("two\nlines\n"))
        #expect(text.contains("PRIORITY=6\n"))
        #expect(text.contains("SYSLOG_IDENTIFIER="))
    }

    static var canTakeStandardPath: Bool {
        getuid() == 0 && access(Journal.standardSocketPath, F_OK) != 0
    }

    @Test(arguments: [
        ("duty", "DUBAN_DUTY"),
        ("ledger-seq", "DUBAN_LEDGER_SEQ"),
        ("message_id", "MESSAGE_ID"),
        ("严", "DUBAN____"),
        (String(repeating: "a", count: 80), "DUBAN_" + String(repeating: "A", count: 58)),
    ])
    func `metadata keys become fields`(key: String, field: String) {
        #expect(JournalField.name(ofMetadataKey: key) == field)
    }
}
