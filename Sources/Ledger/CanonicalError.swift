/// A value or text that has no canonical form, or is not in it.
public enum CanonicalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Bytes that are not canonical, with the offset of the first wrong byte.
    case malformed(byte: Int, what: String)
    /// A Swift value that cannot be encoded or decoded, with its coding path (empty at the top).
    case coding(path: String, what: String)

    /// One line that says where and what.
    public var description: String {
        switch self {
        case .malformed(let byte, let what):
            return "byte \(byte): \(what)"
        case .coding(let path, let what):
            return path.isEmpty ? what : "\(path): \(what)"
        }
    }
}
