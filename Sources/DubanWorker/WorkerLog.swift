import Glibc
import Messages

/// The worker's log: one line an event, on standard error.
struct WorkerLog: Sendable {
    /// Writes one line.
    func line(_ text: String) {
        let bytes = Array("duban-worker: \(Escape.line(text))\n".utf8)
        // The log is a convenience: a reader that went away stops no work.
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
