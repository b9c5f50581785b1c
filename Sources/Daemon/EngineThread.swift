import Foundation
import SQLiteStore
import Supervision
import Synchronization

/// The thread that the engine belongs to: it is made, runs and ends there.
final class EngineThread: Sendable {
    private struct State {
        var started: CheckedContinuation<DaemonError?, Never>?
        var waiting: [CheckedContinuation<DaemonError?, Never>] = []
        var hasEnded = false
        var isReleased = false
        var status = "running"
        var error: DaemonError?
    }

    private let startup: Startup
    private let state = Mutex(State())

    init(_ startup: Startup) { self.startup = startup }

    /// Starts the engine and returns after its first turn.
    ///
    /// - Throws: `DaemonError` if it cannot start.
    func start() async throws(DaemonError) {
        let error = await withCheckedContinuation { continuation in
            state.withLock { $0.started = continuation }
            let thread = Thread { self.run() }
            thread.name = "engine"
            thread.stackSize = 8 << 20
            thread.start()
        }
        if let error { throw error }
    }

    /// What the service manager shows once the engine has done its first turn.
    var status: String { state.withLock { $0.status } }

    /// Returns when the engine has ended or `release` lets go: with the reason if it failed.
    func endedOrReleased() async -> DaemonError? {
        await withCheckedContinuation { continuation in
            let (isOver, error) = state.withLock { state in
                let isOver = state.hasEnded || state.isReleased
                if !isOver { state.waiting.append(continuation) }
                return (isOver, state.error)
            }
            if isOver { continuation.resume(returning: error) }
        }
    }

    /// Returns when the engine has ended: with the reason if it failed.
    func ended() async -> DaemonError? {
        await withCheckedContinuation { continuation in
            let (isOver, error) = state.withLock { state in
                if !state.hasEnded { state.waiting.append(continuation) }
                return (state.hasEnded, state.error)
            }
            if isOver { continuation.resume(returning: error) }
        }
    }

    /// Lets go whoever waits in `endedOrReleased` although the engine goes on.
    func release() {
        let waiting = state.withLock { state in
            state.isReleased = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: nil) }
    }

    private func run() {
        let engine: Engine
        do throws(DaemonError) {
            engine = try startup.engine()
        } catch {
            return tellStarted(error)
        }
        let status = engine.status
        state.withLock { $0.status = status }
        tellStarted(nil)
        var failure: DaemonError?
        do {
            try engine.run()
        } catch {
            failure = .store("the store failed, nothing more is acknowledged: \(error)")
        }
        engine.store.close()
        end(failure)
    }

    private func tellStarted(_ error: DaemonError?) {
        let continuation = state.withLock { state in
            defer { state.started = nil }
            return state.started
        }
        continuation?.resume(returning: error)
    }

    private func end(_ error: DaemonError?) {
        let waiting = state.withLock { state in
            state.hasEnded = true
            state.error = error
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: error) }
    }
}
