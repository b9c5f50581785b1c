import Glibc

/// Small files of the state folder and of /proc.
enum SmallFile {
    /// Returns the text of a file of at most 64 KiB; nil if it cannot be read.
    static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = bytes.withUnsafeMutableBytes {
            Glibc.read(descriptor, $0.baseAddress, $0.count)
        }
        guard count >= 0 else { return nil }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// Puts a private file (0600) with this text in place, whole or not at all, durably.
    ///
    /// - Throws: `DaemonError.failed` with the system's reason.
    static func replace(_ path: String, _ text: String) throws(DaemonError) {
        let draft = path + ".new"
        unlink(draft)
        try create(draft, text)
        guard rename(draft, path) == 0 else { throw .failed("cannot name \(path): \(reason())") }
        let end = path.lastIndex(of: "/") ?? path.startIndex
        let folder = open(String(path[..<end]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .failed("cannot open the folder of \(path): \(reason())") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw .failed("cannot sync \(path): \(reason())") }
    }

    /// Makes a new private file (0600) with this text, durably.
    ///
    /// - Throws: `DaemonError.failed` with the system's reason.
    static func create(_ path: String, _ text: String) throws(DaemonError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .failed("cannot make \(path): \(reason())") }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard count == bytes.count, fsync(descriptor) == 0 else {
            throw .failed("cannot write \(path): \(reason())")
        }
    }

    /// The text of `errno`.
    static func reason() -> String { String(cString: strerror(errno)) }
}
