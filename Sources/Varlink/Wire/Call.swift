/// A call as it stands on the wire.
struct Call: Hashable, Sendable {
    var method: String
    var parameters = JSONObject()
    var oneway = false
    var more = false
    var upgrade = false
}

extension Call {
    /// Reads a message as a call; vendor members (with a dot in their name) are ignored.
    ///
    /// - Throws: `ProtocolViolation` for whatever closes a connection without a reply.
    init(message json: JSON) throws(ProtocolViolation) {
        guard case .object(let object) = json else { throw .noObject }
        var method: String?
        self.init(method: "")
        try object.eachMember { (key, value) throws(ProtocolViolation) in
            switch key {
            case "method":
                guard case .string(let name) = value else { throw .invalidHeader(key) }
                method = name
            case "parameters": parameters = try Self.parameters(value)
            case "oneway": oneway = try Self.flag(key, value)
            case "more": more = try Self.flag(key, value)
            case "upgrade": upgrade = try Self.flag(key, value)
            default:
                guard key.utf8.contains(UInt8(ascii: ".")) else { throw .invalidHeader("unknown") }
            }
        }
        guard let method else { throw .invalidHeader("method") }
        self.method = method
        let flags = (oneway ? 1 : 0) + (more ? 1 : 0) + (upgrade ? 1 : 0)
        if flags > 1 { throw .conflictingFlags }
    }

    /// Absent, null and empty parameters are equal.
    static func parameters(_ value: JSON) throws(ProtocolViolation) -> JSONObject {
        switch value {
        case .null: JSONObject()
        case .object(let object): object
        default: throw .invalidHeader("parameters")
        }
    }

    static func flag(_ key: String, _ value: JSON) throws(ProtocolViolation) -> Bool {
        switch value {
        case .null: false
        case .bool(let flag): flag
        default: throw .invalidHeader(key)
        }
    }

    /// Appends the message with its NUL byte; what equals the default is left out.
    func append(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: #"{"method":"#.utf8)
        JSON.append(quoted: method, to: &bytes)
        if !parameters.isEmpty {
            bytes.append(contentsOf: #","parameters":"#.utf8)
            JSON.object(parameters).append(to: &bytes)
        }
        if oneway { bytes.append(contentsOf: #","oneway":true"#.utf8) }
        if more { bytes.append(contentsOf: #","more":true"#.utf8) }
        if upgrade { bytes.append(contentsOf: #","upgrade":true"#.utf8) }
        bytes.append(contentsOf: [UInt8(ascii: "}"), 0])
    }
}
