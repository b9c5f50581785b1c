import Glibc

/// Reads whole files, with a bound.
enum InputFile {
    /// Why a file could not be read.
    struct Failure: Error {
        let message: String
        /// Whether there is no such file.
        let isMissing: Bool
        /// Where the text stops being UTF-8; the start for all other reasons.
        var spot = Spot.start
    }

    /// Returns the bytes of a regular file.
    static func bytes(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        // Without O_NONBLOCK a FIFO would hang us before we could refuse it.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Failure(message: "not a regular file; name a file", isMissing: false)
        }
        var bytes: [UInt8] = []
        while true {
            let chunk = try chunk(descriptor)
            if chunk.isEmpty { return bytes }
            bytes += chunk
            guard bytes.count <= limit else {
                let message = "larger than \(limit / 1024) KiB; no such file is expected"
                throw Failure(message: message, isMissing: false)
            }
        }
    }

    private static func chunk(_ descriptor: CInt) throws(Failure) -> ArraySlice<UInt8> {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { return buffer[..<count] }
            guard errno == EINTR else { throw failure(errno) }
        }
    }

    private static func failure(_ code: CInt) -> Failure {
        let reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
        return Failure(message: "cannot be read: \(reason)", isMissing: code == ENOENT)
    }

    /// Returns the text of a file.
    static func text(_ path: String) throws(Failure) -> String {
        let bytes = try bytes(path, limit: SourceText.sizeLimit)
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let message = "not UTF-8 from here on; save the file as UTF-8"
        throw Failure(message: message, isMissing: false, spot: firstInvalid(bytes))
    }

    private static func firstInvalid(_ bytes: [UInt8]) -> Spot {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var line = 1
        var column = 1
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            column = scalar == "\n" ? 1 : column + 1
            line += scalar == "\n" ? 1 : 0
        }
        return Spot(line: line, column: column)
    }

    /// Returns the target of a symbolic link, nil if there is none.
    static func linkTarget(_ path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return -1 }
            return readlink(path, base.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }
}
