/// What a handler answers to a call.
public enum Answer: Hashable, Sendable {
    /// The only or last reply; nil, null and an empty object are equal.
    case reply(JSON?)
    /// One reply of a stream that goes on; for calls with `more` only.
    case `continue`(JSON)
    /// The call failed: a qualified error name with its parameters.
    case error(String, JSON?)

    /// Whether the call is over with this answer.
    var isFinal: Bool {
        if case .continue = self { false } else { true }
    }

    /// Appends the reply message with its NUL byte; parameters that are empty are left out.
    func append(to bytes: inout [UInt8]) {
        var separator = UInt8(ascii: "{")
        var parameters: JSON?
        switch self {
        case .reply(let value): parameters = value
        case .continue(let value):
            parameters = value
            bytes.append(contentsOf: #"{"continues":true"#.utf8)
            separator = UInt8(ascii: ",")
        case .error(let name, let value):
            parameters = value
            bytes.append(contentsOf: #"{"error":"#.utf8)
            JSON.append(quoted: name, to: &bytes)
            separator = UInt8(ascii: ",")
        }
        if let parameters, parameters != .null, parameters != .object(JSONObject()) {
            bytes.append(separator)
            bytes.append(contentsOf: #""parameters":"#.utf8)
            parameters.append(to: &bytes)
        } else if separator == UInt8(ascii: "{") {
            bytes.append(separator)
        }
        bytes.append(contentsOf: [UInt8(ascii: "}"), 0])
    }
}
