/// How long to wait before the next try to connect: 100 ms, doubled up to 5 s.
struct Backoff {
    private var next = Backoff.first
    private static let first = Duration.milliseconds(100)
    private static let longest = Duration.seconds(5)

    /// Returns the time to wait now; the next one is twice as long.
    mutating func take() -> Duration {
        defer { next = min(next * 2, Backoff.longest) }
        return next
    }

    /// Starts again, after a try that succeeded.
    mutating func reset() {
        next = Backoff.first
    }
}
