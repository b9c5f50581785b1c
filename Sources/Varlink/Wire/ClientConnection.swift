/// One connection of a client, without I/O: replies are matched to calls by their order.
struct ClientConnection<ID: Sendable> {
    /// What a reply means for the call it belongs to.
    struct Event {
        let id: ID
        let reply: Reply
    }

    private var framer: Framer
    private let limits: JSONLimits
    private var pending: [(id: ID, more: Bool)] = []
    private var firstPending = 0

    init(limits: JSONLimits) {
        self.limits = limits
        framer = Framer(limit: limits.message)
    }

    /// Appends a call to the bytes to be sent; one that expects replies is remembered.
    mutating func send(_ call: Call, id: ID, to output: inout [UInt8]) {
        call.append(to: &output)
        if !call.oneway { pending.append((id, call.more)) }
    }

    /// Takes bytes of the server; the events come in the order of the replies.
    ///
    /// - Throws: `ProtocolViolation` when the server breaks a rule; the connection is then dead.
    mutating func received(
        _ bytes: some Collection<UInt8>,
        _ body: (Event) -> Void
    ) throws(ProtocolViolation) {
        framer.append(bytes)
        while let message = try framer.next() {
            let json: JSON
            do {
                json = try JSON(parsing: framer.buffer, in: message, limits: limits)
            } catch {
                throw .invalidJSON(error)
            }
            let reply = try Reply(message: json)
            guard firstPending < pending.count else { throw .unexpectedReply }
            let (id, more) = pending[firstPending]
            if reply.continues && !more { throw .invalidHeader("continues") }
            if !reply.continues { dropFirst() }
            body(Event(id: id, reply: reply))
        }
    }

    private mutating func dropFirst() {
        firstPending += 1
        guard firstPending == pending.count || firstPending >= 1_024 else { return }
        pending.removeFirst(firstPending)
        firstPending = 0
    }

    /// Takes all calls that will get no reply any more.
    mutating func abandon() -> [ID] {
        let ids = pending[firstPending...].map(\.id)
        pending = []
        firstPending = 0
        return ids
    }
}
