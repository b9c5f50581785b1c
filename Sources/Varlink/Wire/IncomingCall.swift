/// The number of a connection; a server never uses one twice.
public struct ConnectionID: Hashable, Sendable {
    /// The number.
    public let value: UInt64

    /// Makes the id with that number.
    public init(value: UInt64) { self.value = value }
}

/// A call that a handler has to answer; its parameters fit the interface.
public struct IncomingCall: Sendable {
    /// The connection it came from.
    public let connection: ConnectionID
    /// Who called.
    public let peer: PeerCredentials
    /// The label of the socket.
    public let socket: String
    /// The qualified name of the method.
    public let method: String
    /// The parameters.
    public let parameters: JSONObject
    /// Whether the caller takes a stream of replies.
    public let more: Bool
    /// Whether the caller expects no reply.
    public let oneway: Bool
    /// Where the answers go.
    public let responder: Responder

    /// Makes a call, for handlers that are driven without a socket.
    public init(
        connection: ConnectionID,
        peer: PeerCredentials,
        socket: String,
        method: String,
        parameters: JSONObject,
        more: Bool = false,
        oneway: Bool = false,
        responder: Responder
    ) {
        self.connection = connection
        self.peer = peer
        self.socket = socket
        self.method = method
        self.parameters = parameters
        self.more = more
        self.oneway = oneway
        self.responder = responder
    }
}

/// Where the answers to one call go; each function may be called from any thread.
///
/// What comes after the final answer is ignored. To a oneway call nothing is sent, but its final
/// answer makes room for further calls of the connection; so does dropping the responder.
public struct Responder: Sendable {
    private let send: @Sendable (Answer) -> Void

    /// Makes a responder that hands each answer to a closure.
    public init(_ send: @escaping @Sendable (Answer) -> Void) { self.send = send }

    /// Replies and ends the call; nil, null and an empty object are equal.
    public func reply(_ parameters: JSON? = nil) { send(.reply(parameters)) }

    /// Replies and goes on; ignored unless the call has `more`.
    public func `continue`(_ parameters: JSON) { send(.continue(parameters)) }

    /// Ends the call with an error of a qualified name.
    public func fail(_ error: String, _ parameters: JSON? = nil) { send(.error(error, parameters)) }
}

/// What a server does with the calls of its peers.
public protocol CallHandler: Sendable {
    /// Takes all complete calls of one read of one connection, in their order.
    ///
    /// It runs on the event loop and must not block. A call with `more` is the last of its batch:
    /// the next calls of the connection come after its final answer.
    func received(_ calls: [IncomingCall])

    /// The connection is gone; answers to its calls go nowhere.
    func closed(_ connection: ConnectionID)

    /// The peer leaves more unread than ``ServerLimits/pausingOutput``: its streams should pause.
    ///
    /// It runs on the event loop and must not block. Until ``outputDrained(_:)`` further replies
    /// are kept, and beyond ``ServerLimits/closingOutput`` the connection is closed.
    func outputBlocked(_ connection: ConnectionID)

    /// The peer has caught up after ``outputBlocked(_:)``: its streams may go on.
    ///
    /// It runs on the event loop and must not block. It never comes if the connection ends first.
    func outputDrained(_ connection: ConnectionID)
}

extension CallHandler {
    /// Does nothing: for handlers whose streams need no pace.
    public func outputBlocked(_ connection: ConnectionID) {}

    /// Does nothing: for handlers whose streams need no pace.
    public func outputDrained(_ connection: ConnectionID) {}
}
