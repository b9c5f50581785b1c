/// The input of an `inspect` job; `DubanAPI.CheckInput` is what the worker reads.
struct CheckInput: Codable, Hashable, Sendable {
    /// The program and its arguments.
    var argv: [String]
    /// How long it may run.
    var timeLimitSeconds: Int64
}
