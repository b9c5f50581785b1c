import Testing

@testable import Varlink

/// Drives the machine of a connection without a socket, and answers as the echo service does.
struct Peer {
    var machine: ServerConnection
    var output: [UInt8] = []
    var closing: ServerConnection.Closing?
    /// Calls that the test has to answer, and oneway calls.
    var held: [ServerConnection.Handout] = []
    var batches: [[String]] = []

    init(limits: ConnectionLimits = ConnectionLimits()) throws {
        let directory = try ServiceDirectory(
            info: EchoService.info,
            interfaces: [Interface(EchoService.text)]
        )
        machine = ServerConnection(directory: directory, limits: limits)
    }

    mutating func send(_ bytes: some Collection<UInt8>) { follow(machine.received(bytes)) }

    mutating func send(_ text: String) { send(Array(text.utf8)) }

    mutating func halfClose() { follow(machine.inputDidEnd()) }

    mutating func answer(_ slot: UInt64?, _ answer: Answer) {
        if let slot { follow(machine.answered([(slot, answer)])) }
    }

    private mutating func follow(_ first: ServerConnection.Step) {
        var step = first
        while true {
            output += step.output
            closing = closing ?? step.close
            if step.calls.isEmpty { return }
            batches.append(
                step.calls.map { String($0.call.method.split(separator: ".").last ?? "") }
            )
            var answers: [(slot: UInt64, answer: Answer)] = []
            for handout in step.calls {
                let call = handout.call
                let own = EchoService.answers(call.method, call.parameters, more: call.more)
                if own.isEmpty || handout.slot == nil { held.append(handout) }
                guard let slot = handout.slot else { continue }
                answers += own.map { (slot, $0) }
            }
            if answers.isEmpty { return }
            step = machine.answered(answers)
        }
    }

