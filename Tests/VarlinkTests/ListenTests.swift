import Glibc
import NIOPosix
import Testing
import Varlink

private func server(_ handler: EchoHandler = EchoHandler()) -> VarlinkServer {
    VarlinkServer(
        group: MultiThreadedEventLoopGroup.singleton,
        info: EchoService.info,
        handler: handler
    )
}

private func connect(_ path: String) async throws(VarlinkClientError) -> VarlinkClient {
    try await VarlinkClient.connect(path: path, group: MultiThreadedEventLoopGroup.singleton)
}

private func expectEcho(_ client: VarlinkClient) async throws {
    let reply = try await client.call("org.example.echo.Echo", ["text": "a"])
    #expect(reply == ["text": "a"])
}

private let interfaces = Result { [try Interface(EchoService.text)] }

@Test func `a socket path of 103 bytes is the longest`() async throws {
    let folder = try SocketFolder()
    let longest = folder.path + "/" + String(repeating: "x", count: 102 - folder.path.utf8.count)
    let tooLong = longest + "x"
    let server = server()
    try await server.listen(path: longest, mode: 0o600, label: "a", interfaces: interfaces.get())
    try await expectEcho(try await connect(longest))
    await #expect(throws: VarlinkServerError.pathTooLong(path: tooLong)) {
        try await server.listen(
            path: tooLong,
            mode: 0o600,
            label: "b",
            interfaces: interfaces.get()
        )
    }
    let reason = "a socket path has at most 103 bytes"
    await #expect(throws: VarlinkClientError.notRunning(path: tooLong, reason: reason)) {
        try await connect(tooLong)
    }
    await server.close()
    withExtendedLifetime(folder) {}
}

@Test func `a stale socket is replaced, a living one and other files are not`() async throws {
    let folder = try SocketFolder()
    let path = folder.socket()
    close(try RawSocket.bound(path, listening: false))
    await #expect(throws: VarlinkClientError.notRunning(path: path, reason: "Connection refused")) {
        try await connect(path)
    }
    let first = server()
    try await first.listen(path: path, mode: 0o640, label: "a", interfaces: interfaces.get())
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o640)
    let second = server()
    await #expect(throws: VarlinkServerError.inUse(path: path)) {
        try await second.listen(path: path, mode: 0o600, label: "a", interfaces: interfaces.get())
    }
    try await expectEcho(try await connect(path))
    let file = folder.socket("t")
    close(creat(file, 0o600))
    await #expect(throws: VarlinkServerError.notASocket(path: file)) {
        try await second.listen(path: file, mode: 0o600, label: "a", interfaces: interfaces.get())
    }
    await first.close()
    #expect(access(path, F_OK) != 0)
    await second.close()
}

@Test func `nobody at a path is told with the system's words`() async throws {
    let folder = try SocketFolder()
    let error = VarlinkClientError.notRunning(
        path: folder.socket(),
        reason: "No such file or directory"
    )
    await #expect(throws: error) { try await connect(folder.socket()) }
}

@Test func `a listening descriptor is adopted, and its path stays when the server closes`()
    async throws
{
    let folder = try SocketFolder()
    let path = folder.socket()
    let server = server()
    let descriptor = try RawSocket.bound(path, listening: true)
    try await server.adopt(descriptor: descriptor, label: "a", interfaces: interfaces.get())
    let client = try await connect(path)
    try await expectEcho(client)
    await client.close()
    await server.close()
    #expect(access(path, F_OK) == 0)
}

@Test func `a connected descriptor is adopted`() async throws {
    let handler = EchoHandler()
    let server = server(handler)
    let (ours, theirs) = try RawSocket.pair()
    try await server.adopt(descriptor: ours, label: "a", interfaces: interfaces.get())
    let client = try await VarlinkClient.adopt(
        descriptor: theirs,
        group: MultiThreadedEventLoopGroup.singleton
    )
    try await expectEcho(client)
    #expect(client.peerUID == getuid())
    #expect(handler.peers.map(\.uid) == [getuid()])
    await client.close()
    await handler.wait { $0.closed == 1 }
    #expect(server.counts.open == 0)
    await server.close()
}

@Test func `a descriptor that is no unix stream socket is refused`() async throws {
    let server = server()
    let datagrams = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
    let internet = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    let file = open("/dev/null", O_RDONLY)
    for descriptor in [datagrams, internet, file] {
        await #expect(throws: VarlinkServerError.self) {
            try await server.adopt(descriptor: descriptor, label: "a", interfaces: interfaces.get())
        }
        close(descriptor)
    }
    await server.close()
}

@Test func `one server serves several sockets under their labels`() async throws {
    let folder = try SocketFolder()
    let server = server()
    try await server.listen(
        path: folder.socket("s"),
        mode: 0o600,
        label: "a",
        interfaces: interfaces.get()
    )
    try await server.listen(path: folder.socket("t"), mode: 0o600, label: "b", interfaces: [])
    try await expectEcho(try await connect(folder.socket("s")))
    let other = try await connect(folder.socket("t"))
    let error = VarlinkClientError.remote(
        error: "org.varlink.service.InterfaceNotFound",
        parameters: ["interface": "org.example.echo"]
    )
    await #expect(throws: error) {
        try await other.call("org.example.echo.Echo", ["text": "a"])
    }
    let info = try await other.call("org.varlink.service.GetInfo")
    #expect(info["interfaces"] == ["org.varlink.service"])
    await server.close()
}

@Test func `a service that does not speak Varlink is named so`() async throws {
    let (ours, theirs) = try RawSocket.pair()
    let raw = try RawSocket(descriptor: ours)
    let client = try await VarlinkClient.adopt(
        descriptor: theirs,
        group: MultiThreadedEventLoopGroup.singleton
    )
    try raw.send("SSH-2.0-x\r\n\0")
    let error = await #expect(throws: VarlinkClientError.self) { try await client.call("a.b.C") }
    // The garbage may come before the call is sent: then the connection is simply gone.
    let violation = VarlinkClientError.protocolViolation(
        "invalid JSON at byte 0: a byte that no JSON value may have there"
    )
    #expect(error == violation || error == .disconnected)
}
