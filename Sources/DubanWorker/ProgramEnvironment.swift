import Glibc

/// What programs inherit of the worker: a search path and a zone, and nothing else.
enum ProgramEnvironment {
    private static let standardPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// Returns the variables that every program gets: PATH, LANG and, if the worker has it, TZ.
    static func ofPrograms() -> [String: String] {
        var variables = ["LANG": "C.UTF-8", "PATH": variable("PATH") ?? standardPath]
        variables["TZ"] = variable("TZ")
        return variables
    }

    /// Returns a name for this worker: the host's, and the process id.
    static func workerName() -> String {
        var room = [CChar](repeating: 0, count: 256)
        let isKnown = gethostname(&room, room.count - 1) == 0
        let host = room.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return "\(isKnown ? String(decoding: host, as: UTF8.self) : "worker")-\(getpid())"
    }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else {
            return nil
        }
        return value
    }
}
