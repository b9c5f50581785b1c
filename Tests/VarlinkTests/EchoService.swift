import Synchronization
import Varlink

/// The interface of the tests and how its methods are answered, without any I/O.
enum EchoService {
    static let text = """
        interface org.example.echo

        # Gives the text back.
        method Echo(text: string) -> (text: string)

        # Gives back what it gets.
        method Take(number: ?int, real: ?float, free: ?object, list: ?[]int) -> (
          number: ?int,
          real: ?float
        )

        # Counts to a number: streams with 'more', else tells the number.
        method Count(to: int) -> (at: int)

        # Streams only, and ends when the test says so.
        method Watch() -> (at: ?int, reason: ?string)

        # Notes a text; the notes are read by Notes.
        method Note(text: string) -> ()

        method Notes() -> (notes: []string)

        # Answers when the test says so.
        method Later(text: string) -> (text: string)

        error Refused (text: string)

        """

    static let info = ServiceInfo(
        vendor: "Example",
        product: "Echo",
        version: "1",
        url: "https://example.org"
    )

    /// The answers to a call that needs nothing from outside; empty for Watch and Later.
    static func answers(_ method: String, _ parameters: JSONObject, more: Bool) -> [Answer] {
        switch method {
        case "org.example.echo.Echo":
            if parameters["text"] == "refuse" {
                return [.error("org.example.echo.Refused", ["text": "refuse"])]
            }
            return [.reply(.object(parameters))]
        case "org.example.echo.Take": return [.reply(.object(parameters))]
        case "org.example.echo.Count":
            let end = parameters["to"]?.intValue ?? 0
            guard more else { return [.reply(["at": .int(end)])] }
            let steps = (1..<max(end, 1)).map { Answer.continue(["at": .int($0)]) }
            return steps + [.reply(["at": .int(end)])]
        case "org.example.echo.Watch" where !more:
            return [.error("org.varlink.service.ExpectedMore", nil)]
        default: return []
        }
    }
}

/// The handler of the socket tests: answers at once, and keeps what is to be answered later.
final class EchoHandler: CallHandler {
    private struct State {
        var notes: [String] = []
        var held: [IncomingCall] = []
        var batches: [Int] = []
        var peers: [PeerCredentials] = []
        var closed: [ConnectionID] = []
        var blocked: [ConnectionID] = []
        var drained: [ConnectionID] = []
        var waiters: [(met: (EchoHandler.Seen) -> Bool, resume: CheckedContinuation<Void, Never>)] =
            []
    }

    /// What a test may wait for.
    struct Seen {
        let held: Int
        let closed: Int
        let notes: Int
        let blocked: Int
        let drained: Int
    }

    private let state = Mutex(State())

    func received(_ calls: [IncomingCall]) {
        state.withLock { state in
            state.batches.append(calls.count)
            state.peers.append(contentsOf: calls.map(\.peer))
        }
        for call in calls { answer(call) }
        wake()
    }

    func closed(_ connection: ConnectionID) {
        state.withLock { $0.closed.append(connection) }
        wake()
    }

    func outputBlocked(_ connection: ConnectionID) {
        state.withLock { $0.blocked.append(connection) }
        wake()
    }

    func outputDrained(_ connection: ConnectionID) {
        state.withLock { $0.drained.append(connection) }
        wake()
    }

    private func answer(_ call: IncomingCall) {
        switch call.method {
        case "org.example.echo.Note":
            state.withLock { $0.notes.append(call.parameters["text"]?.stringValue ?? "") }
            call.responder.reply()
        case "org.example.echo.Notes":
            let notes = state.withLock { $0.notes }
            call.responder.reply(["notes": .array(notes.map { .string($0) })])
        default:
            let answers = EchoService.answers(call.method, call.parameters, more: call.more)
            if answers.isEmpty { state.withLock { $0.held.append(call) } }
            for answer in answers { call.responder.send(answer) }
        }
    }

    private func wake() {
        let ready = state.withLock { state in
            let seen = Self.seen(state)
            let ready = state.waiters.filter { $0.met(seen) }
            state.waiters.removeAll { $0.met(seen) }
            return ready.map(\.resume)
        }
        for continuation in ready { continuation.resume() }
    }

    private static func seen(_ state: State) -> Seen {
        Seen(
            held: state.held.count,
            closed: state.closed.count,
            notes: state.notes.count,
            blocked: state.blocked.count,
            drained: state.drained.count
        )
    }

    /// Waits until something has happened, without sleeping.
    func wait(until met: @escaping @Sendable (Seen) -> Bool) async {
        await withCheckedContinuation { continuation in
            let now = state.withLock { state in
                if met(Self.seen(state)) { return true }
                state.waiters.append((met, continuation))
                return false
            }
            if now { continuation.resume() }
        }
    }

    /// Takes the calls that wait for the test's answer.
    func takeHeld() -> [IncomingCall] {
        state.withLock { state in
            defer { state.held = [] }
            return state.held
        }
    }

    var batches: [Int] { state.withLock { $0.batches } }
    var peers: [PeerCredentials] { state.withLock { $0.peers } }
    var blocked: [ConnectionID] { state.withLock { $0.blocked } }
    var drained: [ConnectionID] { state.withLock { $0.drained } }
    var notes: [String] { state.withLock { $0.notes } }
}

extension Responder {
    /// Answers in whatever way.
    func send(_ answer: Answer) {
        switch answer {
        case .reply(let parameters): reply(parameters)
        case .continue(let parameters): `continue`(parameters)
        case .error(let name, let parameters): fail(name, parameters)
        }
    }
}
