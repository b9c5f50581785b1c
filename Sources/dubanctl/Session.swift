import ArgumentParser
import CivilTime
import DubanAPI
import Glibc
import Messages
import NIOCore
import NIOPosix
import Varlink

/// One run of a verb: its console, and a connection that is made when it is first needed.
final class Session {
    let console: Console
    let path: String
    /// Made when it is first needed: its threads are no business of a verb without a daemon.
    private lazy var group = MultiThreadedEventLoopGroup.singleton
    private var client: VarlinkClient?

    /// How long an act whose connection broke is tried again.
    private static let patience: Int64 = 3_000_000

    private init(_ options: GlobalOptions, console: Console) throws {
        self.console = console
        let text =
            options.address ?? Host.environment("DUBAN_ADDRESS")
            ?? "unix:/run/duban/io.duban.Control"
        do throws(VarlinkAddressError) {
            switch try VarlinkAddress(parsing: text) {
            case .unix(let path): self.path = path
            }
        } catch {
            throw Failure(code: 64, lines: [error.description])
        }
    }

    /// Runs a verb, tells what went wrong, and sets the exit code.
    ///
    /// - Throws: `ExitCode` if the verb failed.
    static func run(
        _ options: GlobalOptions,
        _ verb: (Session) async throws -> Void
    ) async throws {
        let console = Console(options)
        do {
            let session = try Session(options, console: console)
            try await verb(session)
            await session.client?.close()
        } catch let failure as Failure {
            failure.lines.forEach(console.complain)
            throw ExitCode(failure.code)
        } catch let error as Host.FileError {
            console.complain("\(error.path): \(error.reason)")
            throw ExitCode(1)
        }
    }

    /// Returns what texts depend on, with the zones of these names.
    func rendering(zones names: some Sequence<String>) -> Rendering {
        var zones: [String: Zone] = [:]
        for name in Set(names) {
            zones[name] = Host.zone(name)
        }
        return Rendering(
            language: console.language,
            zones: zones,
            nowMicros: Host.now().microseconds,
            hasColour: console.hasColour
        )
    }
}

/// A reply as it came and as it is understood.
struct Answer<Reply> {
    let json: JSON
    let reply: Reply
}

extension Session {
    /// Calls a method that changes nothing.
    ///
    /// - Throws: ``Failure`` if there is no reply.
    func ask<Reply: Decodable>(
        _ method: String,
        _ parameters: some Encodable,
        _ type: Reply.Type
    ) async throws -> Answer<Reply> {
        let encoded = try JSONCoder.encode(parameters)
        do throws(VarlinkClientError) {
            return try answer(try await connected().call(method, encoded), type)
        } catch {
            throw Failure(error, console.language)
        }
    }

    /// Calls a method that acts.
    ///
    /// If the connection breaks before the reply, the same call with the same request id goes out
    /// again: the daemon answers it from its record if it had been done.
    ///
    /// - Throws: ``Failure`` if there is no reply.
    func act<Reply: Decodable>(
        _ method: String,
        _ parameters: some Encodable,
        _ type: Reply.Type
    ) async throws -> Answer<Reply> {
        let encoded = try JSONCoder.encode(parameters)
        var deadline: Instant?
        while true {
            do throws(VarlinkClientError) {
                return try answer(try await connected().call(method, encoded), type)
            } catch {
                if error == .disconnected, deadline == nil {
                    deadline = Host.now() + Span(microseconds: Self.patience)
                }
                // After a break a daemon that is not there may be starting again.
                guard let deadline, error == .disconnected || error.isNotRunning else {
                    throw Failure(error, console.language)
                }
                guard Host.now() < deadline else {
                    throw Failure(.disconnected, console.language)
                }
                client = nil
                try await pause()
            }
        }
    }

    /// Calls a method that answers more than once.
    ///
    /// - Throws: ``Failure`` if the stream breaks, or what the receiver throws.
    func follow<Reply: Decodable>(
        _ method: String,
        _ parameters: some Encodable,
        _ type: Reply.Type,
        each receive: (Answer<Reply>) throws -> Void
    ) async throws {
        let encoded = try JSONCoder.encode(parameters)
        do {
            for try await json in try await connected().stream(method, encoded) {
                try receive(try answer(json, type))
            }
        } catch let error as VarlinkClientError {
            throw Failure(error, console.language)
        }
    }

    private func connected() async throws(VarlinkClientError) -> VarlinkClient {
        if let client {
            return client
        }
        let made = try await VarlinkClient.connect(path: path, group: group)
        client = made
        return made
    }

    private func pause() async throws {
        try await group.next().scheduleTask(in: .milliseconds(200)) {}.futureResult.get()
    }

    private func answer<Reply: Decodable>(
        _ json: JSON,
        _ type: Reply.Type
    ) throws(VarlinkClientError) -> Answer<Reply> {
        do {
            return Answer(json: json, reply: try JSONCoder.decode(type, from: json))
        } catch {
            throw .protocolViolation(String(describing: error))
        }
    }
}

extension VarlinkClientError {
    fileprivate var isNotRunning: Bool {
        if case .notRunning = self {
            return true
        }
        return false
    }
}
