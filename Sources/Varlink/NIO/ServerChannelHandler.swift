import NIOCore

/// Joins the machine of one server connection to its channel.
final class ServerChannelHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    /// Tells the connection to write what is queued and to close.
    struct Finish: Sendable {}

    private let server: VarlinkServer
    private let id: ConnectionID
    private let peer: PeerCredentials
    private let label: String
    private let answers: AnswerQueue
    private var machine: ServerConnection
    private var timers: ConnectionTimers?
    /// Whether the channel asked for bytes while they were not wanted.
    private var readDelayed = false
    /// Whether the handler was told that the peer leaves too much unread.
    private var outputBlocked = false
    private var closing = false

    init(server: VarlinkServer, accepted: AcceptedConnection, pipeline: ChannelPipeline) {
        self.server = server
        id = accepted.id
        peer = accepted.peer
        label = accepted.label
        answers = AnswerQueue(pipeline: pipeline)
        machine = ServerConnection(
            directory: accepted.directory,
            limits: server.limits.connection(label: accepted.label)
        )
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let loop = context.eventLoop.assumeIsolated()
        timers = ConnectionTimers(limits: server.limits, loop: loop) {
            context.close(promise: nil)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timers?.cancel()
        timers = nil
        answers.close()
    }

    func channelActive(context: ChannelHandlerContext) {
        timers?.update(message: nil, busy: false)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        run(machine.received(bytes.readableBytesView), context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        closing = true
        _ = machine.finish()
        timers?.cancel()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func read(context: ChannelHandlerContext) {
        if machine.wantsInput && context.channel.isWritable {
            context.read()
        } else {
            readDelayed = true
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        tellOutput(context)
        resumeReading(context)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is AnswerQueue.Ready: run(ServerConnection.Step(), context)
        case is Finish: finish(context)
        case ChannelEvent.inputClosed: run(machine.inputDidEnd(), context)
        default: context.fireUserInboundEventTriggered(event)
        }
    }
}

extension ServerChannelHandler {
    /// Hands out calls and takes answers as long as these let further calls through; then writes.
    private func run(_ first: ServerConnection.Step, _ context: ChannelHandlerContext) {
        if closing { return }
        // Only what was left unread before counts: a large batch is not the peer's fault.
        let unread = bufferedBytes(context) + machine.heldOutput
        if first.close == nil, unread > server.limits.closingOutput {
            end(.violation(.outputTooLong), context)
            return
        }
        var step = first
        var output = first.output
        repeat {
            if step.close != nil { break }
            deliver(step.calls)
            step = takeAnswers(&output, context)
        } while !step.calls.isEmpty
        if step.close != nil { deliver(step.calls) }
        write(&output, context)
        if let close = step.close {
            end(close, context)
        } else if !closing {
            tellOutput(context)
            timers?.update(message: machine.unfinishedMessage, busy: machine.isBusy)
            resumeReading(context)
        }
    }

    /// Lets out what is answered, hands out no more calls, and closes.
    ///
    /// Now a peer must hurry even if it half-closed before and had time until now.
    private func finish(_ context: ChannelHandlerContext) {
        if closing {
            timers?.closeLater(server.limits.closingTime)
            return
        }
        var output: [UInt8] = []
        let reason = takeAnswers(&output, context).close ?? machine.finish().close
        write(&output, context)
        if let reason { end(reason == .finished ? .stopped : reason, context) }
    }

    /// Takes the answers that wait, in parts, so that no single buffer grows without bound.
    private func takeAnswers(
        _ output: inout [UInt8],
        _ context: ChannelHandlerContext
    ) -> ServerConnection.Step {
        var total = ServerConnection.Step()
        let taken = answers.take()
        machine.onewaysTaken(taken.oneways)
        var waiting = taken.answers[...]
        while !waiting.isEmpty, total.close == nil {
            let step = machine.answered(waiting.prefix(Self.answersPerPart))
            waiting = waiting.dropFirst(Self.answersPerPart)
            output.append(contentsOf: step.output)
            total.calls.append(contentsOf: step.calls)
            total.close = step.close
            if output.count >= Self.bytesPerWrite { write(&output, context) }
        }
        return total
    }

    private static let answersPerPart = 64
    private static let bytesPerWrite = 1 << 20

    private func deliver(_ handouts: [ServerConnection.Handout]) {
        if handouts.isEmpty { return }
        answers.expect()
        server.handler.received(handouts.map(incoming))
    }

    private func incoming(_ handout: ServerConnection.Handout) -> IncomingCall {
        let responder: Responder
        if let slot = handout.slot {
            let answers = answers
            responder = Responder { answers.add($0, to: slot) }
        } else {
            let place = OnewayPlace(answers: answers)
            responder = Responder { if $0.isFinal { place.free() } }
        }
        return IncomingCall(
            connection: id,
            peer: peer,
            socket: label,
            method: handout.call.method,
            parameters: handout.call.parameters,
            more: handout.call.more,
            oneway: handout.call.oneway,
            responder: responder
        )
    }

    private func write(_ output: inout [UInt8], _ context: ChannelHandlerContext) {
        if output.isEmpty { return }
        let buffer = context.channel.allocator.buffer(bytes: output)
        output.removeAll()
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    private func bufferedBytes(_ context: ChannelHandlerContext) -> Int {
        do {
            let options = context.channel.syncOptions
            return try options?.getOption(ChannelOptions.bufferedWritableBytes) ?? 0
        } catch {
            // The channel is closed: it holds nothing back any more.
            return 0
        }
    }

    /// Closes when everything is written.
    ///
    /// A peer that half-closed may read its replies at leisure, all others must hurry.
    private func end(_ reason: ServerConnection.Closing, _ context: ChannelHandlerContext) {
        closing = true
        server.connectionCloses(reason)
        if reason == .violation(.outputTooLong) {
            context.close(promise: nil)
            return
        }
        let limits = server.limits
        timers?.closeLater(reason == .finished ? limits.idleTime : limits.closingTime)
        let empty = context.channel.allocator.buffer(capacity: 0)
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(empty), promise: written)
        written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }

    /// Tells the handler when the peer begins to leave too much unread, and when it has caught up.
    private func tellOutput(_ context: ChannelHandlerContext) {
        let blocked = !context.channel.isWritable || machine.holdsTooMuch
        if closing || blocked == outputBlocked { return }
        outputBlocked = blocked
        if blocked { server.handler.outputBlocked(id) } else { server.handler.outputDrained(id) }
    }

    private func resumeReading(_ context: ChannelHandlerContext) {
        guard readDelayed, machine.wantsInput, context.channel.isWritable else { return }
        readDelayed = false
        context.read()
    }
}
