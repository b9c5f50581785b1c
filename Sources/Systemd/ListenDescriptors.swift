import CSystemd
import Glibc

/// The sockets that the service manager passed to this process, by sd_listen_fds(3).
public enum ListenDescriptors {
    /// Returns the passed descriptors in order, and removes them from the environment.
    ///
    /// Call it once, before any other thread exists: it changes the environment. The result is
    /// empty when nothing was passed, or when it was passed to another process.
    public static func take() -> [(descriptor: CInt, name: String)] {
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = sd_listen_fds_with_names(1, &names)
        guard count > 0, let names else { return [] }
        defer { free(names) }
        var taken: [(descriptor: CInt, name: String)] = []
        for index in 0..<Int(count) {
            guard let name = names[index] else { break }
            taken.append((SD_LISTEN_FDS_START + CInt(index), String(cString: name)))
            free(name)
        }
        return taken
    }

    /// Returns the path that a Unix socket is bound to, or nothing for any other descriptor.
    ///
    /// Both socket units carry the name that Varlink asks for, so the path tells them apart.
    public static func socketPath(of descriptor: CInt) -> String? {
        var address = sockaddr_un()
        var length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { rebound in
                getsockname(descriptor, rebound, &length)
            }
        }
        let pathOffset = MemoryLayout<sa_family_t>.size
        guard status == 0, address.sun_family == sa_family_t(AF_UNIX) else { return nil }
        let bytes = withUnsafeBytes(of: &address) { raw in
            raw[pathOffset..<max(pathOffset, min(raw.count, Int(length)))].prefix { $0 != 0 }
                .map { $0 }
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// Returns whether a descriptor is a socket that accepts connections.
    public static func isListening(_ descriptor: CInt) -> Bool {
        var value: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &value, &length) == 0
            && value != 0
    }
}
