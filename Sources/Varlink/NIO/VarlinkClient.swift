import Glibc
public import NIOCore
import NIOPosix

/// A connection to a Varlink service; calls are sent in their order and never wait for replies.
///
/// A service processes no call that follows a stream before that stream has ended: give each
/// stream a client of its own. A call that shall not wait any longer is ended by `close()`.
public final class VarlinkClient: Sendable {
    /// The user that runs the service, as the kernel says.
    public let peerUID: UInt32
    private let channel: any Channel
    private let queue: CallQueue

    private init(channel: any Channel, queue: CallQueue, peerUID: UInt32) {
        self.channel = channel
        self.queue = queue
        self.peerUID = peerUID
    }

    /// What a client accepts of a reply, unless told otherwise.
    public static let replyLimits = JSONLimits(
        depth: 64,
        items: 100_000,
        string: 16 << 20,
        message: 16 << 20
    )

    /// Connects to a unix socket.
    ///
    /// - Throws: ``VarlinkClientError`` when nobody answers there or the caller may not connect.
    public static func connect(
        path: String,
        group: any EventLoopGroup,
        limits: JSONLimits = replyLimits
    ) async throws(VarlinkClientError) -> VarlinkClient {
        if path.utf8.count > UnixSocket.longestPath {
            let reason = "a socket path has at most \(UnixSocket.longestPath) bytes"
            throw .notRunning(path: path, reason: reason)
        }
        do {
            return try await make(group, limits) {
                try await $0.connect(unixDomainSocketPath: path).get()
            }
        } catch let error as IOError where [EACCES, EPERM].contains(error.errnoCode) {
            throw .noPermission(path: path)
        } catch let error as IOError {
            throw .notRunning(path: path, reason: systemMessage(error.errnoCode))
        } catch is ChannelError {
            throw .notRunning(path: path, reason: "the connection was closed at once")
        } catch {
            throw .notRunning(path: path, reason: String(describing: error))
        }
    }

    /// Takes over a unix stream socket that is connected already.
    ///
    /// - Throws: ``VarlinkClientError`` when the descriptor is no such socket.
    public static func adopt(
        descriptor: CInt,
        group: any EventLoopGroup,
        limits: JSONLimits = replyLimits
    ) async throws(VarlinkClientError) -> VarlinkClient {
        do {
            return try await make(group, limits) {
                try await $0.withConnectedSocket(descriptor).get()
            }
        } catch {
            throw .notRunning(path: "descriptor \(descriptor)", reason: String(describing: error))
        }
    }

    private static func make(
        _ group: any EventLoopGroup,
        _ limits: JSONLimits,
        _ connect: (ClientBootstrap) async throws -> any Channel
    ) async throws -> VarlinkClient {
        let queue = CallQueue()
        let bootstrap = ClientBootstrap(group: group).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let handler = ClientChannelHandler(queue: queue, limits: limits)
                try channel.pipeline.syncOperations.addHandler(handler)
            }
        }
        let channel = try await connect(bootstrap)
        let peer = try await channel.eventLoop.submit { try PeerCredentials(of: channel) }.get()
        return VarlinkClient(channel: channel, queue: queue, peerUID: peer.uid)
    }
}

extension VarlinkClient {
    /// Calls a method and waits for its reply; concurrent calls are pipelined.
    ///
    /// - Returns: The parameters of the reply, an object.
    /// - Throws: ``VarlinkClientError`` when the service answers with an error or not at all.
    public func call(
        _ method: String,
        _ parameters: JSON = .object([:])
    ) async throws(VarlinkClientError) -> JSON {
        let call = Self.call(method, parameters)
        let result = await withCheckedContinuation { continuation in
            submit(call, .single(continuation))
        }
        return try result.get()
    }

    /// Calls a method with `more`: the stream ends after the final reply, which it contains.
    ///
    /// A consumer that stops before closes the connection, which is how a stream is cancelled.
    public func stream(
        _ method: String,
        _ parameters: JSON = .object([:])
    ) -> AsyncThrowingStream<JSON, any Error> {
        var call = Self.call(method, parameters)
        call.more = true
        let channel = channel
        let cancellation = StreamCancellation()
        let (stream, continuation) = AsyncThrowingStream.makeStream(of: JSON.self)
        continuation.onTermination = { termination in
            guard case .cancelled = termination else { return }
            cancellation.request()
            channel.close(promise: nil)
        }
        submit(call, .stream(continuation, cancellation))
        return stream
    }

    /// Calls a method whose answer nobody wants; whether it arrives is not told.
    public func oneway(_ method: String, _ parameters: JSON = .object([:])) {
        var call = Self.call(method, parameters)
        call.oneway = true
        submit(call, .none)
    }

    /// Sends what is queued and closes; calls that wait for replies fail.
    public func close() async {
        channel.pipeline.fireUserInboundEventTriggered(ClientChannelHandler.Finish())
        do {
            try await channel.closeFuture.get()
        } catch {
            // A channel that reports an error while closing is closed as well.
        }
    }

    private static func call(_ method: String, _ parameters: JSON) -> Call {
        switch parameters {
        case .null: return Call(method: method)
        case .object(let object): return Call(method: method, parameters: object)
        default: preconditionFailure("the parameters of a Varlink call are an object")
        }
    }

    private func submit(_ call: Call, _ sink: ReplySink) {
        switch queue.add((call, sink)) {
        case .wake: channel.pipeline.fireUserInboundEventTriggered(CallQueue.Ready())
        case .expected: break
        case .closed: sink.fail(.disconnected)
        }
    }
}
