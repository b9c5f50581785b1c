import Glibc
import NIOCore

/// Why a server cannot listen.
public enum VarlinkServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kernel takes socket paths of at most 103 bytes.
    case pathTooLong(path: String)
    /// Something that is no socket has that path.
    case notASocket(path: String)
    /// Another process answers at that path.
    case inUse(path: String)
    /// A descriptor that was passed is not what it should be.
    case notAdoptable(reason: String)
    /// A call of the system failed.
    case system(operation: String, reason: String)
    /// The server was closed before.
    case closed

    /// One line that says what is wrong and what would be right.
    public var description: String {
        switch self {
        case .pathTooLong(let path):
            "socket path '\(path)' has \(path.utf8.count) bytes: at most 103 are possible"
        case .notASocket(let path):
            "'\(path)' exists and is no socket: remove it or choose another path"
        case .inUse(let path):
            "another process listens at '\(path)': stop it or choose another path"
        case .notAdoptable(let reason): "passed descriptor: \(reason)"
        case .system(let operation, let reason): "\(operation): \(reason)"
        case .closed: "the server is closed"
        }
    }

    init(_ operation: String, errno code: CInt) {
        self = .system(operation: operation, reason: systemMessage(code))
    }

    init(_ operation: String, _ error: any Error) {
        if let error = error as? VarlinkServerError {
            self = error
        } else if let error = error as? IOError {
            self.init(operation, errno: error.errnoCode)
        } else {
            self = .system(operation: operation, reason: String(describing: error))
        }
    }
}

/// The system's words for an error number.
func systemMessage(_ code: CInt) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard unsafe strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
