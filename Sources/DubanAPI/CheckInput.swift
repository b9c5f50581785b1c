/// The input of an `inspect` job: the program to run, by the contract of the Monitoring Plugins.
public struct CheckInput: Codable, Hashable, Sendable {
    /// The program and its arguments; no shell reads them.
    public var argv: [String]
    /// How long the program may run, in seconds.
    public var timeLimitSeconds: Int64

    /// Makes an input from the program and its time limit.
    public init(argv: [String], timeLimitSeconds: Int64) {
        self.argv = argv
        self.timeLimitSeconds = timeLimitSeconds
    }
}
