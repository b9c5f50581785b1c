/// A reply as it stands on the wire.
struct Reply: Hashable, Sendable {
    var parameters = JSONObject()
    var continues = false
    var error: String?
}

extension Reply {
    /// Reads a message as a reply; unknown header members are ignored.
    ///
    /// - Throws: `ProtocolViolation` for a member of a wrong type.
    init(message json: JSON) throws(ProtocolViolation) {
        guard case .object(let object) = json else { throw .noObject }
        self.init()
        try object.eachMember { (key, value) throws(ProtocolViolation) in
            switch key {
            case "parameters": parameters = try Call.parameters(value)
            case "continues": continues = try Call.flag(key, value)
            case "error":
                switch value {
                case .null: error = nil
                case .string(let name): error = name
                default: throw .invalidHeader(key)
                }
            default: break
            }
        }
        if continues, error != nil { throw .invalidHeader("continues") }
    }
}
