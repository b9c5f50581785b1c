import CLinux
import Glibc
import Ledger
import Supervision
import Synchronization
import Varlink

/// Something that waits for the engine.
enum Delivery: Sendable {
    /// A call on one of the sockets.
    case call(IncomingCall)
    /// A connection is gone.
    case closed(ConnectionID)
    /// A plan was read, off the engine's thread.
    case planRead(IncomingCall, PlanReading)
    /// Zone or calendar files changed.
    case timeDataChanged
    /// The plans in force were read again with the data as they are now.
    case timeData(TimeDataReading)
    /// The event loop has taken what a reader of the ledger was sent.
    case sent(ConnectionID)
    /// A connection's output is not being read, or is read again.
    case blocked(ConnectionID, Bool)
}

/// The one way into the engine: bounded, in the order of arrival.
///
/// Its descriptor becomes readable when something waits, so that the engine sleeps in one poll(2).
final class Mailbox: Sendable {
    /// How many items may wait; the sockets' own limits stop readers long before.
    static let capacity = 65_536

    /// The eventfd that the engine polls.
    let descriptor: CInt
    private let items = Mutex<[Delivery]>([])
    /// Whether the end was asked for.
    let isStopping = Atomic<Bool>(false)

    /// - Throws: `DaemonError.failed` if the kernel has no descriptor left.
    init() throws(DaemonError) {
        descriptor = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else { throw .failed("eventfd: \(SmallFile.reason())") }
    }

    deinit { close(descriptor) }

    /// Adds calls; false, and none added, if the mailbox is full.
    func offer(_ calls: [IncomingCall]) -> Bool {
        add(calls.map { .call($0) }, limit: Self.capacity)
    }

    /// Adds what must not be lost: a gone connection, a plan that was read.
    func post(_ item: Delivery) {
        _ = add([item], limit: .max)
    }

    /// Asks for the end: the engine sees it before whatever else waits.
    func stop() {
        isStopping.store(true, ordering: .releasing)
        var one: UInt64 = 1
        write(descriptor, &one, 8)
    }

    private func add(_ new: [Delivery], limit: Int) -> Bool {
        let state = items.withLock { items -> (fits: Bool, wasEmpty: Bool) in
            guard items.count <= limit - new.count else { return (false, false) }
            defer { items += new }
            return (true, items.isEmpty)
        }
        if state.wasEmpty {
            var one: UInt64 = 1
            write(descriptor, &one, 8)
        }
        return state.fits
    }

    /// Takes up to so many items; what is left keeps the descriptor readable.
    func take(_ limit: Int) -> [Delivery] {
        items.withLock { items in
            guard items.count > limit else {
                defer { items = [] }
                var count: UInt64 = 0
                _ = read(descriptor, &count, 8)
                return items
            }
            defer { items.removeFirst(limit) }
            return Array(items.prefix(limit))
        }
    }
}
