import DubanAPI
import Messages
import Varlink

/// Runs a job of kind `inspect`: one program by the contract of the Monitoring Plugins.
struct CheckJob {
    let job: WorkerAPI.Job
    /// The variables that every program gets.
    let environment: [String: String]

    /// Runs the program and says what it means; never throws, since every failure is a result.
    func run() async -> WorkerAPI.Result {
        let input: CheckInput
        do {
            input = try JSONCoder.decode(
                CheckInput.self,
                from: JSON(parsing: Array(job.input.utf8))
            )
        } catch {
            return job.result(.failed, "the job's input is not that of a check: \(error)")
        }
        guard input.timeLimitSeconds > 0, input.timeLimitSeconds <= 86_400 else {
            let limit = input.timeLimitSeconds
            return job.result(.failed, "time limit of \(limit) s: it must be 1 to 86400 s")
        }
        let child = ChildProcess(
            argv: input.argv,
            environment: environment.merging(job.environment) { $1 },
            timeLimit: .seconds(input.timeLimitSeconds)
        )
        return result(of: await child.run(), input)
    }

    private func result(of end: ChildEnd, _ input: CheckInput) -> WorkerAPI.Result {
        let printed = PluginOutput(end.text)
        let (outcome, summary) = CheckJob.verdict(end.cause, printed.line, input)
        do {
            return job.result(outcome, summary, try CheckOutput(end, printed).json())
        } catch {
            return job.result(.failed, "the check's output cannot be written as JSON: \(error)")
        }
    }

    /// Returns what the end of a check means, and the line that says so.
    static func verdict(
        _ cause: ChildEnd.Cause,
        _ line: String,
        _ input: CheckInput
    ) -> (WorkerAPI.Outcome, String) {
        let said = line.isEmpty ? "" : ": \(line)"
        switch cause {
        case .exited(let code):
            let outcomes: [CInt: WorkerAPI.Outcome] = [
                0: .ok, 1: .warning, 2: .critical, 3: .unknown,
            ]
            guard let outcome = outcomes[code] else {
                return (.unknown, "the check exited with \(code), not 0 to 3\(said)")
            }
            return (outcome, line.isEmpty ? "the check exited with \(code), saying nothing" : line)
        case .signalled(let signal):
            return (.failed, "the check was ended by \(ChildEnd.name(ofSignal: signal))\(said)")
        case .timeLimit:
            return (.timeout, "the check did not end within \(input.timeLimitSeconds) s\(said)")
        case .stopped:
            return (.unknown, "the worker stopped before the check ended")
        case .notStarted(let reason):
            return (.failed, reason)
        }
    }
}
