import CivilTime
import DubanAPI
import Glibc
import Messages
import Varlink

/// Runs a job of kind `deliver`: hands one message to the local mail program.
struct DeliverJob {
    let job: WorkerAPI.Job
    /// The variables that the mail program gets.
    let environment: [String: String]
    /// A program that reads a message on standard input: `sendmail -i -- ADDRESS`.
    let sendmail: String
    /// How long the mail program may take.
    static let timeLimitSeconds = 30

    /// Hands over the message; never throws, since every failure is a result.
    func run() async -> WorkerAPI.Result {
        let address: String
        let message: String
        do {
            let input = try JSONCoder.decode(
                DeliverInput.self,
                from: JSON(parsing: Array(job.input.utf8))
            )
            guard MailAddress.isSafe(input.to) else {
                return job.result(.failed, "'\(input.to)' is no address that may go to \(sendmail)")
            }
            address = input.to
            message = try Mail.message(input, zone: ZoneFile.zone(named: input.duty.zone))
        } catch {
            return job.result(.failed, "the message cannot be written: \(error)")
        }
        guard access(sendmail, F_OK) == 0 else {
            return job.result(.failed, DeliverJob.noProgram(sendmail))
        }
        let child = ChildProcess(
            argv: [sendmail, "-i", "--", address],
            environment: environment.merging(job.environment) { $1 },
            input: Array(message.utf8),
            timeLimit: .seconds(DeliverJob.timeLimitSeconds)
        )
        let end = await child.run()
        let (outcome, summary) = verdict(end, address)
        return job.result(outcome, summary)
    }

    /// What a worker says that has nothing to hand mail to.
    static func noProgram(_ path: String) -> String {
        "no mail program at \(path): install one or give --sendmail"
    }

    /// Returns what the end of the mail program means; exit codes are those of sysexits.h.
    private func verdict(_ end: ChildEnd, _ address: String) -> (WorkerAPI.Outcome, String) {
        let line = PluginOutput(end.text).line
        let said = line.isEmpty ? "" : ": \(line)"
        switch end.cause {
        case .exited(0): return (.ok, "handed to sendmail for \(address)")
        case .exited(75): return (.unknown, "\(sendmail) asks to try again later\(said)")
        case .exited(let code): return (.failed, "\(sendmail) exited with \(code)\(said)")
        case .signalled(let signal):
            return (.failed, "\(sendmail) was ended by \(ChildEnd.name(ofSignal: signal))\(said)")
        case .timeLimit:
            let limit = DeliverJob.timeLimitSeconds
            return (.timeout, "\(sendmail) did not end within \(limit) s\(said)")
        case .stopped: return (.unknown, "the worker stopped before \(sendmail) ended")
        case .notStarted(let reason): return (.failed, reason)
        }
    }
}
