import Synchronization

/// The place that a oneway call takes among the calls in flight of its connection.
///
/// It is freed once: by the handler's answer, or when the last copy of the responder is dropped.
final class OnewayPlace: Sendable {
    private let answers: AnswerQueue
    private let freed = Atomic(false)

    init(answers: AnswerQueue) { self.answers = answers }

    func free() {
        if freed.exchange(true, ordering: .relaxed) { return }
        answers.addOneway()
    }

    deinit { free() }
}
