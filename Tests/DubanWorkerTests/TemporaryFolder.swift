import Glibc
import Testing

@testable import DubanWorker

/// A folder that lives as long as its test.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/duban-worker-XXXXXX".utf8CString)
        path = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit {
        for name in ["program", "message", "arguments", "socket"] { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    /// Makes a shell script that may be executed and returns its path.
    ///
    /// A shell writes it: a descriptor of ours that another test's child inherits for a moment
    /// would make the kernel refuse to run the file.
    func script(_ lines: String) async throws -> String {
        let file = "\(path)/program"
        let writer = ChildProcess(
            argv: ["/bin/sh", "-c", "cat > \(file) && chmod 755 \(file)"],
            environment: ["PATH": "/usr/bin:/bin"],
            input: Array("#!/bin/sh\n\(lines)\n".utf8),
            timeLimit: .seconds(30)
        )
        try #require(await writer.run().cause == .exited(0))
        return file
    }

    func text(of name: String) throws -> String {
        let descriptor = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var room = [UInt8](repeating: 0, count: 65_536)
        let count = read(descriptor, &room, room.count)
        return String(decoding: room.prefix(max(0, count)), as: UTF8.self)
    }
}
