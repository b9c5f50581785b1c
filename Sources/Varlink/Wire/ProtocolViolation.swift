/// Why a connection is closed without a reply: the peer broke the rules of the wire.
enum ProtocolViolation: Error, Hashable, Sendable {
    /// The text between two NUL bytes is no JSON that we accept.
    case invalidJSON(JSONError)
    /// The message is no object.
    case noObject
    /// A header member is missing, has another type or is unknown.
    case invalidHeader(String)
    /// More than one of `oneway`, `more` and `upgrade` is set.
    case conflictingFlags
    /// The message is longer than allowed.
    case messageTooLong
    /// The peer stopped sending inside a message.
    case truncatedMessage
    /// A reply that no call asked for.
    case unexpectedReply
    /// The peer reads too slowly what it asked for.
    case outputTooLong
}

extension ProtocolViolation: CustomStringConvertible {
    /// One line for people; it never quotes the message.
    var description: String {
        switch self {
        case .invalidJSON(let error): error.description
        case .noObject: "a message that is no JSON object"
        case .invalidHeader(let member): "the message header is wrong at '\(member)'"
        case .conflictingFlags: "more than one of oneway, more and upgrade is set"
        case .messageTooLong: "a message longer than allowed"
        case .truncatedMessage: "the connection ended inside a message"
        case .unexpectedReply: "a reply that no call asked for"
        case .outputTooLong: "replies are not read"
        }
    }
}
