import Glibc
import Supervision

/// The state folder, and the lock that makes this process the only one that works on it.
final class StateFolder {
    let directory: String
    private var lock: Int32 = -1

    /// Takes the folder.
    ///
    /// - Throws: `StoreError.unusable` if it is missing, open to others, not writable or taken.
    init(_ directory: String) throws(StoreError) {
        self.directory = directory
        try checkDirectory()
        lock = try openLock()
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.holder(lock)
            unlock()
            throw .unusable("another duband (\(holder)) works on \(directory)")
        }
        writeHolder()
    }

    deinit {
        unlock()
    }

    /// The path of the store's file.
    var file: String { directory + "/duban.db" }

    /// Lets go of the lock.
    func unlock() {
        guard lock >= 0 else { return }
        Glibc.close(lock)
        lock = -1
    }

    /// Makes the store's file if it is missing, readable for its owner only; SQLite gives the
    /// WAL beside it the same mode.
    ///
    /// - Throws: `StoreError.unusable` if it cannot be opened.
    func makeFile() throws(StoreError) {
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw .unusable("cannot open \(file) for writing: \(Self.reason())")
        }
        defer { Glibc.close(descriptor) }
        guard fchmod(descriptor, 0o600) == 0 else {
            throw .unusable("cannot make \(file) private (mode 0600): \(Self.reason())")
        }
    }

    /// Returns how many bytes this process may still take on the disk.
    ///
    /// - Throws: `StoreError.inputOutput` if the system does not say.
    func freeBytes() throws(StoreError) -> Int64 {
        var status = statvfs()
        guard statvfs(directory, &status) == 0 else {
            throw .inputOutput("statvfs \(directory): \(Self.reason())")
        }
        return Int64(
            clamping: UInt64(status.f_bavail).multipliedReportingOverflow(
                by: UInt64(status.f_frsize)
            ).partialValue
        )
    }

    private func checkDirectory() throws(StoreError) {
        var status = stat()
        guard stat(directory, &status) == 0 else {
            throw .unusable(
                "cannot use the state folder \(directory): \(Self.reason()); "
                    + "make it with `install -d -m 0700 \(directory)`"
            )
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw .unusable("the state folder \(directory) is not a folder")
        }
        guard status.st_mode & 0o077 == 0 else {
            let mode = "0" + String(status.st_mode & 0o777, radix: 8)
            throw .unusable(
                "the state folder \(directory) is open to others (mode \(mode)): "
                    + "`chmod 0700 \(directory)`"
            )
        }
    }

    private func openLock() throws(StoreError) -> Int32 {
        let path = directory + "/lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if descriptor >= 0 { return descriptor }
        let isRefused = errno == EACCES || errno == EROFS
        let reason = Self.reason()
        throw .unusable(
            isRefused
                ? "the state folder \(directory) is not writable for uid \(geteuid()): \(reason)"
                : "cannot open \(path): \(reason)"
        )
    }

    /// Writes this process's id for whoever is refused; the lock itself is the kernel's.
    private func writeHolder() {
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(lock, 0) == 0 else { return }
        _ = pwrite(lock, text, text.count, 0)
    }

    private static func holder(_ descriptor: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        let digits = buffer.prefix(max(0, count)).prefix { (0x30...0x39).contains($0) }
        return digits.isEmpty ? "pid unknown" : "pid \(String(decoding: digits, as: UTF8.self))"
    }

    /// The system's words for the last error.
    private static func reason() -> String {
        let code = errno
        guard let text = strerror(code) else { return "error \(code)" }
        return String(cString: text)
    }
}
