import DubanAPI
import NIOCore
import Synchronization
import Varlink

/// One attempt at serving: both connections from connect to the first break.
final class Attachment: Sendable {
    private struct State {
        var session: String?
        var wasAttached = false
        var heartbeat = Duration.seconds(10)
    }

    /// How long the daemon may take to answer a call before the connection counts as broken.
    private static let answerLimit = Duration.seconds(30)

    private let options: WorkerOptions
    private let group: any EventLoopGroup
    private let pool: JobPool
    private let log: @Sendable (String) -> Void
    private let state: Mutex<State>

    init(
        options: WorkerOptions,
        group: any EventLoopGroup,
        pool: JobPool,
        log: @escaping @Sendable (String) -> Void,
        session: String?
    ) {
        self.options = options
        self.group = group
        self.pool = pool
        self.log = log
        state = Mutex(State(session: session))
    }

    /// Whether the daemon accepted the attachment.
    var wasAttached: Bool { state.withLock { $0.wasAttached } }

    /// The session to ask for next time, absent when the daemon does not know it any more.
    var sessionToKeep: String? { state.withLock { $0.session } }

    /// Attaches and serves until a connection breaks or nothing is left to do; returns why.
    func serve() async -> String {
        do {
            let jobs = try await VarlinkClient.connect(path: options.path, group: group)
            let reports: VarlinkClient
            do {
                reports = try await VarlinkClient.connect(path: options.path, group: group)
            } catch {
                await jobs.close()
                throw error
            }
            let reason = await serve(jobs: jobs, reports: reports)
            await reports.close()
            await jobs.close()
            return reason
        } catch {
            return "\(error)"
        }
    }

    private func serve(jobs: VarlinkClient, reports: VarlinkClient) async -> String {
        let (attached, whenAttached) = AsyncStream.makeStream(of: Void.self)
        return await withTaskGroup(of: String.self) { group in
            group.addTask { await self.receive(over: jobs, whenAttached) }
            group.addTask {
                var iterator = attached.makeAsyncIterator()
                guard await iterator.next() != nil else { return "not attached" }
                return await self.report(over: reports)
            }
            let reason = await group.next() ?? "not attached"
            group.cancelAll()
            // Calls do not see a cancelled task; they fail with their connection.
            await reports.close()
            await jobs.close()
            return reason
        }
    }

    /// Takes jobs from `Attach` until the stream ends.
    private func receive(
        over client: VarlinkClient,
        _ whenAttached: AsyncStream<Void>.Continuation
    ) async -> String {
        defer { whenAttached.finish() }
        let call = WorkerAPI.AttachCall(
            name: options.name,
            queues: options.queues,
            labels: options.labels,
            capacity: Int64(options.slots),
            session: sessionToKeep
        )
        do {
            let watch = closing(client, after: Attachment.answerLimit)
            defer { watch.cancel() }
            let parameters = try JSONCoder.encode(call)
            for try await reply in client.stream("\(WorkerAPI.name).Attach", parameters) {
                watch.cancel()
                let reply = try JSONCoder.decode(WorkerAPI.AttachReply.self, from: reply)
                if reply.session != nil {
                    attached(reply)
                    whenAttached.yield()
                }
                await pool.take(reply.jobs ?? [])
                if let reason = reply.reason { return "the daemon ends the session: \(reason)" }
            }
            return "the daemon ended the session"
        } catch {
            forgetSession(onUnknown: error)
            return "\(error)"
        }
    }

    private func attached(_ reply: WorkerAPI.AttachReply) {
        state.withLock { state in
            state.session = reply.session
            state.wasAttached = true
            if let seconds = reply.heartbeatSeconds, seconds > 0 {
                state.heartbeat = .seconds(seconds)
            }
        }
        let queues = options.queues.joined(separator: ", ")
        log("attached to \(options.path), queues \(queues)")
    }

    /// Reports results as they come and extends leases at each heartbeat.
    private func report(over client: VarlinkClient) async -> String {
        let signals = await pool.signals()
        let clock = ContinuousClock()
        let heartbeat = state.withLock { $0.heartbeat }
        let ticker = Task {
            while !Task.isCancelled {
                try await clock.sleep(for: heartbeat)
                await pool.signal()
            }
        }
        defer { ticker.cancel() }
        var extendAt = clock.now + heartbeat
        do {
            for await _ in signals {
                try await reportAll(over: client)
                if clock.now >= extendAt {
                    extendAt = clock.now + heartbeat
                    try await extend(over: client)
                }
                if await pool.isDone { return "done" }
            }
            return "stopped"
        } catch {
            forgetSession(onUnknown: error)
            return "\(error)"
        }
    }

    private func reportAll(over client: VarlinkClient) async throws {
        while let session = sessionToKeep, let report = await pool.nextReport(session: session) {
            let call = WorkerAPI.ReportCall(
                requestId: report.requestId,
                session: report.session,
                results: report.results
            )
            do {
                let reply = try await self.call(client, "Report", call, WorkerAPI.ReportReply.self)
                for rejection in reply.rejected { logRejection(rejection, of: "result") }
            } catch VarlinkClientError.remote(let error, let parameters)
                where Attachment.isFinal(error)
            {
                log("report refused: \(error) \(parameters.text)")
            }
            await pool.reportAnswered()
        }
    }

    private func extend(over client: VarlinkClient) async throws {
        let leases = await pool.leases
        guard !leases.isEmpty, let session = sessionToKeep else { return }
        let call = WorkerAPI.ExtendCall(
            requestId: RequestIdentifier.make(),
            session: session,
            leases: leases
        )
        let reply = try await self.call(client, "Extend", call, WorkerAPI.ExtendReply.self)
        for rejection in reply.rejected { logRejection(rejection, of: "lease") }
        let lost = reply.rejected.map { WorkerAPI.Lease(jobId: $0.jobId, leaseId: $0.leaseId) }
        await pool.drop(lost)
    }

    private func call<Parameters: Encodable, Reply: Decodable>(
        _ client: VarlinkClient,
        _ method: String,
        _ parameters: Parameters,
        _ reply: Reply.Type
    ) async throws -> Reply {
        let watch = closing(client, after: Attachment.answerLimit)
        defer { watch.cancel() }
        let encoded = try JSONCoder.encode(parameters)
        let answer = try await client.call("\(WorkerAPI.name).\(method)", encoded)
        return try JSONCoder.decode(reply, from: answer)
    }

    /// Closes the client after a time, which ends its calls; cancel the task to prevent it.
    private func closing(_ client: VarlinkClient, after limit: Duration) -> Task<Void, any Error> {
        Task {
            try await ContinuousClock().sleep(for: limit)
            await client.close()
        }
    }

    private func logRejection(_ rejection: WorkerAPI.Rejection, of what: String) {
        log("\(what) of job \(rejection.jobId) rejected: \(rejection.error)")
    }

    private func forgetSession(onUnknown error: any Error) {
        guard case VarlinkClientError.remote(let name, _) = error else { return }
        if name == "\(WorkerAPI.name).NoSuchSession" { state.withLock { $0.session = nil } }
    }

    /// Whether sending the same report again would get the same answer.
    private static func isFinal(_ error: String) -> Bool {
        let retried = ["NoSuchSession", "NotAccepting", "TooMany"]
        return !retried.contains { error == "\(WorkerAPI.name).\($0)" }
    }
}
