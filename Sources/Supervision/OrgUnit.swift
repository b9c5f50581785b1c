/// An organisational unit; "unit" alone means a systemd unit to the reader of code.
public struct OrgUnit: Hashable, Sendable {
    /// The id, `[a-z0-9._-]{1,64}`.
    public let id: String
    /// What it is called.
    public let names: Names
    /// The unit above; absent at a root of the forest.
    public let superior: String?
    /// The person who heads it.
    public let head: String
    /// The person who keeps contact, if any.
    public let liaison: String?
    /// The group within which units are compared.
    public let category: String

    /// Makes a unit.
    public init(
        id: String,
        names: Names,
        superior: String?,
        head: String,
        liaison: String?,
        category: String
    ) {
        self.id = id
        self.names = names
        self.superior = superior
        self.head = head
        self.liaison = liaison
        self.category = category
    }
}
