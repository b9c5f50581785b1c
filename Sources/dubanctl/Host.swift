import CivilTime
import Glibc

/// What the verbs ask the system for.
enum Host {
    /// Why a file was not read or written.
    struct FileError: Error {
        let path: String
        let reason: String

        init(_ path: String, _ code: CInt) {
            self.path = path
            reason = String(cString: strerror(code))
        }
    }

    /// Returns a variable of the environment, nil if it is not set.
    static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// The present.
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    /// Whether a descriptor is a terminal.
    static func isTerminal(_ descriptor: CInt) -> Bool {
        isatty(descriptor) == 1
    }

    /// How many lines the terminal of a descriptor shows; nil if it is none.
    static func terminalHeight(_ descriptor: CInt) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else {
            return nil
        }
        return Int(size.ws_row)
    }

    /// Reads a file in pieces; `-` is the standard input.
    ///
    /// - Throws: ``FileError``, or what the receiver throws.
    static func read(_ path: String, each receive: ([UInt8]) throws -> Void) throws {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw FileError(path, errno)
        }
        defer {
            if descriptor != STDIN_FILENO {
                close(descriptor)
            }
        }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 {
                return
            }
            if count < 0, errno == EINTR {
                continue
            }
            guard count > 0 else {
                throw FileError(path, errno)
            }
            try receive(Array(buffer[..<count]))
        }
    }

    /// Returns the bytes of a file.
    ///
    /// - Throws: ``FileError`` if it cannot be read.
    static func contents(_ path: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try read(path) { bytes += $0 }
        return bytes
    }

    /// Writes all bytes to a descriptor.
    ///
    /// - Throws: ``FileError`` with the name that is given for the descriptor.
    static func write(_ bytes: [UInt8], to descriptor: CInt, name: String) throws(FileError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR {
                continue
            }
            guard count > 0 else {
                throw FileError(name, errno)
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Returns a zone by name; nil if the system does not have it.
    static func zone(_ name: String) -> Zone? {
        guard Zone.isValidName(name) else {
            return nil
        }
        do {
            return try Zone(name: name, tzif: contents("/usr/share/zoneinfo/" + name))
        } catch {
            // The reader shows UTC and says so.
            return nil
        }
    }
}
