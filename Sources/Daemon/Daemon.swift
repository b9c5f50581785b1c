import DubanAPI
import Foundation
import Glibc
import Logging
import NIOCore
import NIOPosix
import PlanFile
import Supervision
import Systemd
import UnixSignals
import Varlink

/// The daemon: store, engine, sockets and signals put together.
public enum Daemon {
    /// Runs until SIGTERM, SIGINT or SIGHUP.
    ///
    /// - Throws: `DaemonError` with the exit code that fits.
    public static func run(_ configuration: Configuration) async throws(DaemonError) {
        let passed = ListenDescriptors.take()
        signal(SIGPIPE, SIG_IGN)
        // From here on a signal waits for its reader instead of ending the process.
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        let journal = Journal()
        let output = LogOutput(identifier: "duband", journal: journal)
        let log = Logger(label: "duband") { _ in JournalLogHandler(output: output) }
        let reader = PlanReader(
            calendarDirectories: configuration.calendarDirectories,
            zoneDirectory: configuration.zoneDirectory,
            hostZone: PlanReader.hostZone()
        )
        if configuration.checkOnly { return try check(configuration, reader) }
        if !journal.isPresent {
            log.notice(
                "no journald on this machine: messages go to standard error, records to the ledger"
            )
        }
        let mailbox = try Mailbox()
        // One loop: what it is asked after an answer, it does after that answer's write.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let startup = Startup(
            configuration: configuration,
            mailbox: mailbox,
            log: log,
            journal: journal,
            reader: reader,
            loop: group.next()
        )
        let thread = EngineThread(startup)
        try await thread.start()
        let served = try await serve(configuration, passed, mailbox, group)
        Notify.ready(thread.status)
        log.notice("ready: \(served.addresses.joined(separator: ", "))")
        await waitForEnd(thread, signals, log)
        Notify.stopping()
        mailbox.stop()
        let end = await thread.ended()
        await served.server.close()
        if let end { throw end }
        log.notice("stopped")
    }

    private static func check(
        _ configuration: Configuration,
        _ reader: PlanReader
    ) throws(DaemonError) {
        var problems: [String] = []
        for path in configuration.plans {
            do throws(PlanProblems) {
                _ = try reader.readFile(path)
            } catch {
                problems += error.problems.map(\.description)
            }
        }
        if !problems.isEmpty { throw .notConfigured(problems) }
    }

    /// Returns when a signal asks for the end, or the engine ended by itself.
    private static func waitForEnd(
        _ thread: EngineThread,
        _ signals: UnixSignalsSequence,
        _ log: Logger
    ) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await signal in signals {
                    log.notice("\(signal): stopping")
                    break
                }
            }
            group.addTask { _ = await thread.endedOrReleased() }
            await group.next()
            group.cancelAll()
            thread.release()
        }
    }

    // MARK: Sockets

    private struct Served {
        let server: VarlinkServer
        let addresses: [String]
    }

    private static func serve(
        _ configuration: Configuration,
        _ passed: [(descriptor: CInt, name: String)],
        _ mailbox: Mailbox,
        _ group: MultiThreadedEventLoopGroup
    ) async throws(DaemonError) -> Served {
        var limits = ServerLimits()
        limits.sockets[SocketLabel.worker] = .init(connectionsPerUID: 256, queuedCalls: 64)
        let server = VarlinkServer(
            group: group,
            info: ServiceInfo(
                vendor: "duban",
                product: "duband",
                version: Configuration.version,
                url: "https://varlink.org"
            ),
            limits: limits,
            handler: Receiver(mailbox: mailbox)
        )
        let interfaces: [String: [Interface]]
        do throws(InterfaceError) {
            interfaces = [
                SocketLabel.control: try InterfaceTexts.control(),
                SocketLabel.worker: [try InterfaceTexts.worker()],
            ]
        } catch {
            throw .failed("an interface text does not parse: \(error)")
        }
        var addresses: [String] = []
        var missing = Set([SocketLabel.control, SocketLabel.worker])
        for (descriptor, _) in passed {
            let path = ListenDescriptors.socketPath(of: descriptor) ?? ""
            let label = path.hasSuffix(".Worker") ? SocketLabel.worker : SocketLabel.control
            do throws(VarlinkServerError) {
                let texts = interfaces[label] ?? []
                try await server.adopt(descriptor: descriptor, label: label, interfaces: texts)
            } catch {
                throw .failed("the passed socket \(path): \(error)")
            }
            missing.remove(label)
            addresses.append(path)
        }
        for label in missing.sorted() {
            let path = configuration.runtimeDirectory + "/io.duban." + label.capitalized
            try await listen(server, path, label, interfaces[label] ?? [])
            addresses.append(path)
        }
        return Served(server: server, addresses: addresses)
    }

    private static func listen(
        _ server: VarlinkServer,
        _ path: String,
        _ label: String,
        _ interfaces: [Interface]
    ) async throws(DaemonError) {
        let group = Host.gid(group: "duban-worker")
        let isWorker = label == SocketLabel.worker
        let mode: UInt32 = isWorker ? (group == nil ? 0o600 : 0o660) : 0o666
        do throws(VarlinkServerError) {
            try await server.listen(path: path, mode: mode, label: label, interfaces: interfaces)
        } catch {
            throw .noPermission("cannot listen: \(error)")
        }
        if isWorker, let group, geteuid() == 0 { chown(path, geteuid(), group) }
    }
}

/// Puts what the sockets bring into the mailbox.
private struct Receiver: CallHandler {
    let mailbox: Mailbox

    func received(_ calls: [IncomingCall]) {
        guard !mailbox.offer(calls) else { return }
        for call in calls {
            let interface = call.method.split(separator: ".").dropLast().joined(separator: ".")
            let failure = WireFailure.notAccepting(interface, "too many calls wait: call again")
            call.responder.fail(failure.name, failure.parameters)
        }
    }

    func closed(_ connection: ConnectionID) {
        mailbox.post(.closed(connection))
    }

    func outputBlocked(_ connection: ConnectionID) {
        mailbox.post(.blocked(connection, true))
    }

    func outputDrained(_ connection: ConnectionID) {
        mailbox.post(.blocked(connection, false))
    }
}