    /// The replies so far, without their NUL bytes.
    var replies: [String] {
        output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    var violated: Bool {
        if case .violation = closing { true } else { false }
    }
}

private func frame(_ method: String, _ rest: String = "") -> String {
    #"{"method":"org.example.echo.\#(method)"\#(rest)}"# + "\0"
}

private func say(_ text: String) -> String {
    frame("Echo", #","parameters":{"text":"\#(text)"}"#)
}

private func later(_ text: String) -> String {
    frame("Later", #","parameters":{"text":"\#(text)"}"#)
}

private func said(_ text: String) -> String { #"{"parameters":{"text":"\#(text)"}}"# }

private let watch = frame("Watch", #","more":true"#)

@Test(arguments: exchanges)
func `an exchange goes the same way however its bytes are split`(_ exchange: Exchange) throws {
    func run(_ pieces: [ArraySlice<UInt8>]) throws -> Peer {
        var peer = try Peer()
        for piece in pieces { peer.send(piece) }
        peer.halfClose()
        return peer
    }
    let input = exchange.input[...]
    var ways = (0...input.count).map { [input[..<$0], input[$0...]] }
    ways.append(input.indices.map { input[$0...$0] })
    for way in ways {
        let peer = try run(way)
        // A violation in the same read takes away the replies that are not ready yet.
        if exchange.violation {
            #expect(exchange.replies.starts(with: peer.replies))
        } else {
            #expect(peer.replies == exchange.replies)
            #expect(peer.output.count { $0 == 0 } == exchange.replies.count)
        }
        #expect(peer.violated == exchange.violation)
        #expect(peer.closing != nil)
    }
}

@Test func `a message ends exactly at the limit`() throws {
    let limit = 1 << 20
    func padded(_ length: Int) -> [UInt8] {
        let text = Array(say("a").utf8.dropLast())
        return text + [UInt8](repeating: 0x20, count: length - text.count)
    }
    var peer = try Peer()
    peer.send(padded(limit) + [0])
    #expect(peer.replies == [said("a")])
    #expect(peer.closing == nil)
    peer.send(padded(limit))
    #expect(peer.closing == nil)
    peer.send([0x20])
    #expect(peer.closing == .violation(.messageTooLong))
    var other = try Peer()
    other.send(padded(limit + 1) + [0])
    #expect(other.closing == .violation(.messageTooLong))
}

@Test(arguments: [(30, false), (31, true)])
func `depth counts the message and its parameters`(_ depth: Int, _ violation: Bool) throws {
    let list = String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
    var peer = try Peer()
    peer.send(frame("Take", #","parameters":{"free":{"a":\#(list)}}"#))
    #expect(peer.violated == violation)
    #expect(peer.replies.count == (violation ? 0 : 1))
}

@Test(arguments: [(1_000, false), (1_001, true)])
func `items end at their limit, which can be raised`(_ count: Int, _ violation: Bool) throws {
    let list = "[" + Array(repeating: "1", count: count).joined(separator: ",") + "]"
    let text = frame("Take", #","parameters":{"list":\#(list)}"#)
    var peer = try Peer()
    peer.send(text)
    #expect(peer.violated == violation)
    var generous = try Peer(limits: ConnectionLimits(json: JSONLimits(items: 2_000)))
    generous.send(text)
    #expect(!generous.violated)
}

@Test func `an interface is described byte for byte`() throws {
    var peer = try Peer()
    let method = "org.varlink.service.GetInterfaceDescription"
    for name in ["org.example.echo", "org.varlink.service"] {
        peer.send(#"{"method":"\#(method)","parameters":{"interface":"\#(name)"}}"# + "\0")
    }
    let texts = try peer.replies.map { try JSON(parsing: $0.utf8)["parameters"]?["description"] }
    #expect(texts == [.string(EchoService.text), .string(ServiceDirectory.serviceText)])
}

@Test func `all complete calls of a read are handed out together`() throws {
    var peer = try Peer()
    peer.send(say("a") + say("b") + later("c") + say("d") + #"{"method""#)
    #expect(peer.batches == [["Echo", "Echo", "Later", "Echo"]])
    #expect(peer.replies == [said("a"), said("b")])
}

@Test func `replies leave in call order whatever the order of the answers`() throws {
    var peer = try Peer()
    peer.send(
        later("a") + later("b") + #"{"method":"org.varlink.service.GetInfo"}"# + "\0" + later("c")
    )
    let slots = peer.held.map(\.slot)
    peer.answer(slots[2], .reply(["text": "c"]))
    peer.answer(slots[1], .reply(["text": "b"]))
    #expect(peer.replies.isEmpty)
    #expect(peer.machine.heldOutput > 0)
    peer.answer(slots[0], .reply(["text": "a"]))
    #expect(peer.replies.count == 4)
    #expect(peer.replies[0] == said("a"))
    #expect(peer.replies[1] == said("b"))
    #expect(peer.replies[2].contains("vendor"))
    #expect(peer.replies[3] == said("c"))
    #expect(peer.machine.heldOutput == 0)
    #expect(!peer.machine.isBusy)
}

@Test func `late and double answers are ignored`() throws {
    var peer = try Peer()
    peer.send(later("a") + later("b"))
    let slots = peer.held.map(\.slot)
    peer.answer(slots[1], .reply(["text": "b"]))
    peer.answer(slots[1], .reply(["text": "again"]))
    peer.answer(slots[0], .continue(["text": "not streaming"]))
    peer.answer(slots[0], .reply(["text": "a"]))
    peer.answer(slots[0], .error("org.example.echo.Refused", nil))
    peer.answer(99, .reply(nil))
    #expect(peer.replies == [said("a"), said("b")])
}

@Test func `oneway calls get no reply, keep their order and take no slot`() throws {
    var peer = try Peer()
    let oneway = frame("Note", #","parameters":{"text":"n"},"oneway":true"#)
    peer.send(oneway + later("a") + oneway + say("b"))
    #expect(peer.batches == [["Note", "Later", "Note", "Echo"]])
    let waiting = peer.held.filter { $0.slot != nil }
    #expect(waiting.count == 1)
    peer.answer(waiting.first?.slot, .reply(["text": "a"]))
    #expect(peer.replies == [said("a"), said("b")])
}

@Test func `a stream holds back the calls behind it until its final reply`() throws {
    var peer = try Peer()
    peer.send(say("before") + watch + say("b") + watch + say("c"))
    #expect(peer.batches == [["Echo", "Watch"]])
    let first = peer.held.removeFirst().slot
    peer.answer(first, .continue(["at": 1]))
    peer.answer(first, .continue(["at": 2]))
    #expect(peer.batches.count == 1)
    peer.answer(first, .reply(["reason": "over"]))
    #expect(peer.batches == [["Echo", "Watch"], ["Echo", "Watch"]])
    peer.answer(peer.held.removeFirst().slot, .error("org.example.echo.Refused", ["text": "no"]))
    #expect(peer.batches.last == ["Echo"])
    #expect(
        peer.replies == [
            said("before"), #"{"continues":true,"parameters":{"at":1}}"#,
            #"{"continues":true,"parameters":{"at":2}}"#, #"{"parameters":{"reason":"over"}}"#,
            said("b"), #"{"error":"org.example.echo.Refused","parameters":{"text":"no"}}"#,
            said("c"),
        ]
    )
}

@Test func `a stream's replies wait for earlier calls`() throws {
    var peer = try Peer()
    peer.send(later("a") + watch)
    let slots = peer.held.map(\.slot)
    peer.answer(slots[1], .continue(["at": 1]))
    #expect(peer.replies.isEmpty)
    peer.answer(slots[0], .reply(["text": "a"]))
    #expect(peer.replies.count == 2)
    peer.answer(slots[1], .continue(["at": 2]))
    #expect(peer.replies.count == 3)
}

@Test func `a full queue behind a stream stops the reading, and it goes on afterwards`() throws {
    var peer = try Peer(limits: ConnectionLimits(queuedCalls: 4))
    peer.send(watch)
    for number in 1...3 { peer.send(say("\(number)")) }
    #expect(peer.machine.wantsInput)
    peer.send(say("4") + say("5") + say("6"))
    #expect(!peer.machine.wantsInput)
    #expect(peer.batches.count == 1)
    peer.answer(peer.held.removeFirst().slot, .reply(nil))
    #expect(peer.machine.wantsInput)
    #expect(peer.replies == ["{}"] + (1...6).map { said("\($0)") })
}

@Test func `too many calls in flight, or too much held output, stop the reading`() throws {
    var peer = try Peer(limits: ConnectionLimits(callsInFlight: 3))
    peer.send(later("a") + later("b"))
    #expect(peer.machine.wantsInput)
    peer.send(later("c"))
    #expect(!peer.machine.wantsInput)
    peer.answer(peer.held[0].slot, .reply(nil))
    #expect(peer.machine.wantsInput)
    var other = try Peer(limits: ConnectionLimits(pausingOutput: 64))
    other.send(later("a") + later("b"))
    other.answer(other.held[1].slot, .reply(["text": .string(String(repeating: "x", count: 64))]))
    #expect(!other.machine.wantsInput)
    other.answer(other.held[0].slot, .reply(nil))
    #expect(other.machine.wantsInput)
}

@Test func `oneway calls that the handler has not taken stop the reading`() throws {
    var peer = try Peer(limits: ConnectionLimits(callsInFlight: 3))
    let oneway = frame("Note", #","parameters":{"text":"n"},"oneway":true"#)
    peer.send(oneway + later("a"))
    #expect(peer.machine.wantsInput)
    peer.send(oneway)
    #expect(!peer.machine.wantsInput)
    peer.machine.onewaysTaken(1)
    #expect(peer.machine.wantsInput)
    peer.answer(peer.held.compactMap(\.slot).first, .reply(["text": "a"]))
    #expect(peer.machine.isBusy)
    peer.machine.onewaysTaken(1)
    #expect(!peer.machine.isBusy)
    peer.send(frame("Shout", #","oneway":true"#))
    #expect(!peer.machine.isBusy)
    #expect(peer.replies == [said("a")])
}

@Test func `garbage behind a stream closes at once, and later answers go nowhere`() throws {
    var peer = try Peer()
    peer.send(watch + "x\0")
    #expect(peer.violated)
    peer.answer(peer.held[0].slot, .continue(["at": 1]))
    peer.send(say("a"))
    #expect(peer.output.isEmpty)
    #expect(peer.batches == [["Watch"]])
}

@Test func `after a half-close everything queued is answered, then the connection closes`() throws {
    var peer = try Peer()
    peer.send(watch + say("a") + later("b"))
    peer.halfClose()
    #expect(peer.closing == nil)
    peer.answer(peer.held.removeFirst().slot, .reply(nil))
    #expect(peer.closing == nil)
    peer.answer(peer.held.removeFirst().slot, .reply(["text": "b"]))
    #expect(peer.replies == ["{}", said("a"), said("b")])
    #expect(peer.closing == .finished)
}

@Test func `a message that has begun is known by its number, and no pause is blamed on the peer`()
    throws
{
    var peer = try Peer(limits: ConnectionLimits(queuedCalls: 1))
    #expect(peer.machine.unfinishedMessage == nil)
    peer.send("{")
    #expect(peer.machine.unfinishedMessage == 0)
    peer.send(say("a").dropFirst().utf8)
    #expect(peer.machine.unfinishedMessage == nil)
    peer.send(watch + say("b") + "{")
    #expect(!peer.machine.wantsInput)
    #expect(peer.machine.unfinishedMessage == nil)
}

@Test func `admission counts per uid and socket, and refuses the overflow uid`() {
    var limits = ServerLimits()
    limits.connections = 6
    limits.socket.connectionsPerUID = 2
    limits.sockets["worker"] = ServerLimits.Socket(connectionsPerUID: 3, queuedCalls: 64)
    var admission = Admission(limits: limits)
    #expect(admission.admit(uid: 65_534, label: "control") == .overflowUID)
    for _ in 0..<2 { #expect(admission.admit(uid: 1, label: "control") == nil) }
    #expect(admission.admit(uid: 1, label: "control") == .tooManyOfUID)
    for _ in 0..<3 { #expect(admission.admit(uid: 1, label: "worker") == nil) }
    #expect(admission.admit(uid: 1, label: "worker") == .tooManyOfUID)
    #expect(admission.admit(uid: 2, label: "control") == nil)
    #expect(admission.admit(uid: 3, label: "control") == .tooManyConnections)
    #expect(admission.refused == 4)
    admission.leave(uid: 1, label: "control")
    #expect(admission.admit(uid: 1, label: "control") == nil)
    #expect(admission.count == 6)
    #expect(limits.connection(label: "worker").queuedCalls == 64)
    #expect(limits.connection(label: "control").queuedCalls == 16)
}
