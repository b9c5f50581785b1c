import NIOCore
import Synchronization

/// Answers on their way from any thread to the event loop of a connection.
///
/// Many answers that come close together cost one wake-up and leave in one write.
final class AnswerQueue: Sendable {
    /// Tells the handler of a connection that answers wait.
    struct Ready: Sendable {}

    /// What has come since it was taken the last time.
    struct Taken {
        var answers: [(slot: UInt64, answer: Answer)] = []
        /// The number of oneway calls that the handler has taken.
        var oneways = 0
    }

    private struct State {
        var waiting = Taken()
        /// Whether the event loop is going to take the answers without another wake-up.
        var expected = false
        var closed = false
    }

    private let state = Mutex(State())
    private let pipeline: ChannelPipeline

    init(pipeline: ChannelPipeline) { self.pipeline = pipeline }

    func add(_ answer: Answer, to slot: UInt64) {
        add { $0.answers.append((slot, answer)) }
    }

    /// The handler has taken a oneway call.
    func addOneway() {
        add { $0.oneways += 1 }
    }

    private func add(_ change: (inout Taken) -> Void) {
        let wake = state.withLock { state in
            if state.closed { return false }
            change(&state.waiting)
            defer { state.expected = true }
            return !state.expected
        }
        // Never at once, even on the loop: a handler may hold a lock while it answers.
        if wake {
            pipeline.eventLoop.execute { [pipeline] in
                pipeline.fireUserInboundEventTriggered(Ready())
            }
        }
    }

    /// Promises that the event loop takes the answers soon, so that none wakes it.
    func expect() { state.withLock { $0.expected = true } }

    func take() -> Taken {
        state.withLock { state in
            state.expected = false
            defer { state.waiting = Taken() }
            return state.waiting
        }
    }

    /// The connection is gone: what still comes goes nowhere and wakes nobody.
    func close() {
        state.withLock { state in
            state.closed = true
            state.waiting = Taken()
        }
    }
}
