/// Counts connections and decides which peers may connect.
struct Admission {
    /// Why a peer was refused.
    enum Refusal: Error, Hashable {
        /// The uid stands for unknown users of other user namespaces.
        case overflowUID
        /// All sockets together have as many connections as they may.
        case tooManyConnections
        /// The uid has as many connections to this socket as it may.
        case tooManyOfUID
    }

    private struct Holder: Hashable {
        let label: String
        let uid: UInt32
    }

    private static let overflowUID: UInt32 = 65_534

    private let limits: ServerLimits
    private var total = 0
    private var held: [Holder: Int] = [:]
    private(set) var refused = 0

    init(limits: ServerLimits) { self.limits = limits }

    /// The number of admitted connections.
    var count: Int { total }

    mutating func admit(uid: UInt32, label: String) -> Refusal? {
        let refusal = refusal(uid: uid, label: label)
        if refusal == nil {
            total += 1
            held[Holder(label: label, uid: uid), default: 0] += 1
        } else {
            refused += 1
        }
        return refusal
    }

    private func refusal(uid: UInt32, label: String) -> Refusal? {
        if uid == Self.overflowUID { return .overflowUID }
        if total >= limits.connections { return .tooManyConnections }
        let allowed = (limits.sockets[label] ?? limits.socket).connectionsPerUID
        let used = held[Holder(label: label, uid: uid)] ?? 0
        return used >= allowed ? .tooManyOfUID : nil
    }

    mutating func leave(uid: UInt32, label: String) {
        let holder = Holder(label: label, uid: uid)
        guard let used = held[holder] else {
            preconditionFailure("a connection leaves once, after it was admitted")
        }
        total -= 1
        held[holder] = used == 1 ? nil : used - 1
    }
}
