/// Where a service is reached.
public enum VarlinkAddress: Hashable, Sendable {
    /// A unix socket in the file system.
    case unix(path: String)

    /// Reads `unix:/path`; parameters after a semicolon are for the listening side and ignored.
    ///
    /// - Throws: ``VarlinkAddressError`` for everything else.
    public init(parsing text: String) throws(VarlinkAddressError) {
        guard text.hasPrefix("unix:") else { throw VarlinkAddressError(text: text) }
        let path = text.dropFirst("unix:".count).prefix { $0 != ";" }
        guard path.hasPrefix("/") else { throw VarlinkAddressError(text: text) }
        self = .unix(path: String(path))
    }
}

extension VarlinkAddress: CustomStringConvertible {
    /// The address as it is written.
    public var description: String {
        switch self {
        case .unix(let path): "unix:\(path)"
        }
    }
}

/// An address of a kind that does not exist.
public struct VarlinkAddressError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text that was to be an address.
    public let text: String

    /// What would be right.
    public var description: String {
        "'\(text)' is no address: write unix:/PATH with an absolute path"
    }
}
