import Glibc

/// Users and groups of this host.
enum Host {
    /// Returns the uid of a login name, or nil.
    static func uid(login: String) -> UInt32? {
        getpwnam(login)?.pointee.pw_uid
    }

    /// Returns the gid of a group, or nil.
    static func gid(group: String) -> UInt32? {
        getgrnam(group)?.pointee.gr_gid
    }

    /// The host's name, for addresses and the ledger's origin.
    static var name: String {
        var bytes = [CChar](repeating: 0, count: 256)
        let result = gethostname(&bytes, 255)
        let text = String(
            decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
        return result == 0 && !text.isEmpty ? text.lowercased() : "localhost"
    }

    /// The value of an environment variable, or nil if it is unset or empty.
    static func environment(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }
}
