/// One connection of a server, without I/O: bytes and answers go in, calls and bytes come out.
///
/// A call that expects a reply takes a slot when it is handed out; slots leave in call order.
/// A oneway call delays no reply: it is only counted until the handler has taken it.
///
/// ```
///              received                   answered, final              all earlier ones left
///   frame  ───────────────►  open slot  ──────────────────►  finished  ─────────────────────►  sent
///     │                                                                                          ▲
///     │ held: a call with `more` is open                     answered by the directory itself ───┘
///     └───────────────────────► waits unread in the framer, handed out after its final reply
/// ```
struct ServerConnection {
    /// A call that the handler is to answer; oneway calls have no slot.
    struct Handout: Equatable {
        let call: Call
        let slot: UInt64?
    }

    /// What the caller has to do: hand out, then write, then close.
    struct Step: Equatable {
        var calls: [Handout] = []
        var output: [UInt8] = []
        var close: Closing?
    }

    enum Closing: Equatable {
        /// The peer has stopped sending and has all its replies.
        case finished
        /// This side does not go on.
        case stopped
        /// The peer broke a rule.
        case violation(ProtocolViolation)
    }

    private struct Slot {
        let more: Bool
        var output: [UInt8] = []
        var finished = false
    }

    private let directory: ServiceDirectory
    private let limits: ConnectionLimits
    private var framer: Framer
    private var slots: [Slot] = []
    /// The number of the first slot in `slots`.
    private var firstSlot: UInt64 = 0
    /// The slot of the call with `more` that holds back the following calls.
    private var stream: UInt64?
    /// Oneway calls that were handed out and that the handler has not taken yet.
    private var oneways = 0
    private var inputEnded = false
    private var closed = false
    /// Whole messages in the framer that wait behind a stream.
    private var waiting: [Call] = []
    /// Bytes of replies that wait for earlier replies.
    private(set) var heldOutput = 0

    init(directory: ServiceDirectory, limits: ConnectionLimits) {
        self.directory = directory
        self.limits = limits
        framer = Framer(limit: limits.json.message)
    }
}

extension ServerConnection {
    /// Whether the peer's next bytes are wanted now.
    var wantsInput: Bool {
        if closed || inputEnded { return false }
        if waiting.count >= limits.queuedCalls { return false }
        if slots.count + oneways >= limits.callsInFlight { return false }
        return !holdsTooMuch
    }

    /// Whether so many bytes of replies wait for earlier replies that no more is read.
    var holdsTooMuch: Bool { heldOutput >= limits.pausingOutput }

    /// The number of the message that has begun and not ended, if only the peer delays its end.
    var unfinishedMessage: UInt64? { wantsInput && framer.pending > 0 ? framer.taken : nil }

    /// Whether a call waits for its reply, or a oneway call for being taken.
    var isBusy: Bool { !slots.isEmpty || oneways > 0 }

    /// Whether the call with this slot is still to be answered.
    func isOpen(_ slot: UInt64) -> Bool {
        guard slot >= firstSlot, slot - firstSlot < slots.count else { return false }
        return !slots[Int(slot - firstSlot)].finished
    }

    /// Takes bytes of the peer.
    mutating func received(_ bytes: some Collection<UInt8>) -> Step {
        var step = Step()
        if closed || inputEnded { return step }
        framer.append(bytes)
        advance(&step)
        return step
    }

    /// The peer will send no more; what it asked for is answered before the connection closes.
    mutating func inputDidEnd() -> Step {
        var step = Step()
        if closed || inputEnded { return step }
        inputEnded = true
        advance(&step)
        return step
    }

    /// Takes the answers of the handler in their order; late and double ones are ignored.
    mutating func answered(_ answers: some Sequence<(slot: UInt64, answer: Answer)>) -> Step {
        var step = Step()
        if closed { return step }
        for (slot, answer) in answers { take(answer, for: slot, &step) }
        advance(&step)
        return step
    }

    /// The handler has taken so many oneway calls: each is told once, in any order.
    mutating func onewaysTaken(_ count: Int) {
        if closed { return }
        precondition(count <= oneways, "a oneway call is taken once, after it was handed out")
        oneways -= count
    }

    /// Closes at the wish of this side, whatever waits.
    mutating func finish() -> Step {
        var step = Step()
        close(.stopped, &step)
        return step
    }
}

extension ServerConnection {
    private mutating func close(_ closing: Closing, _ step: inout Step) {
        if closed { return }
        closed = true
        step.close = closing
        slots = []
        oneways = 0
        waiting = []
        heldOutput = 0
    }

    private mutating func advance(_ step: inout Step) {
        do {
            try handOut(&step)
            try readAhead()
        } catch {
            close(.violation(error), &step)
            return
        }
        guard inputEnded, slots.isEmpty, waiting.isEmpty else { return }
        close(framer.pending == 0 ? .finished : .violation(.truncatedMessage), &step)
    }

    /// Hands out calls until a stream holds them back.
    private mutating func handOut(_ step: inout Step) throws(ProtocolViolation) {
        while stream == nil {
            if waiting.isEmpty {
                guard let call = try nextCall() else { return }
                handOut(call, &step)
            } else {
                handOut(waiting.removeFirst(), &step)
            }
        }
    }

    /// Behind a stream messages are checked already, so that garbage closes without delay.
    private mutating func readAhead() throws(ProtocolViolation) {
        while stream != nil, waiting.count < limits.queuedCalls, let call = try nextCall() {
            waiting.append(call)
        }
    }

    private mutating func nextCall() throws(ProtocolViolation) -> Call? {
        guard let message = try framer.next() else { return nil }
        let json: JSON
        do {
            json = try JSON(parsing: framer.buffer, in: message, limits: limits.json)
        } catch {
            throw .invalidJSON(error)
        }
        return try Call(message: json)
    }

    private mutating func handOut(_ call: Call, _ step: inout Step) {
        let verdict = directory.verdict(call)
        if call.oneway {
            guard verdict == .handler else { return }
            oneways += 1
            step.calls.append(Handout(call: call, slot: nil))
            return
        }
        let slot = firstSlot + UInt64(slots.count)
        slots.append(Slot(more: call.more))
        switch verdict {
        case .answer(let answer): take(answer, for: slot, &step)
        case .handler:
            if call.more { stream = slot }
            step.calls.append(Handout(call: call, slot: slot))
        }
    }

    private mutating func take(_ answer: Answer, for slot: UInt64, _ step: inout Step) {
        guard isOpen(slot) else { return }
        let index = Int(slot - firstSlot)
        if !answer.isFinal && !slots[index].more { return }
        if index == 0 {
            answer.append(to: &step.output)
        } else {
            let before = slots[index].output.count
            answer.append(to: &slots[index].output)
            heldOutput += slots[index].output.count - before
        }
        guard answer.isFinal else { return }
        slots[index].finished = true
        if stream == slot { stream = nil }
        if index == 0 { release(&step) }
    }

    /// Lets finished calls leave, and of the first unfinished one what it has said so far.
    private mutating func release(_ step: inout Step) {
        var left = 0
        while left < slots.count, slots[left].finished {
            step.output.append(contentsOf: slots[left].output)
            heldOutput -= slots[left].output.count
            left += 1
        }
        slots.removeFirst(left)
        firstSlot += UInt64(left)
        guard !slots.isEmpty else { return }
        step.output.append(contentsOf: slots[0].output)
        heldOutput -= slots[0].output.count
        slots[0].output = []
    }
}
