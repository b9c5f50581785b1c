public import NIOCore
import NIOPosix
import Synchronization

/// A connection that was admitted.
struct AcceptedConnection: Sendable {
    let id: ConnectionID
    let peer: PeerCredentials
    let label: String
    let directory: ServiceDirectory
}

/// A Varlink server on unix sockets; it answers `org.varlink.service` itself.
public final class VarlinkServer: Sendable {
    /// What has happened since the start.
    public struct Counts: Hashable, Sendable {
        /// Connections that are open.
        public var open = 0
        /// Connections that were closed at once because of a limit or an unknown user.
        public var refused = 0
        /// Connections that were closed because the peer broke a rule.
        public var violations = 0
    }

    private struct Listener {
        let channel: any Channel
        let path: String?
        let identity: UnixSocket.Identity?
    }

    private struct State {
        var listeners: [Listener] = []
        var connections: [ConnectionID: any Channel] = [:]
        var admission: Admission
        var lastID: UInt64 = 0
        var violations = 0
        var closed = false
    }

    let limits: ServerLimits
    let handler: any CallHandler
    private let group: any EventLoopGroup
    private let info: ServiceInfo
    private let state: Mutex<State>

    /// Makes a server that listens nowhere yet.
    public init(
        group: any EventLoopGroup,
        info: ServiceInfo,
        limits: ServerLimits = .default,
        handler: any CallHandler
    ) {
        var limits = limits
        limits.connections = min(limits.connections, UnixSocket.descriptorShare())
        self.group = group
        self.info = info
        self.limits = limits
        self.handler = handler
        state = Mutex(State(admission: Admission(limits: limits)))
    }

    /// The counts at this moment.
    public var counts: Counts {
        state.withLock { state in
            Counts(
                open: state.admission.count,
                refused: state.admission.refused,
                violations: state.violations
            )
        }
    }

    /// Binds a path and serves the interfaces there; a socket that nobody answers at is replaced.
    ///
    /// - Throws: ``VarlinkServerError`` when the path cannot be bound.
    public func listen(
        path: String,
        mode: UInt32,
        label: String,
        interfaces: [Interface]
    ) async throws(VarlinkServerError) {
        let directory = try directory(interfaces)
        let descriptor = try UnixSocket.bind(path: path, mode: mode)
        let identity = try UnixSocket.identity(of: path)
        let channel = try await accept(descriptor, label: label, directory: directory)
        try await keep(Listener(channel: channel, path: path, identity: identity))
    }

    /// Serves the interfaces on a unix stream socket that listens or is connected already.
    ///
    /// - Throws: ``VarlinkServerError`` when the descriptor is no such socket.
    public func adopt(
        descriptor: CInt,
        label: String,
        interfaces: [Interface]
    ) async throws(VarlinkServerError) {
        let directory = try directory(interfaces)
        if try UnixSocket.isListening(descriptor) {
            let channel = try await accept(descriptor, label: label, directory: directory)
            try await keep(Listener(channel: channel, path: nil, identity: nil))
            return
        }
        do {
            _ = try await ClientBootstrap(group: group)
                .channelOption(.allowRemoteHalfClosure, value: true)
                .channelOption(.writeBufferWaterMark, value: waterMark)
                .channelInitializer { self.admit($0, label: label, directory: directory) }
                .withConnectedSocket(descriptor).get()
        } catch {
            throw VarlinkServerError("connected socket", error)
        }
    }

    /// Accepts no more connections, lets out what is queued, and closes all connections.
    public func close() async {
        let (listeners, connections) = state.withLock { state in
            state.closed = true
            defer { state.listeners = [] }
            return (state.listeners, Array(state.connections.values))
        }
        for listener in listeners { await close(listener) }
        for channel in connections {
            channel.pipeline.fireUserInboundEventTriggered(ServerChannelHandler.Finish())
        }
        for channel in connections { await closed(channel) }
    }
}

extension VarlinkServer {
    private func directory(
        _ interfaces: [Interface]
    ) throws(VarlinkServerError) -> ServiceDirectory {
        do {
            return try ServiceDirectory(info: info, interfaces: interfaces)
        } catch {
            throw VarlinkServerError("interface", error)
        }
    }

    private var waterMark: ChannelOptions.Types.WriteBufferWaterMark {
        ChannelOptions.Types.WriteBufferWaterMark(
            low: limits.pausingOutput / 4,
            high: limits.pausingOutput
        )
    }

    private func accept(
        _ descriptor: CInt,
        label: String,
        directory: ServiceDirectory
    ) async throws(VarlinkServerError) -> any Channel {
        do {
            return try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 512)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelOption(.writeBufferWaterMark, value: waterMark)
                .childChannelInitializer { self.admit($0, label: label, directory: directory) }
                .withBoundSocket(descriptor).get()
        } catch {
            throw VarlinkServerError("listen", error)
        }
    }

    private func keep(_ listener: Listener) async throws(VarlinkServerError) {
        let closed = state.withLock { state in
            if !state.closed { state.listeners.append(listener) }
            return state.closed
        }
        guard closed else { return }
        await close(listener)
        throw .closed
    }

    private func close(_ listener: Listener) async {
        if let path = listener.path, let identity = listener.identity {
            do {
                try UnixSocket.remove(path, identity)
            } catch {
                // The next start replaces the socket: nobody answers at it.
            }
        }
        listener.channel.close(promise: nil)
        await closed(listener.channel)
    }

    private func closed(_ channel: any Channel) async {
        do {
            try await channel.closeFuture.get()
        } catch {
            // A channel that reports an error while closing is closed as well.
        }
    }

    /// Runs on the loop of a new channel: a failed future closes it.
    private func admit(
        _ channel: any Channel,
        label: String,
        directory: ServiceDirectory
    ) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            let peer = try PeerCredentials(of: channel)
            let id = try register(channel, uid: peer.uid, label: label)
            // Not channelInactive: a channel may close before it was ever active.
            channel.closeFuture.whenComplete { _ in
                self.connectionEnded(id, uid: peer.uid, label: label)
            }
            let accepted = AcceptedConnection(
                id: id,
                peer: peer,
                label: label,
                directory: directory
            )
            let handler = ServerChannelHandler(
                server: self,
                accepted: accepted,
                pipeline: channel.pipeline
            )
            try channel.pipeline.syncOperations.addHandler(handler)
        }
    }

    private func register(
        _ channel: any Channel,
        uid: UInt32,
        label: String
    ) throws -> ConnectionID {
        try state.withLock { state in
            if state.closed { throw VarlinkServerError.closed }
            if let refusal = state.admission.admit(uid: uid, label: label) { throw refusal }
            state.lastID += 1
            let id = ConnectionID(value: state.lastID)
            state.connections[id] = channel
            return id
        }
    }

    private func connectionEnded(_ id: ConnectionID, uid: UInt32, label: String) {
        state.withLock { state in
            state.connections[id] = nil
            state.admission.leave(uid: uid, label: label)
        }
        handler.closed(id)
    }

    /// A connection is about to be closed.
    func connectionCloses(_ closing: ServerConnection.Closing) {
        guard case .violation = closing else { return }
        state.withLock { $0.violations += 1 }
    }
}
