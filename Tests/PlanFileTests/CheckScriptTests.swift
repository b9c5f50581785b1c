import Glibc
import PlanFile
import Testing

/// The checks of the demonstration follow the contract of the Monitoring Plugins.
@Suite struct CheckScriptTests {
    /// What a check printed, and its exit status.
    private struct Outcome {
        let text: String
        let status: Int32
    }

    /// Runs a check through the shell and returns what it did.
    private func run(_ arguments: String) throws -> Outcome {
        let pipe = try #require(popen("'\(Fixtures.etc)'/checks/\(arguments) 2>&1", "r"))
        var bytes: [UInt8] = []
        while case let byte = fgetc(pipe), byte >= 0 {
            bytes.append(UInt8(byte))
        }
        let status = pclose(pipe)
        return Outcome(text: String(decoding: bytes, as: UTF8.self), status: status >> 8)
    }

    @Test(arguments: [
        ("check_disk_free -w 0 -c 0 /", 0, "DISK OK - "),
        ("check_disk_free -w 101 -c 0 /", 1, "DISK WARNING - "),
        ("check_disk_free -w 101 -c 101 /", 2, "DISK CRITICAL - "),
        ("check_disk_free -w 10 -c 5 /nonexistent", 3, "DISK UNKNOWN - df: /nonexistent"),
        ("check_disk_free /", 3, "DISK UNKNOWN - usage: "),
        ("check_disk_free -w 1x -c 5 /", 3, "DISK UNKNOWN - usage: "),
        ("check_load -w 99999 -c 99999", 0, "LOAD OK - "),
        ("check_load -w 0 -c 99999", 1, "LOAD WARNING - "),
        ("check_load -w 0 -c 0", 2, "LOAD CRITICAL - "),
        ("check_load -w a -c b", 3, "LOAD UNKNOWN - usage: "),
        ("check_file_age -w 1 -c 2 /nonexistent", 2, "AGE CRITICAL - /nonexistent does not exist"),
        ("check_file_age -w 99999999999 -c 99999999999 /etc/passwd", 0, "AGE OK - "),
        ("check_file_age -w 0 -c 99999999999 /etc/passwd", 1, "AGE WARNING - "),
        ("check_file_age -w 0 -c 0 /etc/passwd", 2, "AGE CRITICAL - "),
        ("check_file_age -w 0 -c 0", 3, "AGE UNKNOWN - usage: "),
        ("check_listening unix:/nonexistent", 2, "LISTEN CRITICAL - nobody listens on unix:"),
        ("check_listening tcp:0", 3, "LISTEN UNKNOWN - usage: "),
        ("check_listening tcp:65536", 3, "LISTEN UNKNOWN - usage: "),
        ("check_listening relative", 3, "LISTEN UNKNOWN - usage: "),
    ])
    func `a check ends with its status and one line`(
        arguments: String,
        status: Int32,
        start: String
    ) throws {
        let outcome = try run(arguments)
        #expect(outcome.status == status)
        #expect(outcome.text.hasPrefix(start), "\(outcome.text)")
        #expect(outcome.text.count { $0 == "\n" } == 1)
    }

    @Test func `a check finds a port that somebody listens on, and only then`() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try #require(descriptor >= 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                #expect(bind(descriptor, generic, length) == 0)
                #expect(getsockname(descriptor, generic, &length) == 0)
            }
        }
        let port = UInt16(bigEndian: address.sin_port)
        #expect(try run("check_listening tcp:\(port)").status == 2)
        #expect(listen(descriptor, 1) == 0)
        #expect(try run("check_listening tcp:\(port)").status == 0)
        close(descriptor)
        #expect(try run("check_listening tcp:\(port)").status == 2)
    }
}
