import Glibc
import Supervision
import Varlink

/// What a caller is to the daemon; none implies another.
enum Role: Hashable {
    /// A person of an adopted plan.
    case person
    /// uid 0: operates, never signs.
    case root
    /// A member of the group `duban`.
    case `operator`
    /// The uid that the daemon runs under.
    case daemon
    /// A caller on the worker socket, whose file mode says who may open it.
    case worker
}

/// Who may call what: data, default deny.
enum Access {
    private static let readers: Set<Role> = [.person, .root, .operator, .daemon]
    private static let operators: Set<Role> = [.root, .operator, .daemon]
    private static let workers: Set<Role> = [.worker]

    /// The rows of the table; a method without one is denied to everybody.
    static let table: [String: Set<Role>] = [
        "io.duban.Control.GetStatus": readers,
        "io.duban.Control.ListWorkers": readers,
        "io.duban.Control.ReleaseClock": operators,
        "io.duban.Duty.Accept": readers,
        "io.duban.Duty.Chain": readers,
        "io.duban.Duty.Get": readers,
        "io.duban.Duty.History": readers,
        "io.duban.Duty.List": readers,
        "io.duban.Duty.Return": readers,
        "io.duban.Duty.Submit": readers,
        "io.duban.Duty.Todo": readers,
        "io.duban.Duty.Urge": readers,
        "io.duban.Job.Get": readers,
        "io.duban.Job.List": readers,
        "io.duban.Plan.Apply": operators,
        "io.duban.Plan.Diff": operators,
        "io.duban.Plan.List": readers,
        "io.duban.Plan.Show": readers,
        "io.duban.Plan.Upload": operators,
        "io.duban.Record.Checkpoint": readers,
        "io.duban.Record.Export": readers,
        "io.duban.Record.Get": readers,
        "io.duban.Record.List": readers,
        "io.duban.Record.Verify": readers,
        "io.duban.Schedule.Agenda": readers,
        "io.duban.Schedule.Backfill": readers,
        "io.duban.Schedule.Explain": readers,
        "io.duban.Schedule.Get": readers,
        "io.duban.Schedule.List": readers,
        "io.duban.Schedule.Pause": readers,
        "io.duban.Schedule.Resume": readers,
        "io.duban.Worker.Attach": workers,
        "io.duban.Worker.Extend": workers,
        "io.duban.Worker.Report": workers,
        "io.duban.Worker.Reserve": workers,
    ]

    /// Whether a method is open to one of the roles.
    ///
    /// The acts on duties and schedules are open to all readers, since the core refuses who may not
    /// take them with a text that helps.
    static func allows(_ method: String, _ roles: Set<Role>) -> Bool {
        !(table[method] ?? []).isDisjoint(with: roles)
    }

    /// Returns what a peer is.
    static func roles(
        of peer: PeerCredentials,
        socket: String,
        book: PlanBook,
        operatorGroup: UInt32?
    ) -> Set<Role> {
        if socket == SocketLabel.worker { return [.worker] }
        var roles: Set<Role> = []
        if book.personByUID[peer.uid] != nil { roles.insert(.person) }
        if peer.uid == 0 { roles.insert(.root) }
        if peer.uid == geteuid() { roles.insert(.daemon) }
        if let group = operatorGroup, peer.gid == group || peer.groups.contains(group) {
            roles.insert(.operator)
        }
        return roles
    }
}

/// The names under which the sockets are served.
enum SocketLabel {
    static let control = "control"
    static let worker = "worker"
}
