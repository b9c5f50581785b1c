import NIOCore

/// Joins the machine of a client connection to its channel.
final class ClientChannelHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Tells the connection to send what is queued and to close.
    struct Finish: Sendable {}

    private let queue: CallQueue
    private var machine: ClientConnection<ReplySink>
    private var failure = VarlinkClientError.disconnected

    init(queue: CallQueue, limits: JSONLimits) {
        self.queue = queue
        machine = ClientConnection(limits: limits)
    }

    func channelActive(context: ChannelHandlerContext) {
        sendQueued(context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do {
            let bytes = unwrapInboundIn(data)
            try machine.received(bytes.readableBytesView) { event in event.id.take(event.reply) }
        } catch {
            failure = .protocolViolation(error.description)
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        let unsent = queue.close()
        for sink in machine.abandon() { sink.fail(failure) }
        for request in unsent { request.sink.fail(failure) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is CallQueue.Ready: sendQueued(context)
        case is Finish:
            sendQueued(context)
            let written = context.eventLoop.makePromise(of: Void.self)
            let empty = context.channel.allocator.buffer(capacity: 0)
            context.writeAndFlush(wrapOutboundOut(empty), promise: written)
            written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    private func sendQueued(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        var output: [UInt8] = []
        for (call, sink) in queue.take() { machine.send(call, id: sink, to: &output) }
        if output.isEmpty { return }
        let buffer = context.channel.allocator.buffer(bytes: output)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }
}
