/// Why a call got no answer, or which error it got.
public enum VarlinkClientError: Error, Hashable, Sendable {
    /// Nobody answers at the path.
    case notRunning(path: String, reason: String)
    /// The caller may not connect to the path.
    case noPermission(path: String)
    /// The connection ended before the reply.
    case disconnected
    /// The service answered with an error.
    case remote(error: String, parameters: JSON)
    /// The service broke a rule of the wire.
    case protocolViolation(String)
}

extension VarlinkClientError: CustomStringConvertible {
    /// One line for people.
    public var description: String {
        switch self {
        case .notRunning(let path, let reason): "no service answers at '\(path)': \(reason)"
        case .noPermission(let path): "not allowed to connect to '\(path)'"
        case .disconnected: "the service closed the connection before it answered"
        case .remote(let error, let parameters):
            parameters == .object(JSONObject()) ? error : "\(error) \(parameters.text)"
        case .protocolViolation(let reason): "the service does not speak Varlink: \(reason)"
        }
    }
}
