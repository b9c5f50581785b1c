/// What a server bears from its peers; beyond it a connection waits or is closed.
public struct ServerLimits: Hashable, Sendable {
    /// What differs between the sockets of a server.
    public struct Socket: Hashable, Sendable {
        /// Connections of one uid.
        public var connectionsPerUID: Int
        /// Calls that wait behind a stream until no more is read.
        public var queuedCalls: Int

        /// Makes the limits of a socket; what is not given stays at its default.
        public init(connectionsPerUID: Int = 64, queuedCalls: Int = 16) {
            self.connectionsPerUID = connectionsPerUID
            self.queuedCalls = queuedCalls
        }
    }

    /// What the parser accepts of a message.
    public var json = JSONLimits.default
    /// Connections of all sockets together; never more than 3/4 of the process's descriptors.
    public var connections = 1_024
    /// The limits of each socket that `sockets` does not name.
    public var socket = Socket()
    /// The limits of single sockets by their labels.
    public var sockets: [String: Socket] = [:]
    /// Calls of one connection that wait for their reply, or as oneway calls for being taken by the
    /// handler, until no more is read.
    public var callsInFlight = 1_024
    /// Bytes of replies that a peer has not read, until no more is read from it and its streams are
    /// asked to pause.
    public var pausingOutput = 256 << 10
    /// Bytes of replies that a peer has not read, until it is closed.
    public var closingOutput = 1 << 20
    /// Time from the first byte of a message to its end.
    public var messageTime = Duration.seconds(10)
    /// Time without a call and without an open stream.
    public var idleTime = Duration.seconds(600)
    /// Time for the last replies to leave a connection that is closed.
    public var closingTime = Duration.seconds(1)

    /// Makes the default limits.
    public init() {}

    /// The defaults of this implementation.
    public static let `default` = ServerLimits()

    /// What binds a connection of a socket.
    func connection(label: String) -> ConnectionLimits {
        ConnectionLimits(
            json: json,
            queuedCalls: (sockets[label] ?? socket).queuedCalls,
            callsInFlight: callsInFlight,
            pausingOutput: pausingOutput
        )
    }
}

/// The limits that bind the machine of one connection.
struct ConnectionLimits {
    var json = JSONLimits.default
    var queuedCalls = 16
    var callsInFlight = 1_024
    var pausingOutput = 256 << 10
}
