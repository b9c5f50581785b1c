import NIOCore
import NIOPosix
import Testing
import Varlink

private func frame(_ method: String, _ rest: String = "") -> String {
    #"{"method":"org.example.echo.\#(method)"\#(rest)}"# + "\0"
}

private let watch = frame("Watch", #","more":true"#)

/// A server whose connections share one event loop, so that a round trip on one of them tells that
/// everything that happened before on another has been seen.
private struct OneLoop {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let echo: EchoServer
    let other: VarlinkClient

    init(_ change: (inout ServerLimits) -> Void = { _ in }) async throws {
        var limits = ServerLimits()
        change(&limits)
        echo = try await EchoServer(limits: limits, group: group)
        other = try await echo.client()
    }

    func settle() async throws {
        for _ in 0..<3 { _ = try await other.call("org.example.echo.Take") }
    }

    func close() async throws {
        await echo.server.close()
        try await group.shutdownGracefully()
    }
}

@Test func `a closing server does not wait for a peer that half-closed and does not read`()
    async throws
{
    let loop = try await OneLoop {
        $0.closingTime = .milliseconds(50)
        $0.idleTime = .seconds(20)
        $0.closingOutput = 64 << 20
    }
    let raw = try loop.echo.raw()
    try raw.send(watch)
    await loop.echo.handler.wait { $0.held == 1 }
    raw.halfClose()
    try await loop.settle()
    let call = try #require(loop.echo.handler.takeHeld().first)
    call.responder.reply(["reason": .string(String(repeating: "x", count: 4 << 20))])
    try await loop.settle()
    // The peer has its time: the connection is still open.
    #expect(loop.echo.server.counts.open == 2)
    let start = ContinuousClock.now
    try await loop.close()
    #expect(ContinuousClock.now - start < .seconds(10))
    #expect(loop.echo.server.counts.open == 0)
    withExtendedLifetime(raw) {}
}

@Test(arguments: [true, false])
func `a oneway flood waits for the handler, which answers or drops the calls, and loses nothing`(
    _ answered: Bool
) async throws {
    var limits = ServerLimits()
    limits.callsInFlight = 4
    let echo = try await EchoServer(limits: limits)
    let raw = try echo.raw()
    let text = String(repeating: "x", count: 10_000)
    let count = 2_000
    let call = frame("Later", #","oneway":true,"parameters":{"text":"\#(text)"}"#)
    let input = Array(String(repeating: call, count: count).utf8)
    var sent = 0
    while sent < input.count, let some = raw.sendSome(input[sent...], within: 500) { sent += some }
    #expect(sent < 4 << 20)
    var taken = 0
    while taken < count {
        if sent < input.count, let some = raw.sendSome(input[sent...], within: 0) { sent += some }
        await echo.handler.wait { $0.held > 0 }
        let calls = echo.handler.takeHeld()
        taken += calls.count
        #expect(calls.count < 200)
        for call in calls where answered {
            call.responder.continue(["text": "not the end"])
            call.responder.reply(["text": "nobody reads this"])
            call.responder.fail("org.example.echo.Refused")
        }
    }
    try raw.send(frame("Take"))
    #expect(try raw.messages(1) == ["{}"])
    await echo.server.close()
}

@Test func `a stream learns that its peer does not read, and that it has caught up`() async throws {
    let loop = try await OneLoop()
    let handler = loop.echo.handler
    let raw = try loop.echo.raw()
    try raw.send(watch)
    await handler.wait { $0.held == 1 }
    let call = try #require(handler.takeHeld().first)
    let text = JSON.string(String(repeating: "x", count: 64 << 10))
    var pushes = 0
    while handler.blocked.isEmpty && pushes < 100 {
        call.responder.continue(["reason": text])
        pushes += 1
        try await loop.settle()
    }
    #expect(handler.blocked == [call.connection])
    #expect(pushes > 4 && pushes < 20)
    #expect(handler.drained.isEmpty)
    #expect(try raw.messages(pushes).count == pushes)
    await handler.wait { $0.drained == 1 }
    call.responder.reply(["reason": "over"])
    #expect(try raw.messages(1) == [#"{"parameters":{"reason":"over"}}"#])
    #expect(handler.blocked == [call.connection] && handler.drained == [call.connection])
    #expect(loop.echo.server.counts.violations == 0)
    try await loop.close()
}

@Test func `a stream behind an unanswered call is asked to pause as well`() async throws {
    let loop = try await OneLoop()
    let handler = loop.echo.handler
    let raw = try loop.echo.raw()
    try raw.send(frame("Later", #","parameters":{"text":"first"}"#) + watch)
    await handler.wait { $0.held == 2 }
    let calls = handler.takeHeld()
    let text = JSON.string(String(repeating: "x", count: 64 << 10))
    for number in 1...4 {
        #expect(handler.blocked.isEmpty, "before push \(number)")
        calls[1].responder.continue(["reason": text])
        try await loop.settle()
    }
    #expect(handler.blocked.count == 1)
    calls[0].responder.reply(["text": "first"])
    #expect(try raw.messages(5).count == 5)
    await handler.wait { $0.drained == 1 }
    #expect(handler.blocked.count == 1)
    try await loop.close()
}
