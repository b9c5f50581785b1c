import Glibc
import NIOCore

/// The calls of the system that prepare a unix socket before NIO takes it over.
enum UnixSocket {
    /// Longer paths do not fit `sockaddr_un`.
    static let longestPath = 103

    /// Binds a path, of which only a socket that nobody answers at is removed; does not listen.
    ///
    /// The mode is set before anybody can connect.
    ///
    /// - Returns: The descriptor, which the caller owns.
    /// - Throws: `VarlinkServerError` when the path cannot be bound.
    static func bind(path: String, mode: UInt32) throws(VarlinkServerError) -> CInt {
        let address = try self.address(path)
        try removeStale(path, address)
        let descriptor = try open()
        do {
            let bound = unsafe address.withSockAddr { address, length in
                unsafe Glibc.bind(descriptor, address, socklen_t(length))
            }
            if bound != 0 { throw VarlinkServerError("bind '\(path)'", errno: errno) }
            if unsafe chmod(path, mode) != 0 {
                throw VarlinkServerError("chmod '\(path)'", errno: errno)
            }
        } catch {
            Glibc.close(descriptor)
            throw VarlinkServerError("bind '\(path)'", error)
        }
        return descriptor
    }

    private static func address(_ path: String) throws(VarlinkServerError) -> SocketAddress {
        do {
            if path.utf8.count > longestPath { throw VarlinkServerError.pathTooLong(path: path) }
            return try SocketAddress(unixDomainSocketPath: path)
        } catch {
            throw VarlinkServerError("socket '\(path)'", error)
        }
    }

    private static func open() throws(VarlinkServerError) -> CInt {
        let type = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        if descriptor < 0 { throw VarlinkServerError("socket", errno: errno) }
        return descriptor
    }

    private static func removeStale(
        _ path: String,
        _ address: SocketAddress
    ) throws(VarlinkServerError) {
        guard let found = try identity(of: path) else { return }
        guard found.isSocket else { throw .notASocket(path: path) }
        let descriptor = try open()
        defer { Glibc.close(descriptor) }
        let connected = unsafe address.withSockAddr { address, length in
            unsafe connect(descriptor, address, socklen_t(length))
        }
        // EAGAIN: somebody listens and has no time. Anything but a refusal may be a living server.
        guard connected != 0, errno == ECONNREFUSED else { throw .inUse(path: path) }
        if unsafe unlink(path) != 0 { throw VarlinkServerError("unlink '\(path)'", errno: errno) }
    }

    /// What tells a file from another that later has the same path.
    struct Identity: Hashable {
        let device: UInt64
        let inode: UInt64
        let isSocket: Bool
    }

    /// The identity of the file at a path, nil when there is none.
    ///
    /// - Throws: `VarlinkServerError` when the system does not tell.
    static func identity(of path: String) throws(VarlinkServerError) -> Identity? {
        var status = stat()
        if unsafe lstat(path, &status) != 0 {
            if errno == ENOENT { return nil }
            throw VarlinkServerError("stat '\(path)'", errno: errno)
        }
        let isSocket = status.st_mode & S_IFMT == S_IFSOCK
        return Identity(
            device: UInt64(status.st_dev),
            inode: UInt64(status.st_ino),
            isSocket: isSocket
        )
    }

    /// Removes a socket that this process bound, unless the path has become another file's.
    static func remove(_ path: String, _ bound: Identity) throws(VarlinkServerError) {
        guard try identity(of: path) == bound else { return }
        if unsafe unlink(path) != 0 { throw VarlinkServerError("unlink '\(path)'", errno: errno) }
    }

    /// Whether a passed unix stream socket listens; else it is connected.
    ///
    /// - Throws: `VarlinkServerError` for everything that is no unix stream socket.
    static func isListening(_ descriptor: CInt) throws(VarlinkServerError) -> Bool {
        guard try option(descriptor, SO_DOMAIN) == AF_UNIX else {
            throw .notAdoptable(reason: "it is no unix socket")
        }
        guard try option(descriptor, SO_TYPE) == CInt(SOCK_STREAM.rawValue) else {
            throw .notAdoptable(reason: "it is no stream socket")
        }
        return try option(descriptor, SO_ACCEPTCONN) != 0
    }

    private static func option(
        _ descriptor: CInt,
        _ name: CInt
    ) throws(VarlinkServerError) -> CInt {
        var value: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        if unsafe getsockopt(descriptor, SOL_SOCKET, name, &value, &length) != 0 {
            throw .notAdoptable(reason: systemMessage(errno))
        }
        return value
    }

    /// Three quarters of the descriptors that this process may have.
    static func descriptorShare() -> Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return .max
        }
        return Int(clamping: limit.rlim_cur / 4 * 3)
    }
}
