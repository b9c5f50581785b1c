import DubanAPI
import DubanWorkerKit
import Glibc
import NIOPosix
import Testing
import Varlink

/// A daemon whose every answer the test gives: calls come out in order, over a real socket.
final class FakeDaemon: CallHandler {
    let calls: AsyncStream<IncomingCall>
    private let incoming: AsyncStream<IncomingCall>.Continuation
    private let folder: TemporaryFolder

    var path: String { "\(folder.path)/socket" }

    init() throws {
        folder = try TemporaryFolder()
        (calls, incoming) = AsyncStream.makeStream(of: IncomingCall.self)
    }

    /// Serves the worker interface until the server is closed.
    func start() async throws -> VarlinkServer {
        let server = VarlinkServer(
            group: MultiThreadedEventLoopGroup.singleton,
            info: ServiceInfo(vendor: "test", product: "fake", version: "1", url: "https://x.org"),
            handler: self
        )
        let interface = try InterfaceTexts.worker()
        try await server.listen(path: path, mode: 0o600, label: "worker", interfaces: [interface])
        return server
    }

    func received(_ calls: [IncomingCall]) {
        for call in calls { incoming.yield(call) }
    }

    func closed(_ connection: ConnectionID) {}
}

extension IncomingCall {
    /// Decodes the parameters of a call of the expected method.
    func parameters<Parameters: Decodable>(
        of method: String,
        as type: Parameters.Type
    ) throws -> Parameters {
        try #require(self.method == "io.duban.Worker.\(method)")
        return try JSONCoder.decode(type, from: .object(parameters))
    }

    /// Answers `Attach` with a session and goes on.
    func attach(session: String, heartbeatSeconds: Int64 = 10) throws {
        responder.continue(
            try JSONCoder.encode(
                WorkerAPI.AttachReply(
                    session: session,
                    leaseSeconds: 30,
                    heartbeatSeconds: heartbeatSeconds
                )
            )
        )
    }

    /// Pushes jobs over an attached call.
    func push(_ tokens: [(Int64, Int64)]) throws {
        let jobs = tokens.map { jobId, leaseId in
            WorkerAPI.Job(
                jobId: jobId,
                leaseId: leaseId,
                queue: "inspect",
                kind: "inspect",
                attempt: 1,
                leaseSeconds: 30,
                deadlineMicros: 0,
                input: "{}"
            )
        }
        responder.continue(try JSONCoder.encode(WorkerAPI.AttachReply(jobs: jobs)))
    }

    /// Accepts a report.
    func accept(_ count: Int) throws {
        let reply = WorkerAPI.ReportReply(accepted: Int64(count), rejected: [])
        responder.reply(try JSONCoder.encode(reply))
    }
}
