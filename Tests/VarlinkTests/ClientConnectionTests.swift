import Testing

@testable import Varlink

private struct Service {
    var machine = ClientConnection<Int>(limits: .default)
    var sent: [UInt8] = []
    var got: [String] = []

    mutating func call(_ id: Int, more: Bool = false, oneway: Bool = false) {
        let call = Call(method: "a.b.C", oneway: oneway, more: more)
        machine.send(call, id: id, to: &sent)
    }

    mutating func reply(_ bytes: some Collection<UInt8>) throws {
        var events: [String] = []
        try machine.received(bytes) { event in
            let mark = event.reply.continues ? "+" : ""
            let error = event.reply.error.map { "!\($0)" } ?? ""
            events.append("\(event.id)\(mark)\(error)\(JSON.object(event.reply.parameters).text)")
        }
        got += events
    }
}

private let stream =
    #"{"parameters":{"x":1}}"# + "\0" + #"{"continues":true,"parameters":{"n":1}}"# + "\0"
    + #"{"continues":false,"parameters":null,"later":[1]}"# + "\0"
    + #"{"error":"a.b.E","parameters":{"y":2}}"# + "\0"

@Test func `replies are matched to calls in order, however the bytes are split`() throws {
    let bytes = Array(stream.utf8)
    let splits = (0...bytes.count).map { [bytes[..<$0], bytes[$0...]] }
    for way in splits + [bytes.indices.map { bytes[$0...$0] }] {
        var service = Service()
        service.call(1)
        service.call(9, oneway: true)
        service.call(2, more: true)
        service.call(3)
        for piece in way { try service.reply(piece) }
        #expect(service.got == [#"1{"x":1}"#, #"2+{"n":1}"#, "2{}", #"3!a.b.E{"y":2}"#])
        #expect(service.machine.abandon().isEmpty)
    }
}

@Test func `calls are sent in their shortest form`() {
    var sent: [UInt8] = []
    var machine = ClientConnection<Int>(limits: .default)
    machine.send(Call(method: "a.b.C"), id: 1, to: &sent)
    machine.send(Call(method: "a.b.C", parameters: ["x": 1], more: true), id: 2, to: &sent)
    machine.send(Call(method: "a.b.C", oneway: true), id: 3, to: &sent)
    machine.send(Call(method: "a.b.C", upgrade: true), id: 4, to: &sent)
    let expected =
        #"{"method":"a.b.C"}"# + "\0" + #"{"method":"a.b.C","parameters":{"x":1},"more":true}"#
        + "\0" + #"{"method":"a.b.C","oneway":true}"# + "\0"
        + #"{"method":"a.b.C","upgrade":true}"# + "\0"
    #expect(String(decoding: sent, as: UTF8.self) == expected)
    #expect(machine.abandon() == [1, 2, 4])
}

@Test(arguments: [
    "{}\0{}\0", "\0", "[]\0", "x\0", #"{"continues":true}"# + "\0", #"{"continues":1}"# + "\0",
    #"{"error":5}"# + "\0", #"{"parameters":[]}"# + "\0",
])
func `a service that breaks a rule is found out`(_ text: String) {
    var service = Service()
    service.call(1)
    #expect(throws: ProtocolViolation.self) { try service.reply(text.utf8) }
}

@Test func `an error cannot continue`() {
    var service = Service()
    service.call(1, more: true)
    let text = #"{"error":"a.b.E","continues":true}"# + "\0"
    #expect(throws: ProtocolViolation.invalidHeader("continues")) { try service.reply(text.utf8) }
}

@Test func `calls without a reply are told when the connection ends`() throws {
    var service = Service()
    for id in 1...2_000 { service.call(id) }
    for _ in 1...1_500 { try service.reply("{}\0".utf8) }
    #expect(service.machine.abandon() == Array(1_501...2_000))
    #expect(service.machine.abandon().isEmpty)
}

@Test(arguments: [
    ("unix:/run/duban/io.duban.Control", "/run/duban/io.duban.Control"),
    ("unix:/a;mode=0666", "/a"), ("unix:a", nil), ("unix:@abstract", nil), ("tcp:1.2.3.4:5", nil),
    ("/run/a", nil), ("", nil),
])
func `addresses of unix sockets are read`(_ text: String, _ path: String?) throws {
    if let path {
        #expect(try VarlinkAddress(parsing: text) == .unix(path: path))
    } else {
        let error = #expect(throws: VarlinkAddressError.self) { try VarlinkAddress(parsing: text) }
        #expect(error?.description.contains("unix:/PATH") == true)
    }
}
