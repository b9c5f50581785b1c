/// Somebody who holds posts and acts.
public struct Person: Hashable, Sendable {
    /// The id, `[a-z0-9._-]{1,64}`; one id is one person in all programmes.
    public let id: String
    /// What people call them.
    public let name: String
    /// The login name on this host, if they act through the socket.
    public let login: String?
    /// Further uids of the same person.
    public let uids: [UInt32]
    /// The mail address; by default `login@localhost`.
    public let mail: String?

    /// Makes a person.
    public init(id: String, name: String, login: String?, uids: [UInt32], mail: String?) {
        self.id = id
        self.name = name
        self.login = login
        self.uids = uids
        self.mail = mail
    }
}
