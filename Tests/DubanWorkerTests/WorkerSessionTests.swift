import DubanAPI
import DubanWorkerKit
import NIOPosix
import Synchronization
import Testing
import Varlink

@Suite(.timeLimit(.minutes(1)))
struct WorkerSessionTests {
    /// Jobs that the handler started, each waiting for the test to end it.
    final class Bench: Sendable {
        let started: AsyncStream<WorkerAPI.Job>
        private let starting: AsyncStream<WorkerAPI.Job>.Continuation
        let lines: AsyncStream<String>
        let logging: AsyncStream<String>.Continuation
        private let gates: Mutex<[Int64: AsyncStream<Void>.Continuation]> = Mutex([:])
        private let counts: Mutex<(now: Int, most: Int)> = Mutex((0, 0))
        private let cancelled: Mutex<[Int64]> = Mutex([])

        init() {
            (started, starting) = AsyncStream.makeStream(of: WorkerAPI.Job.self)
            (lines, logging) = AsyncStream.makeStream(of: String.self)
        }

        var most: Int { counts.withLock { $0.most } }
        func started(job: Int64) -> Bool { gates.withLock { $0[job] != nil } }
        var cancelledJobs: [Int64] { cancelled.withLock { $0 } }

        func work(_ job: WorkerAPI.Job) async -> WorkerAPI.Result {
            let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
            gates.withLock { $0[job.jobId] = continuation }
            counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            starting.yield(job)
            for await _ in stream { break }
            if Task.isCancelled { cancelled.withLock { $0.append(job.jobId) } }
            counts.withLock { $0.now -= 1 }
            return WorkerAPI.Result(jobId: 0, leaseId: 0, outcome: .ok, summary: "done")
        }

        func end(_ job: Int64) {
            let continuation = gates.withLock { $0[job] }
            continuation?.yield()
        }
    }

    private func worker(_ daemon: FakeDaemon, _ bench: Bench, slots: Int) -> Task<Void, Never> {
        let session = WorkerSession(
            options: WorkerOptions(
                path: daemon.path,
                name: "w",
                queues: ["inspect"],
                slots: slots
            ),
            group: MultiThreadedEventLoopGroup.singleton,
            log: { bench.logging.yield($0) },
            handler: { await bench.work($0) }
        )
        return Task { await session.run() }
    }

