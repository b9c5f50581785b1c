import NIOCore
import Synchronization

/// Answers on their way from any thread to the event loop of a connection.
///
/// Many answers that come close together cost one wake-up and leave in one write.
final class AnswerQueue: Sendable {
    /// Tells the handler of a connection that answers wait.
    struct Ready: Sendable {}

    private struct State {
        var answers: [(slot: UInt64, answer: Answer)] = []
        /// Whether the event loop is going to take the answers without another wake-up.
        var expected = false
    }

    private let state = Mutex(State())
    private let pipeline: ChannelPipeline

    init(pipeline: ChannelPipeline) { self.pipeline = pipeline }

    func add(_ answer: Answer, to slot: UInt64) {
        let wake = state.withLock { state in
            state.answers.append((slot, answer))
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

    func take() -> [(slot: UInt64, answer: Answer)] {
        state.withLock { state in
            state.expected = false
            let answers = state.answers
            state.answers = []
            return answers
        }
    }
}
