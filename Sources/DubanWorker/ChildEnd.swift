import Glibc

/// How a program that was run ended, and what it said.
struct ChildEnd: Sendable {
    /// Why a program ended.
    enum Cause: Hashable, Sendable {
        /// It exited with a code.
        case exited(CInt)
        /// A signal ended it.
        case signalled(CInt)
        /// It ran longer than it may.
        case timeLimit
        /// The worker stopped, or lost the lease.
        case stopped
        /// It never ran, with the reason.
        case notStarted(String)
    }

    var cause: Cause
    /// The first bytes of standard output and standard error, as they came.
    var output: [UInt8] = []
    /// Whether it said more than was kept.
    var isTruncated = false
    var duration: Duration = .zero

    var didStart: Bool {
        if case .notStarted = cause { false } else { true }
    }

    /// The output as text; bytes that are not UTF-8 are replaced.
    var text: String { String(decoding: output, as: UTF8.self) }

    var durationMillis: Int64 {
        let (seconds, attoseconds) = duration.components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }

    /// Returns the name of a signal as people know it.
    static func name(ofSignal signal: CInt) -> String {
        guard let text = strsignal(signal) else { return "signal \(signal)" }
        return "signal \(signal) (\(String(cString: text)))"
    }
}

/// The first bytes of a stream, and whether there were more.
struct Capture: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var isTruncated = false

    mutating func append(_ more: UnsafeRawBufferPointer) {
        let room = ChildProcess.captureLimit - bytes.count
        bytes.append(contentsOf: more.prefix(room))
        if more.count > room { isTruncated = true }
    }
}
