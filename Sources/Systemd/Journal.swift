import CSystemd
import Glibc
import Synchronization

/// The journal, as a place to send entries to.
///
/// `sd_journal_sendv` returns 0 whether or not journald listens, and blocks while journald does not
/// read. So each entry first connects a socket of our own to journald's and asks whether it would
/// take a datagram: an absent journal is named, a full one costs the entry and is counted.
public final class Journal: Sendable {
    /// What became of an entry.
    public enum Delivery: Hashable, Sendable {
        /// The journal has it.
        case sent
        /// Nobody listens at the journal's socket.
        case absent
        /// The journal did not take it; the drop is counted.
        case dropped
    }

    private struct State {
        var descriptor: CInt = -1
        var drops = 0
    }

    /// Where journald listens.
    public static let standardSocketPath = "/run/systemd/journal/socket"

    private let socketPath: String
    private let state = Mutex(State())

    /// Makes the journal behind a socket.
    ///
    /// libsystemd knows journald's own path only; entries for another one are written in the same
    /// protocol by ourselves.
    ///
    /// - Parameter socketPath: Where journald listens.
    public init(socketPath: String = Journal.standardSocketPath) {
        self.socketPath = socketPath
    }

    deinit {
        state.withLock { state in
            if state.descriptor >= 0 { close(state.descriptor) }
        }
    }

    /// Whether somebody listens at the journal's socket now.
    public var isPresent: Bool {
        state.withLock { probe(&$0) }
    }

    /// How many entries were dropped since the last call.
    public func takeDrops() -> Int {
        state.withLock { state in
            defer { state.drops = 0 }
            return state.drops
        }
    }

    /// Sends one entry without ever waiting.
    ///
    /// - Parameter fields: Names of upper-case letters, digits and underscores, with their values.
    /// - Returns: What became of it.
    @discardableResult
    public func send(fields: [(String, String)]) -> Delivery {
        state.withLock { state in
            guard probe(&state) else { return .absent }
            guard wouldTake(state.descriptor), deliver(fields, over: state.descriptor) else {
                state.drops += 1
                return .dropped
            }
            return .sent
        }
    }

    /// Counts an entry that another output could not take.
    func countDrop() {
        state.withLock { $0.drops += 1 }
    }

    /// Connects anew each time, since journald's socket may have come, gone or been replaced.
    private func probe(_ state: inout State) -> Bool {
        guard let address = SocketAddress(path: socketPath) else { return false }
        if state.descriptor < 0 {
            let type = CInt(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
            state.descriptor = socket(AF_UNIX, type, 0)
        }
        let descriptor = state.descriptor
        return address.withPointer { connect(descriptor, $0, $1) } == 0
    }

    private func wouldTake(_ descriptor: CInt) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&request, 1, 0) == 1 && request.revents & Int16(POLLOUT) != 0
    }

    private func deliver(_ fields: [(String, String)], over descriptor: CInt) -> Bool {
        if socketPath == Journal.standardSocketPath { return sendThroughLibrary(fields) }
        let datagram = JournalDatagram.bytes(of: fields)
        let flags = CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL)
        return datagram.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, flags) }
            == datagram.count
    }

    private func sendThroughLibrary(_ fields: [(String, String)]) -> Bool {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        for (name, value) in fields {
            bytes += "\(name)=\(value)".utf8
            ends.append(bytes.count)
        }
        return bytes.withUnsafeMutableBytes { raw in
            guard let base = raw.baseAddress else { return false }
            var start = 0
            var vectors: [iovec] = []
            for end in ends {
                vectors.append(iovec(iov_base: base + start, iov_len: end - start))
                start = end
            }
            return sd_journal_sendv(vectors, CInt(vectors.count)) == 0
        }
    }
}