    @Test func `jobs run in as many slots as there are, and each is reported once`() async throws {
        let daemon = try FakeDaemon()
        let server = try await daemon.start()
        let bench = Bench()
        let work = worker(daemon, bench, slots: 2)
        var calls = daemon.calls.makeAsyncIterator()
        var started = bench.started.makeAsyncIterator()
        let attach = try #require(await calls.next())
        let call = try attach.parameters(of: "Attach", as: WorkerAPI.AttachCall.self)
        #expect(call.capacity == 2)
        #expect(call.session == nil)
        try attach.attach(session: "s1")
        try attach.push([(1, 10), (2, 10), (3, 10), (4, 10), (5, 10)])
        var reported: [WorkerAPI.Lease] = []
        for _ in 1...5 { bench.end(try #require(await started.next()).jobId) }
        while reported.count < 5 {
            let report = try #require(await calls.next())
            let call = try report.parameters(of: "Report", as: WorkerAPI.ReportCall.self)
            #expect(call.session == "s1")
            reported += call.results.map { WorkerAPI.Lease(jobId: $0.jobId, leaseId: $0.leaseId) }
            try report.accept(call.results.count)
        }
        #expect(bench.most == 2)
        #expect(reported.map(\.jobId).sorted() == [1, 2, 3, 4, 5])
        #expect(reported.allSatisfy { $0.leaseId == 10 })
        work.cancel()
        await work.value
        await server.close()
    }

    @Test func `an unanswered report is sent again under its name to the same session`()
        async throws
    {
        let daemon = try FakeDaemon()
        let first = try await daemon.start()
        let bench = Bench()
        let work = worker(daemon, bench, slots: 1)
        var calls = daemon.calls.makeAsyncIterator()
        var started = bench.started.makeAsyncIterator()
        let attach = try #require(await calls.next())
        try attach.attach(session: "s1")
        try attach.push([(1, 10)])
        bench.end(try #require(await started.next()).jobId)
        let lost = try #require(await calls.next())
            .parameters(of: "Report", as: WorkerAPI.ReportCall.self)
        await first.close()

        let second = try await daemon.start()
        let again = try #require(await calls.next())
        #expect(try again.parameters(of: "Attach", as: WorkerAPI.AttachCall.self).session == "s1")
        try again.attach(session: "s1")
        let report = try #require(await calls.next())
        #expect(try report.parameters(of: "Report", as: WorkerAPI.ReportCall.self) == lost)
        try report.accept(1)
        work.cancel()
        await work.value
        await second.close()
    }

    @Test func `a running job goes on over a restart and is reported afterwards`() async throws {
        let daemon = try FakeDaemon()
        let first = try await daemon.start()
        let bench = Bench()
        let work = worker(daemon, bench, slots: 1)
        var calls = daemon.calls.makeAsyncIterator()
        var started = bench.started.makeAsyncIterator()
        let attach = try #require(await calls.next())
        try attach.attach(session: "s1")
        try attach.push([(1, 10)])
        let job = try #require(await started.next())
        await first.close()
        let second = try await daemon.start()
        let again = try #require(await calls.next())
        try again.attach(session: "s1")
        bench.end(job.jobId)
        let report = try #require(await calls.next())
        let call = try report.parameters(of: "Report", as: WorkerAPI.ReportCall.self)
        #expect(call.results.map(\.jobId) == [1])
        #expect(bench.cancelledJobs == [])
        try report.accept(1)
        work.cancel()
        await work.value
        await second.close()
    }

    @Test func `a session that the daemon forgot is replaced by a new one`() async throws {
        let daemon = try FakeDaemon()
        let first = try await daemon.start()
        let bench = Bench()
        let work = worker(daemon, bench, slots: 1)
        var calls = daemon.calls.makeAsyncIterator()
        var started = bench.started.makeAsyncIterator()
        let attach = try #require(await calls.next())
        try attach.attach(session: "s1")
        try attach.push([(1, 10)])
        bench.end(try #require(await started.next()).jobId)
        let lost = try #require(await calls.next())
            .parameters(of: "Report", as: WorkerAPI.ReportCall.self)
        await first.close()
        let second = try await daemon.start()
        let refused = try #require(await calls.next())
        refused.responder.fail("io.duban.Worker.NoSuchSession", ["session": "s1"])
        let again = try #require(await calls.next())
        #expect(try again.parameters(of: "Attach", as: WorkerAPI.AttachCall.self).session == nil)
        try again.attach(session: "s2")
        let report = try #require(await calls.next())
        let call = try report.parameters(of: "Report", as: WorkerAPI.ReportCall.self)
        #expect(call.session == "s2")
        #expect(call.requestId != lost.requestId)
        #expect(call.results == lost.results)
        try report.accept(0)
        work.cancel()
        await work.value
        await second.close()
    }

    @Test func `a lease is kept alive, and its loss cancels the job`() async throws {
        let daemon = try FakeDaemon()
        let server = try await daemon.start()
        let bench = Bench()
        let work = worker(daemon, bench, slots: 1)
        var calls = daemon.calls.makeAsyncIterator()
        var started = bench.started.makeAsyncIterator()
        let attach = try #require(await calls.next())
        try attach.attach(session: "s1", heartbeatSeconds: 1)
        try attach.push([(1, 10), (2, 10)])
        _ = await started.next()
        let extend = try #require(await calls.next())
        let call = try extend.parameters(of: "Extend", as: WorkerAPI.ExtendCall.self)
        let leases = [1, 2].map { WorkerAPI.Lease(jobId: $0, leaseId: 10) }
        #expect(Set(call.leases) == Set(leases))
        let rejection = WorkerAPI.Rejection(jobId: 1, leaseId: 10, error: "expired")
        let reply = WorkerAPI.ExtendReply(extended: 1, rejected: [rejection])
        extend.responder.reply(try JSONCoder.encode(reply))
        let next = try #require(await started.next())
        #expect(next.jobId == 2)
        #expect(bench.cancelledJobs == [1])
        #expect(bench.most == 1)
        bench.end(2)
        var report = try #require(await calls.next())
        while report.method != "io.duban.Worker.Report" {
            let reply = WorkerAPI.ExtendReply(extended: 1, rejected: [])
            report.responder.reply(try JSONCoder.encode(reply))
            report = try #require(await calls.next())
        }
        let results = try report.parameters(of: "Report", as: WorkerAPI.ReportCall.self).results
        #expect(results.map(\.jobId) == [2])
        try report.accept(1)
        work.cancel()
        await work.value
        await server.close()
    }

    @Test func `a newer lease of the same job supersedes the older one`() async throws {
        let daemon = try FakeDaemon()
        let server = try await daemon.start()
        let bench = Bench()
        let work = worker(daemon, bench, slots: 1)
        var calls = daemon.calls.makeAsyncIterator()
        var started = bench.started.makeAsyncIterator()
        let attach = try #require(await calls.next())
        try attach.attach(session: "s1")
        try attach.push([(1, 10)])
        _ = await started.next()
        try attach.push([(1, 11)])
        #expect(await started.next()?.leaseId == 11)
        #expect(bench.cancelledJobs == [1])
        bench.end(1)
        let report = try #require(await calls.next())
        let call = try report.parameters(of: "Report", as: WorkerAPI.ReportCall.self)
        #expect(call.results.map(\.leaseId) == [11])
        try report.accept(1)
        work.cancel()
        await work.value
        await server.close()
    }

    @Test func `a stopping worker ends what runs, reports it, and starts nothing`() async throws {
        let daemon = try FakeDaemon()
        let server = try await daemon.start()
        let bench = Bench()
        let work = worker(daemon, bench, slots: 1)
        var calls = daemon.calls.makeAsyncIterator()
        var started = bench.started.makeAsyncIterator()
        let attach = try #require(await calls.next())
        try attach.attach(session: "s1")
        try attach.push([(1, 10), (2, 10)])
        _ = await started.next()
        work.cancel()
        for await line in bench.lines where line.hasPrefix("stopping") { break }
        bench.end(1)
        let report = try #require(await calls.next())
        let call = try report.parameters(of: "Report", as: WorkerAPI.ReportCall.self)
        #expect(call.results.map(\.jobId) == [1])
        try report.accept(1)
        await work.value
        await server.close()
        #expect(bench.started(job: 2) == false)
    }
}
