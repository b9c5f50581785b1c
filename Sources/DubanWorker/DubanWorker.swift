import ArgumentParser
import DubanAPI
import DubanWorkerKit
import Glibc
import NIOPosix
import UnixSignals

/// The command line of `duban-worker`.
@main
struct DubanWorker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duban-worker",
        abstract: "Runs jobs of duban: checks, and mail that is handed to the local mail program.",
        discussion: "See duban-worker(1).",
        version: Product.version
    )

    @Option(help: "The worker socket of the daemon.")
    var address = WorkerAddress(path: "/run/duban/io.duban.Worker")

    @Option(help: "The queues to take jobs from, separated by commas.")
    var queues = NameList(names: ["inspect"])

    @Option(help: "What this worker can reach, separated by commas; jobs may ask for it.")
    var labels = NameList(names: [])

    @Option(help: "How many jobs run at once.")
    var slots = 4

    @Option(help: "The name that dubanctl workers shows.  (default: host name and process id)")
    var name: String?

    @Option(help: "The program that takes mail, called as PROGRAM -i -- ADDRESS.")
    var sendmail = "/usr/sbin/sendmail"

    func validate() throws {
        guard (1...256).contains(slots) else {
            throw ValidationError("--slots \(slots): it must be 1 to 256.")
        }
        guard !queues.names.isEmpty else {
            throw ValidationError("--queues is empty: name at least one queue.")
        }
        guard sendmail.hasPrefix("/") else {
            throw ValidationError("--sendmail \(sendmail): it must be an absolute path.")
        }
    }

    func run() async throws {
        let log = WorkerLog()
        if queues.names.contains("deliver"), access(sendmail, X_OK) != 0 {
            log.line(DeliverJob.noProgram(sendmail))
        }
        let handler = JobHandler(
            environment: ProgramEnvironment.ofPrograms(),
            sendmail: sendmail,
            log: log
        )
        let session = WorkerSession(
            options: WorkerOptions(
                path: address.path,
                name: name ?? ProgramEnvironment.workerName(),
                queues: queues.names,
                labels: labels.names,
                slots: slots
            ),
            group: MultiThreadedEventLoopGroup.singleton,
            log: { log.line($0) },
            handler: { await handler.run($0) }
        )
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await session.run() }
            for await signal in signals {
                log.line("\(signal): stopping")
                break
            }
            group.cancelAll()
        }
        log.line("stopped")
    }
}
