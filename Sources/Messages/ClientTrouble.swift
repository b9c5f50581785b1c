/// Why a client got no answer at all, as one line for people and as an exit code.
public enum ClientTrouble: Error, Hashable, Sendable {
    /// Nobody answers at the path.
    case notRunning(path: String, reason: String)
    /// The caller may not open the socket.
    case noPermission(path: String)
    /// The connection ended before the reply; an act may have been recorded or not.
    case disconnected
    /// The other side does not speak the protocol.
    case protocolViolation(String)

    /// The exit code: 3 where the daemon cannot be reached, else 1.
    public var exitCode: Int32 {
        switch self {
        case .notRunning, .noPermission: 3
        case .disconnected, .protocolViolation: 1
        }
    }

    /// Returns the line.
    public func line(_ language: Language) -> String {
        language == .zh ? chinese : english
    }

    private var english: String {
        switch self {
        case .notRunning(let path, let reason):
            "duban is not running: nothing answers at \(path) (\(Escape.line(reason)))"
        case .noPermission(let path): "no permission to open \(path)"
        case .disconnected:
            "the daemon closed the connection before it answered; look with dubanctl history"
        case .protocolViolation(let reason):
            "the daemon's answer is not understood: \(Escape.line(reason))"
        }
    }

    private var chinese: String {
        switch self {
        case .notRunning(let path, let reason):
            "duban 未在运行：\(path) 无应答（\(Escape.line(reason))）"
        case .noPermission(let path): "无权打开 \(path)"
        case .disconnected: "服务在答复之前断开了连接，请用 dubanctl history 核对"
        case .protocolViolation(let reason): "无法理解服务的答复：\(Escape.line(reason))"
        }
    }
}
