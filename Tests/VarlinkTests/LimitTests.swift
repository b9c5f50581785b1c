import NIOCore
import NIOPosix
import Testing
import Varlink

private func frame(_ method: String, _ rest: String = "") -> String {
    #"{"method":"org.example.echo.\#(method)"\#(rest)}"# + "\0"
}

private func limits(_ change: (inout ServerLimits) -> Void) -> ServerLimits {
    var limits = ServerLimits()
    change(&limits)
    return limits
}

@Test func `connections beyond the limit of a uid are closed and counted`() async throws {
    let echo = try await EchoServer(limits: limits { $0.socket.connectionsPerUID = 2 })
    let first = try await echo.client()
    let second = try await echo.client()
    _ = try await first.call("org.example.echo.Take")
    _ = try await second.call("org.example.echo.Take")
    #expect(try echo.raw().messages().isEmpty)
    #expect(echo.server.counts.refused == 1)
    #expect(echo.server.counts.open == 2)
    await second.close()
    await echo.handler.wait { $0.closed == 1 }
    let third = try await echo.client()
    _ = try await third.call("org.example.echo.Take")
    await echo.server.close()
}

@Test func `a message that does not end in time closes its connection`() async throws {
    let echo = try await EchoServer(limits: limits { $0.messageTime = .milliseconds(50) })
    let raw = try echo.raw()
    try raw.send(frame("Take") + #"{"method""#)
    #expect(try raw.messages() == ["{}"])
    await echo.server.close()
}

@Test func `an idle connection is closed, one with an open stream is not`() async throws {
    let echo = try await EchoServer(limits: limits { $0.idleTime = .milliseconds(500) })
    // Nothing is awaited between connecting and sending: a busy machine must not make it idle.
    let watching = try echo.raw()
    try watching.send(frame("Watch", #","more":true"#))
    await echo.handler.wait { $0.held == 1 }
    for _ in 0..<2 {
        let raw = try echo.raw()
        try raw.send(frame("Take"))
        #expect(try raw.messages() == ["{}"])
    }
    let call = try #require(echo.handler.takeHeld().first)
    call.responder.reply(["reason": "over"])
    #expect(try watching.messages() == [#"{"parameters":{"reason":"over"}}"#])
    await echo.handler.wait { $0.closed == 3 }
    await echo.server.close()
}

@Test func `a peer that leaves its stream unread is closed`() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let echo = try await EchoServer(group: group)
    let other = try await echo.client()
    let raw = try echo.raw()
    try raw.send(frame("Watch", #","more":true"#))
    await echo.handler.wait { $0.held == 1 }
    let call = try #require(echo.handler.takeHeld().first)
    let text = JSON.string(String(repeating: "x", count: 64 << 10))
    var pushes = 0
    while echo.server.counts.violations == 0 && pushes < 100 {
        call.responder.continue(["text": text])
        pushes += 1
        // The same loop serves both connections: after this reply the push was written.
        _ = try await other.call("org.example.echo.Take")
    }
    await echo.handler.wait { $0.closed == 1 }
    #expect(echo.server.counts.violations == 1)
    #expect(pushes > 16 && pushes < 50)
    await echo.server.close()
    try await group.shutdownGracefully()
}

@Test func `a peer that does not read is not read from, and loses nothing`() async throws {
    let echo = try await EchoServer(limits: limits { $0.closingOutput = 64 << 20 })
    let raw = try echo.raw()
    let text = String(repeating: "x", count: 10_000)
    let count = 2_000
    let input = Array(
        (0..<count).map { frame("Echo", #","parameters":{"text":"\#($0)\#(text)"}"#) }.joined().utf8
    )
    var sent = 0
    while sent < input.count, let some = raw.sendSome(input[sent...], within: 500) { sent += some }
    #expect(sent < 8 << 20)
    var received: [UInt8] = []
    var replies = 0
    while replies < count {
        if sent < input.count, let some = raw.sendSome(input[sent...], within: 0) { sent += some }
        let bytes = try raw.receive()
        if bytes.isEmpty { break }
        received += bytes
        replies += bytes.count { $0 == 0 }
    }
    let texts = received.split(separator: 0)
    #expect(texts.count == count)
    for (number, bytes) in texts.enumerated() {
        let reply = try JSON(parsing: bytes)
        #expect(reply["parameters"]?["text"]?.stringValue?.hasPrefix("\(number)x") == true)
    }
    await echo.server.close()
}

@Test func `a full queue behind a stream holds back a client, and loses nothing`() async throws {
    let echo = try await EchoServer(limits: limits { $0.socket.queuedCalls = 3 })
    let client = try await echo.client()
    let stream = client.stream("org.example.echo.Watch")
    await echo.handler.wait { $0.held == 1 }
    let call = try #require(echo.handler.takeHeld().first)
    try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1...500 {
            group.addTask {
                let parameters: JSON = ["text": .string("\(number)")]
                let reply = try await client.call("org.example.echo.Echo", parameters)
                #expect(reply == parameters)
            }
        }
        call.responder.reply()
        try await group.waitForAll()
    }
    for try await reply in stream { #expect(reply == [:]) }
    await client.close()
    await echo.server.close()
}

@Test func `a peer that does not read cannot delay the end of the server`() async throws {
    let echo = try await EchoServer(limits: limits { $0.closingTime = .milliseconds(50) })
    let raw = try echo.raw()
    try raw.send(frame("Watch", #","more":true"#))
    await echo.handler.wait { $0.held == 1 }
    let call = try #require(echo.handler.takeHeld().first)
    call.responder.continue(["text": .string(String(repeating: "x", count: 4 << 20))])
    await echo.server.close()
    #expect(echo.server.counts.open == 0)
    #expect(echo.server.counts.violations == 0)
    withExtendedLifetime(raw) {}
}
