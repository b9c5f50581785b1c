import Synchronization

/// Where the replies to a call of a client go.
enum ReplySink: Sendable {
    /// Nobody waits.
    case none
    /// One caller waits for one reply.
    case single(CheckedContinuation<Result<JSON, VarlinkClientError>, Never>)
    /// A stream takes all replies.
    case stream(AsyncThrowingStream<JSON, any Error>.Continuation, StreamCancellation)

    func take(_ reply: Reply) {
        let parameters = JSON.object(reply.parameters)
        if let error = reply.error {
            fail(.remote(error: error, parameters: parameters))
            return
        }
        switch self {
        case .none: break
        case .single(let continuation): continuation.resume(returning: .success(parameters))
        case .stream(let continuation, _):
            continuation.yield(parameters)
            if !reply.continues { continuation.finish() }
        }
    }

    func fail(_ error: VarlinkClientError) {
        switch self {
        case .none: break
        case .single(let continuation): continuation.resume(returning: .failure(error))
        case .stream(let continuation, let cancellation):
            continuation.finish(throwing: cancellation.isRequested ? nil : error)
        }
    }
}

/// Whether the consumer of a stream has left it: the end of the connection is then no failure.
final class StreamCancellation: Sendable {
    private let requested = Atomic(false)

    var isRequested: Bool { requested.load(ordering: .acquiring) }

    func request() { requested.store(true, ordering: .releasing) }
}

/// Calls on their way from any task to the event loop of a client.
final class CallQueue: Sendable {
    typealias Request = (call: Call, sink: ReplySink)

    /// Tells the handler that calls wait.
    struct Ready: Sendable {}

    enum Added { case wake, expected, closed }

    private struct State {
        var requests: [Request] = []
        var expected = false
        var closed = false
    }

    private let state = Mutex(State())

    func add(_ request: Request) -> Added {
        state.withLock { state in
            if state.closed { return .closed }
            state.requests.append(request)
            defer { state.expected = true }
            return state.expected ? .expected : .wake
        }
    }

    func take() -> [Request] {
        state.withLock { state in
            state.expected = false
            let requests = state.requests
            state.requests = []
            return requests
        }
    }

    /// Takes no more calls; returns those that were not sent.
    func close() -> [Request] {
        state.withLock { $0.closed = true }
        return take()
    }
}
