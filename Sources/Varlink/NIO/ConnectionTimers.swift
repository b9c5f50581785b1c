import NIOCore

/// The times that a peer has: to end a message it began, to call again, to read its last replies.
///
/// It lives on the event loop of its connection and calls `expired` at most once.
final class ConnectionTimers {
    private let limits: ServerLimits
    private let loop: NIOIsolatedEventLoop
    private let expired: () -> Void
    private var message: (number: UInt64, timer: Scheduled<Void>)?
    private var idle: Scheduled<Void>?
    private var closing: Scheduled<Void>?
    private var lastUse = NIODeadline.now()
    private var busy = false

    init(limits: ServerLimits, loop: NIOIsolatedEventLoop, expired: @escaping () -> Void) {
        self.limits = limits
        self.loop = loop
        self.expired = expired
    }

    /// The connection was used: `message` is the number of the message that has begun and not
    /// ended, `busy` tells whether a call waits for its reply.
    func update(message number: UInt64?, busy: Bool) {
        lastUse = .now()
        self.busy = busy
        if message?.number != number {
            message?.timer.cancel()
            message = number.map { ($0, after(TimeAmount(limits.messageTime), expired)) }
        }
        if !busy && idle == nil { watchIdle(TimeAmount(limits.idleTime)) }
    }

    /// The connection closes as soon as its output is written, and after this time in any case.
    func closeLater(_ time: Duration) {
        cancel()
        closing = after(TimeAmount(time), expired)
    }

    func cancel() {
        for timer in [message?.timer, idle, closing] { timer?.cancel() }
        message = nil
        idle = nil
        closing = nil
    }

    private func after(_ time: TimeAmount, _ body: @escaping () -> Void) -> Scheduled<Void> {
        loop.scheduleTask(in: time, body)
    }

    /// One timer serves many calls: when it fires too early, it is set again for the rest.
    private func watchIdle(_ time: TimeAmount) {
        idle = after(time) { [weak self] in
            guard let self else { return }
            idle = nil
            if busy { return }
            let rest = lastUse + TimeAmount(limits.idleTime) - .now()
            if rest <= .nanoseconds(0) { expired() } else { watchIdle(rest) }
        }
    }
}
