/// How a worker presents itself and how much it takes at once.
public struct WorkerOptions: Sendable {
    /// The worker socket.
    public var path: String
    /// The name that people see in `dubanctl workers`.
    public var name: String
    /// The queues to take jobs from.
    public var queues: [String]
    /// What this worker can reach, for jobs that ask for it.
    public var labels: [String]
    /// How many jobs run at once.
    public var slots: Int
    /// How long a stopping worker lets its running jobs go on.
    public var drainLimit: Duration

    /// Makes options.
    ///
    /// - Parameters:
    ///   - path: The worker socket.
    ///   - name: The name that people see.
    ///   - queues: The queues to take jobs from.
    ///   - labels: What this worker can reach.
    ///   - slots: How many jobs run at once, at least one.
    ///   - drainLimit: How long a stopping worker lets its running jobs go on.
    public init(
        path: String,
        name: String,
        queues: [String],
        labels: [String] = [],
        slots: Int = 4,
        drainLimit: Duration = .seconds(60)
    ) {
        precondition(slots > 0, "a worker without slots would take no job")
        self.path = path
        self.name = name
        self.queues = queues
        self.labels = labels
        self.slots = slots
        self.drainLimit = drainLimit
    }
}
