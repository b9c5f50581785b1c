import Glibc
import Subprocess
import SystemPackage

/// A program to be run once: argument list only, no shell, a session of its own, a time limit.
struct ChildProcess: Sendable {
    /// The program and its arguments; the program is an absolute path or a name found by PATH.
    var argv: [String]
    /// The whole environment of the program.
    var environment: [String: String]
    /// What the program reads on standard input.
    var input: [UInt8] = []
    /// How long it may run before its process group gets SIGTERM.
    var timeLimit: Duration
    /// How long after SIGTERM it may run before its process group gets SIGKILL.
    var grace: Duration = .seconds(5)

    /// How many bytes of standard output and standard error together are kept.
    static let captureLimit = 64 << 10

    private enum Event {
        case ended(ChildEnd)
        case timeLimit
        case interrupted
    }

    /// Runs the program to its end.
    ///
    /// Cancelling the task ends it as the time limit does.
    func run() async -> ChildEnd {
        _ = ChildProcess.ignoresBrokenPipes
        let clock = ContinuousClock()
        let start = clock.now
        var end = await withTaskGroup(of: Event.self) { group in
            group.addTask { .ended(await spawn()) }
            group.addTask {
                do {
                    try await clock.sleep(for: timeLimit)
                    return .timeLimit
                } catch {
                    return .interrupted
                }
            }
            return await firstEnd(of: &group)
        }
        end.duration = clock.now - start
        return end
    }

    private func firstEnd(of group: inout TaskGroup<Event>) async -> ChildEnd {
        var cause: ChildEnd.Cause?
        while let event = await group.next() {
            switch event {
            case .ended(var end):
                group.cancelAll()
                if let cause, end.didStart { end.cause = cause }
                return end
            case .timeLimit:
                cause = .timeLimit
                group.cancelAll()
            case .interrupted:
                cause = .stopped
            }
        }
        preconditionFailure("the task that runs the program always ends with an event")
    }

    /// Runs the program; cancelling the task sends TERM, then KILL, to its process group.
    private func spawn() async -> ChildEnd {
        guard let program = argv.first, !program.isEmpty else {
            return ChildEnd(cause: .notStarted("the job names no program"))
        }
        guard program.hasPrefix("/") || !program.contains("/") else {
            let reason = "program \(program) must be an absolute path or a name found by PATH"
            return ChildEnd(cause: .notStarted(reason))
        }
        guard !argv.contains(where: { $0.utf8.contains(0) }) else {
            return ChildEnd(cause: .notStarted("an argument of \(program) holds a NUL byte"))
        }
        var platformOptions = PlatformOptions()
        platformOptions.createSession = true
        platformOptions.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: grace)
        ]
        do {
            let result = try await Subprocess.run(
                program.hasPrefix("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(Array(argv.dropFirst())),
                environment: environmentOfChild(),
                workingDirectory: "/",
                platformOptions: platformOptions,
                input: .inputWriter,
                output: .sequence,
                error: .combinedWithOutput
            ) { execution in
                try await exchange(with: execution)
            }
            if Task.isCancelled {
                // The leader is gone, but a child of its own may have ignored SIGTERM; as long as
                // one is left, the group's number belongs to it.
                kill(-result.processIdentifier.value, SIGKILL)
            }
            return end(of: result.terminationStatus, result.closureResult)
        } catch {
            return ChildEnd(cause: .notStarted(reason(program, error)))
        }
    }

    /// Writes the input and reads the output, which ends with the program itself.
    private func exchange(
        with execution: Execution<CustomWriteInput, SequenceOutput, CombinedErrorOutput>
    ) async throws -> Capture {
        let input = input
        return try await withThrowingTaskGroup(of: Void.self, returning: Capture.self) { group in
            group.addTask {
                do {
                    _ = try await execution.standardInputWriter.write(input)
                    try await execution.standardInputWriter.finish()
                } catch is SubprocessError {
                    // A program need not read its input; its exit status tells what it thinks.
                    return
                }
            }
            var capture = Capture()
            for try await buffer in execution.standardOutput {
                buffer.withUnsafeBytes { capture.append($0) }
                // The sequence ends with the program, even when a grandchild holds the pipe; but
                // not while that grandchild keeps writing.
                if capture.isTruncated, Task.isCancelled || hasExited(execution) { break }
            }
            try await group.waitForAll()
            return capture
        }
    }

    private func hasExited(
        _ execution: Execution<CustomWriteInput, SequenceOutput, CombinedErrorOutput>
    ) -> Bool {
        var information = siginfo_t()
        let pid = id_t(execution.processIdentifier.value)
        let options = WEXITED | WNOHANG | WNOWAIT
        return waitid(P_PID, pid, &information, options) == 0 && information.si_signo != 0
    }

    private func end(of status: TerminationStatus, _ capture: Capture) -> ChildEnd {
        let cause: ChildEnd.Cause =
            switch status {
            case .exited(let code): .exited(code)
            case .signaled(let signal): .signalled(signal)
            }
        return ChildEnd(cause: cause, output: capture.bytes, isTruncated: capture.isTruncated)
    }

    private func environmentOfChild() -> Environment {
        // Bytes are taken as C strings, so each needs its NUL.
        .custom(environment.map { name, value in Array("\(name)=\(value)\0".utf8) })
    }

    private func reason(_ program: String, _ error: any Error) -> String {
        if program.hasPrefix("/") {
            if access(program, F_OK) != 0 { return "no program at \(program)" }
            if access(program, X_OK) != 0 { return "\(program) may not be executed" }
            return "\(program) cannot be started: \(error)"
        }
        return "no program \(program) in any folder of PATH"
    }

    /// A program that does not read its input must not end the worker.
    private static let ignoresBrokenPipes: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return true
    }()
}
