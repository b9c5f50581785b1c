/// Why a text is no JSON that we accept, and where; it never quotes the text.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: String, Hashable, Sendable {
        /// The text ends too early.
        case truncated = "the text ends inside a value"
        /// A byte that cannot stand there.
        case unexpectedByte = "a byte that no JSON value may have there"
        /// Something follows the value.
        case trailingBytes = "bytes after the end of the value"
        /// Bytes of a string are no UTF-8.
        case invalidUTF8 = "a string that is not valid UTF-8"
        /// A raw byte below 0x20 in a string.
        case controlByte = "a raw control byte in a string"
        /// An escape that JSON does not know, or half of a surrogate pair.
        case invalidEscape = "an escape that names no character"
        /// A number that JSON's grammar refuses.
        case invalidNumber = "a number that is not written as JSON demands"
        /// A member name that occurs twice in its object.
        case duplicateMember = "a member name that occurs twice"
        /// Deeper than the limit.
        case tooDeep = "containers nested deeper than allowed"
        /// More items in a container than the limit.
        case tooManyItems = "more items in one container than allowed"
        /// A string, name or number above the limit.
        case tooLong = "a string or number longer than allowed"
        /// A text above the limit.
        case messageTooLong = "a text longer than allowed"
    }

    /// What is wrong.
    public let reason: Reason
    /// The byte at which it was found, counted from 0.
    public let offset: Int

    /// Makes an error at a byte offset.
    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// The reason with its byte offset.
    public var description: String { "invalid JSON at byte \(offset): \(reason.rawValue)" }
}
