/// Why the daemon ends, with the exit code that says so (LSB and sysexits, design contract 17).
public enum DaemonError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Anything not named below: exit code 1.
    case failed(String)
    /// An argument is wrong: exit code 2.
    case invalidArgument(String)
    /// The state folder or a socket may not be used: exit code 4.
    case noPermission(String)
    /// A plan is not fit to be adopted; one line a problem: exit code 6.
    case notConfigured([String])
    /// The store failed; nothing unacknowledged is kept: exit code 75.
    case store(String)

    /// The code that the process ends with.
    public var exitCode: Int32 {
        switch self {
        case .failed: 1
        case .invalidArgument: 2
        case .noPermission: 4
        case .notConfigured: 6
        case .store: 75
        }
    }

    /// What stands on standard error, a line each.
    public var lines: [String] {
        switch self {
        case .failed(let text), .invalidArgument(let text), .noPermission(let text): [text]
        case .store(let text): [text]
        case .notConfigured(let problems): problems
        }
    }

    /// The lines joined.
    public var description: String { lines.joined(separator: "\n") }
}
