public import DubanAPI
public import NIOCore
import Varlink

/// A worker's session with the daemon: takes jobs, keeps their leases alive, reports results.
///
/// Two connections serve it, since a Varlink connection answers in order: one stays busy with
/// `Attach`, the other carries `Report` and `Extend`. When either breaks, both are made anew and
/// the session is attached again; running jobs go on meanwhile, and an unanswered report is sent
/// again under its name.
public final class WorkerSession: Sendable {
    /// Runs one job to its result; it is cancelled when the lease is lost.
    public typealias Handler = @concurrent @Sendable (WorkerAPI.Job) async -> WorkerAPI.Result

    private let options: WorkerOptions
    private let group: any EventLoopGroup
    private let log: @Sendable (String) -> Void
    private let pool: JobPool

    /// Makes a session that is not attached yet.
    ///
    /// - Parameters:
    ///   - options: How the worker presents itself.
    ///   - group: Where the connections live.
    ///   - log: Takes one line an event.
    ///   - handler: Runs a job. It is called for at most `options.slots` jobs at once.
    public init(
        options: WorkerOptions,
        group: any EventLoopGroup,
        log: @escaping @Sendable (String) -> Void,
        handler: @escaping Handler
    ) {
        self.options = options
        self.group = group
        self.log = log
        pool = JobPool(slots: options.slots, handler: handler)
    }

    /// Works until the task is cancelled; then ends what runs, reports it and returns.
    public func run() async {
        // Not our own task: cancelling it means to finish in order, not to stop at once.
        let work = Task { await attachAgainAndAgain() }
        await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            Task { await drain(work) }
        }
    }

    private func drain(_ work: Task<Void, Never>) async {
        await pool.drain()
        if await pool.isDone { return work.cancel() }
        log("stopping: waiting up to \(options.drainLimit) for running jobs")
        let clock = ContinuousClock()
        let watch = Task {
            try await clock.sleep(for: options.drainLimit)
            await pool.cancelRunning()
            // Programs get SIGTERM, then SIGKILL; afterwards there is a last report to make.
            try await clock.sleep(for: .seconds(10))
            work.cancel()
        }
        await work.value
        watch.cancel()
    }

    private func attachAgainAndAgain() async {
        var backoff = Backoff()
        var session: String?
        var lastReason: String?
        while !Task.isCancelled, await !pool.isDone {
            let attachment = Attachment(
                options: options,
                group: group,
                pool: pool,
                log: log,
                session: session
            )
            let reason = await attachment.serve()
            if attachment.wasAttached {
                backoff.reset()
                lastReason = nil
            }
            session = attachment.sessionToKeep
            if await pool.isDone { break }
            // A daemon that stays away is told of once.
            if reason != lastReason { log("\(reason); trying again until it works") }
            lastReason = reason
            do { try await ContinuousClock().sleep(for: backoff.take()) } catch { break }
        }
        await pool.cancelRunning()
    }
}
