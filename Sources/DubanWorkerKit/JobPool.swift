import DubanAPI

/// The jobs in this worker's hands: waiting for a slot, running, or finished and not yet reported.
///
///     take: waiting → running (a slot is free) → finished → reported (answered: gone)
///     a lease that the daemon rejected, or that a newer one supersedes: gone, its work cancelled
actor JobPool {
    typealias Handler = @concurrent @Sendable (WorkerAPI.Job) async -> WorkerAPI.Result

    /// A report that was sent and has no answer yet; sent again with the same requestId.
    struct Report: Sendable {
        var requestId: String
        var session: String
        var results: [WorkerAPI.Result]
    }

    /// Bounds of one report: the daemon takes messages of 1 MiB.
    private static let reportCount = 64
    private static let reportBytes = 256 << 10

    private let slots: Int
    private let handler: Handler
    private var waiting: [WorkerAPI.Job] = []
    private var running: [WorkerAPI.Lease: Task<Void, Never>] = [:]
    /// How many cancelled jobs have not ended yet; they keep their slots until then.
    private var ending = 0
    private var finished: [WorkerAPI.Result] = []
    private var sent: Report?
    private var isDraining = false
    private var wake: AsyncStream<Void>.Continuation?

    init(slots: Int, handler: @escaping Handler) {
        self.slots = slots
        self.handler = handler
    }

    /// Whether a drained worker has nothing left to run or to report.
    var isDone: Bool {
        isDraining && running.isEmpty && ending == 0 && finished.isEmpty && sent == nil
    }

    /// The leases to keep alive: every job whose result is not with the daemon yet.
    var leases: [WorkerAPI.Lease] {
        let unreported = finished + (sent?.results ?? [])
        return waiting.map(\.lease) + running.keys + unreported.map(\.lease)
    }

    /// Takes jobs over and starts as many as there are slots.
    func take(_ jobs: [WorkerAPI.Job]) {
        for job in jobs where !leases.contains(job.lease) {
            drop(where: { $0.jobId == job.jobId && $0.leaseId < job.leaseId })
            waiting.append(job)
        }
        startWaiting()
    }

    /// Returns the report to send under a session, or nothing when nothing is finished.
    func nextReport(session: String) -> Report? {
        if var report = sent {
            // Under another session it is another call, which needs a name of its own.
            if report.session != session {
                report.session = session
                report.requestId = RequestIdentifier.make()
                sent = report
            }
            return report
        }
        var bytes = 0
        let batch = finished.prefix(JobPool.reportCount).prefix { result in
            bytes += result.summary.utf8.count + (result.output?.utf8.count ?? 0)
            return bytes <= JobPool.reportBytes
        }
        let results = batch.isEmpty ? Array(finished.prefix(1)) : Array(batch)
        guard !results.isEmpty else { return nil }
        finished.removeFirst(results.count)
        let report = Report(
            requestId: RequestIdentifier.make(),
            session: session,
            results: results
        )
        sent = report
        return report
    }

    /// Forgets the report that was answered.
    func reportAnswered() {
        sent = nil
        signal()
    }

    /// Gives up leases that the daemon no longer honours; work under them is cancelled.
    func drop(_ leases: [WorkerAPI.Lease]) {
        drop(where: { leases.contains($0) })
        startWaiting()
    }

    /// Starts nothing more; what waits goes back to its queue when the connection closes.
    func drain() {
        isDraining = true
        waiting.removeAll()
        signal()
    }

    /// Ends the running jobs; their results still go out.
    func cancelRunning() {
        for task in running.values { task.cancel() }
    }

    /// Returns a stream with an element whenever there may be something to report.
    func signals() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self,
            bufferingPolicy: .bufferingNewest(1)
        )
        wake = continuation
        continuation.yield()
        return stream
    }

    /// Wakes the reporter.
    func signal() {
        wake?.yield()
    }

    private func startWaiting() {
        while !isDraining, running.count + ending < slots, !waiting.isEmpty {
            let job = waiting.removeFirst()
            running[job.lease] = Task {
                let result = await handler(job)
                finish(job, result)
            }
        }
    }

    private func finish(_ job: WorkerAPI.Job, _ result: WorkerAPI.Result) {
        if running.removeValue(forKey: job.lease) != nil {
            var result = result
            result.jobId = job.jobId
            result.leaseId = job.leaseId
            finished.append(result)
        } else {
            ending -= 1
        }
        startWaiting()
        signal()
    }

    private func drop(where isGone: (WorkerAPI.Lease) -> Bool) {
        waiting.removeAll { isGone($0.lease) }
        finished.removeAll { isGone($0.lease) }
        for lease in running.keys where isGone(lease) {
            running.removeValue(forKey: lease)?.cancel()
            ending += 1
        }
    }
}

extension WorkerAPI.Job {
    /// The token of the job.
    var lease: WorkerAPI.Lease { WorkerAPI.Lease(jobId: jobId, leaseId: leaseId) }
}

extension WorkerAPI.Result {
    /// The token of the job.
    var lease: WorkerAPI.Lease { WorkerAPI.Lease(jobId: jobId, leaseId: leaseId) }
}
