import Glibc
import Testing

/// A datagram socket of our own, in the place of the manager's or journald's.
final class DatagramListener {
    let path: String
    private let directory: String
    private let descriptor: CInt

    init() throws {
        var template = Array("/tmp/duban-systemd-XXXXXX".utf8CString)
        directory = try #require(mkdtemp(&template).map { String(cString: $0) })
        path = directory + "/socket"
        descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        try #require(DatagramListener.bind(descriptor, to: path) == 0)
    }

    deinit {
        close(descriptor)
        unlink(path)
        rmdir(directory)
    }

    /// Returns the next datagram; sending on a Unix socket is done when the call returns.
    func receive() -> [UInt8]? {
        var room = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &room, room.count, 0)
        return count < 0 ? nil : Array(room.prefix(count))
    }

    func receiveText() -> String? {
        receive().map { String(decoding: $0, as: UTF8.self) }
    }

    static func bind(_ descriptor: CInt, to path: String) -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { rebound in
                Glibc.bind(descriptor, rebound, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
