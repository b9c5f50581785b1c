/// Who opened the other end of a connection, as the kernel says; read once, at accept.
public struct PeerCredentials: Hashable, Sendable {
    /// The user.
    public let uid: UInt32
    /// The primary group.
    public let gid: UInt32
    /// The process, for display only: it may be gone and its number reused.
    public let pid: Int32
    /// The supplementary groups.
    public let groups: [UInt32]

    /// Describes a peer.
    public init(uid: UInt32, gid: UInt32, pid: Int32, groups: [UInt32]) {
        self.uid = uid
        self.gid = gid
        self.pid = pid
        self.groups = groups
    }
}
