import DubanAPI
import PlanFile

/// What the daemon is started with.
public struct Configuration: Sendable {
    /// Plans to adopt at the start, where they are not in force yet.
    public var plans: [String] = []
    /// The folder of the store, the key and the lock.
    public var stateDirectory: String
    /// The folder of the sockets.
    public var runtimeDirectory: String
    /// Folders that are searched for work calendars.
    public var calendarDirectories: [String]
    /// The folder of the zone files, `/usr/share/zoneinfo` unless another one is named.
    public var zoneDirectory = ZoneDirectory.standard
    /// Whether to read the plans and end.
    public var checkOnly = false

    /// The state folder where none is named: $STATE_DIRECTORY, else /var/lib/duban.
    public static var defaultStateDirectory: String {
        Host.environment("STATE_DIRECTORY") ?? "/var/lib/duban"
    }

    /// Makes a configuration from its folders.
    public init(stateDirectory: String, runtimeDirectory: String, calendarDirectories: [String]) {
        self.stateDirectory = stateDirectory
        self.runtimeDirectory = runtimeDirectory
        self.calendarDirectories = calendarDirectories
    }

    /// The size of the file that is let go when the disk is full.
    static let ballastBytes = 32 << 20
    /// How long a lease lasts without a heartbeat.
    static let leaseSeconds: Int64 = 30
    /// How often a worker says that it lives.
    static let heartbeatSeconds: Int64 = 10
    /// How many items one turn takes.
    static let turnItems = 256
    /// How long the answer of a call is kept for whoever asks again.
    static let answerDays: Int64 = 2
    /// How many answers one turn deletes at the most, by the store's word.
    static let forgotten = 1_000
    /// The version that status and `org.varlink.service` tell.
    public static let version = Product.version
}
