import Glibc
import NIOCore
import NIOPosix
import Testing
import Varlink

/// An echo server on a socket of its own.
final class EchoServer {
    let folder: SocketFolder
    let handler = EchoHandler()
    let server: VarlinkServer
    var path: String { folder.socket() }

    init(
        limits: ServerLimits = .default,
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) async throws {
        folder = try SocketFolder()
        server = VarlinkServer(
            group: group,
            info: EchoService.info,
            limits: limits,
            handler: handler
        )
        try await listen()
    }

    private func listen() async throws {
        let interface = try Interface(EchoService.text)
        try await server.listen(path: path, mode: 0o660, label: "control", interfaces: [interface])
    }

    func client() async throws -> VarlinkClient {
        try await VarlinkClient.connect(path: path, group: MultiThreadedEventLoopGroup.singleton)
    }

    func raw() throws -> RawSocket { try RawSocket(connectedTo: path) }
}

private let echoName = "org.example.echo"

private func frame(_ method: String, _ rest: String = "") -> String {
    #"{"method":"\#(echoName).\#(method)"\#(rest)}"# + "\0"
}

private func say(_ text: String) -> String {
    frame("Echo", #","parameters":{"text":"\#(text)"}"#)
}

private func said(_ text: String) -> String { #"{"parameters":{"text":"\#(text)"}}"# }

@Test(arguments: exchanges)
func `an exchange goes the same way over a socket`(_ exchange: Exchange) async throws {
    let echo = try await EchoServer()
    let raw = try echo.raw()
    try raw.send(exchange.input)
    raw.halfClose()
    let replies = try raw.messages()
    if exchange.violation {
        #expect(exchange.replies.starts(with: replies))
    } else {
        #expect(replies == exchange.replies)
    }
    #expect(echo.server.counts.violations == (exchange.violation ? 1 : 0))
    await echo.server.close()
}

@Test func `a thousand pipelined calls are answered in order, many in one batch`() async throws {
    let echo = try await EchoServer()
    let raw = try echo.raw()
    try raw.send((1...1_000).map { say("\($0)") }.joined())
    #expect(try raw.messages(1_000) == (1...1_000).map { said("\($0)") })
    #expect(echo.handler.batches.reduce(0, +) == 1_000)
    #expect(echo.handler.batches.count < 100)
    await echo.server.close()
}

@Test func `a thousand concurrent calls of one client get each their own reply`() async throws {
    let echo = try await EchoServer()
    let client = try await echo.client()
    try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1...1_000 {
            group.addTask {
                let parameters: JSON = ["text": .string("\(number)")]
                let reply = try await client.call("\(echoName).Echo", parameters)
                #expect(reply == parameters)
            }
        }
        try await group.waitForAll()
    }
    await client.close()
    await echo.server.close()
}

@Test func `a stream yields every reply with the final one, and calls go on afterwards`()
    async throws
{
    let echo = try await EchoServer()
    let client = try await echo.client()
    var numbers: [Int64] = []
    for try await reply in client.stream("\(echoName).Count", ["to": 50]) {
        numbers.append(reply["at"]?.intValue ?? 0)
    }
    #expect(numbers == Array(1...50))
    #expect(try await client.call("\(echoName).Count", ["to": 7]) == ["at": 7])
    await client.close()
    await echo.server.close()
}

@Test func `a oneway call gets no reply, and oneway calls keep their order`() async throws {
    let echo = try await EchoServer()
    let client = try await echo.client()
    for number in 1...200 { client.oneway("\(echoName).Note", ["text": .string("\(number)")]) }
    let reply = try await client.call("\(echoName).Notes")
    #expect(reply == ["notes": .array((1...200).map { .string("\($0)") })])
    await client.close()
    await echo.server.close()
}

@Test func `oneway calls that are followed by a close still arrive`() async throws {
    let echo = try await EchoServer()
    let client = try await echo.client()
    for number in 1...50 { client.oneway("\(echoName).Note", ["text": .string("\(number)")]) }
    await client.close()
    await echo.handler.wait { $0.notes == 50 && $0.closed == 1 }
    #expect(echo.handler.notes == (1...50).map(String.init))
    await echo.server.close()
}

@Test func `garbage closes its connection only`() async throws {
    let echo = try await EchoServer()
    let client = try await echo.client()
    let raw = try echo.raw()
    try raw.send("GET / HTTP/1.1\r\n\r\n\0")
    #expect(try raw.messages().isEmpty)
    #expect(try await client.call("\(echoName).Echo", ["text": "a"]) == ["text": "a"])
    #expect(echo.server.counts.violations == 1)
    await client.close()
    await echo.server.close()
}

@Test func `a half-closed peer gets the answers that come later`() async throws {
    let echo = try await EchoServer()
    let raw = try echo.raw()
    try raw.send(frame("Later", #","parameters":{"text":"a"}"#) + say("b"))
    raw.halfClose()
    await echo.handler.wait { $0.held == 1 }
    for call in echo.handler.takeHeld() { call.responder.reply(["text": "late"]) }
    #expect(try raw.messages() == [said("late"), said("b")])
    await echo.server.close()
}

@Test func `the kernel tells who called and who serves`() async throws {
    let echo = try await EchoServer()
    let client = try await echo.client()
    _ = try await client.call("\(echoName).Take")
    let peer = try #require(echo.handler.peers.last)
    #expect(peer.uid == getuid())
    #expect(peer.gid == getgid())
    #expect(peer.pid == getpid())
    var groups = [gid_t](repeating: 0, count: 1_024)
    let count = getgroups(CInt(groups.count), &groups)
    #expect(peer.groups.sorted() == groups.prefix(Int(count)).sorted())
    #expect(client.peerUID == getuid())
    await client.close()
    await echo.server.close()
}

@Test func `errors of the service reach the caller with their parameters`() async throws {
    let echo = try await EchoServer()
    let client = try await echo.client()
    let refused = VarlinkClientError.remote(
        error: "\(echoName).Refused",
        parameters: ["text": "refuse"]
    )
    await #expect(throws: refused) {
        try await client.call("\(echoName).Echo", ["text": "refuse"])
    }
    let expectedMore = VarlinkClientError.remote(
        error: "org.varlink.service.ExpectedMore",
        parameters: [:]
    )
    await #expect(throws: expectedMore) { try await client.call("\(echoName).Watch") }
    await client.close()
    await echo.server.close()
}

@Test(arguments: [true, false])
func `a consumer that leaves its stream closes the connection at once`(
    _ cancelled: Bool
) async throws {
    let echo = try await EchoServer()
    let client = try await echo.client()
    let consumer = Task {
        for try await reply in client.stream("\(echoName).Watch") where !cancelled {
            return reply
        }
        return JSON.null
    }
    await echo.handler.wait { $0.held == 1 }
    let call = try #require(echo.handler.takeHeld().first)
    call.responder.continue(["at": 1])
    if cancelled { consumer.cancel() }
    #expect(try await consumer.value == (cancelled ? .null : ["at": 1]))
    await echo.handler.wait { $0.closed == 1 }
    call.responder.reply()
    await #expect(throws: VarlinkClientError.disconnected) {
        try await client.call("\(echoName).Take")
    }
    await echo.server.close()
}

@Test func `answers from many threads leave in call order`() async throws {
    let echo = try await EchoServer()
    let raw = try echo.raw()
    for number in 1...300 { try raw.send(frame("Later", #","parameters":{"text":"\#(number)"}"#)) }
    await echo.handler.wait { $0.held == 300 }
    let calls = echo.handler.takeHeld()
    await withTaskGroup(of: Void.self) { group in
        for call in calls.reversed() {
            group.addTask { call.responder.reply(.object(call.parameters)) }
        }
    }
    #expect(try raw.messages(300) == (1...300).map { said("\($0)") })
    await echo.server.close()
}

@Test func `a closing server lets out what is queued, then says no more`() async throws {
    let echo = try await EchoServer()
    let client = try await echo.client()
    let answered = Task { try await client.call("\(echoName).Later", ["text": "a"]) }
    await echo.handler.wait { $0.held == 1 }
    let unanswered = Task { try await client.call("\(echoName).Later", ["text": "b"]) }
    await echo.handler.wait { $0.held == 2 }
    echo.handler.takeHeld().first?.responder.reply(["text": "done"])
    await echo.server.close()
    #expect(try await answered.value == ["text": "done"])
    await #expect(throws: VarlinkClientError.disconnected) { try await unanswered.value }
    let path = echo.path
    await #expect(throws: VarlinkClientError.self) { try await echo.client() }
    #expect(access(path, F_OK) != 0)
}
