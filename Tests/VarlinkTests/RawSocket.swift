import Glibc
import NIOCore

/// A blocking unix socket for what no well-behaved client does; it gives up after 20 seconds.
final class RawSocket {
    enum Failure: Error { case system(String, CInt) }

    let descriptor: CInt

    init(descriptor: CInt) throws {
        self.descriptor = descriptor
        var time = timeval(tv_sec: 20, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        try Self.check("SO_RCVTIMEO", setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, size))
        try Self.check("SO_SNDTIMEO", setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size))
    }

    convenience init(connectedTo path: String) throws {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        try self.init(descriptor: descriptor)
        let connected = try SocketAddress(unixDomainSocketPath: path).withSockAddr {
            connect(descriptor, $0, socklen_t($1))
        }
        try Self.check("connect", connected)
    }

    deinit { Glibc.close(descriptor) }

    @discardableResult
    static func check(_ operation: String, _ result: CInt) throws -> CInt {
        if result < 0 { throw Failure.system(operation, errno) }
        return result
    }

    /// A bound socket, listening or not; the caller owns the descriptor.
    static func bound(_ path: String, listening: Bool) throws -> CInt {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        let bound = try SocketAddress(unixDomainSocketPath: path).withSockAddr {
            bind(descriptor, $0, socklen_t($1))
        }
        try check("bind", bound)
        if listening { try check("listen", listen(descriptor, 8)) }
        return descriptor
    }

    /// Two connected sockets; the caller owns the descriptors.
    static func pair() throws -> (CInt, CInt) {
        var descriptors: [CInt] = [0, 0]
        try check("socketpair", socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &descriptors))
        return (descriptors[0], descriptors[1])
    }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            if count < 0 { throw Failure.system("send", errno) }
            sent += count
        }
    }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    /// Sends what fits now; nil when nothing fits for a while.
    func sendSome(_ bytes: ArraySlice<UInt8>, within milliseconds: CInt) -> Int? {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&entry, 1, milliseconds) == 1 else { return nil }
        let flags = CInt(MSG_NOSIGNAL | MSG_DONTWAIT)
        return bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, flags) }
    }

    func halfClose() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// The next bytes, empty at the end of the stream; a reset counts as its end.
    func receive() throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count < 0 && errno == ECONNRESET { return [] }
        if count < 0 { throw Failure.system("recv", errno) }
        return Array(buffer.prefix(count))
    }

    /// Reads messages until there are so many, or to the end of the stream.
    func messages(_ limit: Int = .max) throws -> [String] {
        var bytes: [UInt8] = []
        var ends = 0
        while ends < limit {
            let more = try receive()
            if more.isEmpty { break }
            bytes += more
            ends += more.count { $0 == 0 }
        }
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// A folder of its own for the sockets of one test.
final class SocketFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/varlink-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw RawSocket.Failure.system("mkdtemp", errno) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    func socket(_ name: String = "s") -> String { "\(path)/\(name)" }

    deinit {
        for name in ["s", "t"] { unlink(socket(name)) }
        rmdir(path)
    }
}
