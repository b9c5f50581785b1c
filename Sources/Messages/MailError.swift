/// Why a message was not made.
public enum MailError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A header value has a control character; it is refused, since cleaning it would hide an attack.
    case controlCharacter(header: String)
    /// A header value is not of the form that the header needs.
    case malformed(header: String, value: String)

    /// What is wrong and what would be right.
    public var description: String {
        switch self {
        case .controlCharacter(let header):
            "the mail header \(header) would carry a control character; remove it from the plan"
        case .malformed(let header, let value):
            "the mail header \(header) cannot carry \"\(Escape.line(value))\"; use letters, digits "
                + "and . _ - @ only"
        }
    }
}
