import Testing
import Varlink

private struct Lease: Codable, Equatable {
    enum Outcome: String, Codable { case ok, critical }
    var jobId: String
    var leaseId: Int64
    var outcome: Outcome?
    var weights: [Double]?
}

private struct Message: Codable, Equatable {
    var leases: [Lease]
    var labels: [String: Int]
    var big: UInt64
    var free: JSON?
    var small: Int8?
    var holes: [Int?]?
}

private struct Empty: Codable, Equatable {}

@Test func `a typed message survives encoding and decoding`() throws {
    let message = Message(
        leases: [Lease(jobId: "j1", leaseId: 7, outcome: .ok, weights: [1, 0.5])],
        labels: ["a": 1, "b": 2],
        big: .max,
        free: ["x": [1, .null]],
        small: -128,
        holes: [1, nil]
    )
    let json = try JSONCoder.encode(message)
    #expect(
        json["leases"] == [["jobId": "j1", "leaseId": 7, "outcome": "ok", "weights": [1.0, 0.5]]]
    )
    #expect(json["big"] == .uint(.max))
    #expect(json["free"] == ["x": [1, .null]])
    #expect(json["holes"] == [1, .null])
    #expect(try JSONCoder.decode(Message.self, from: json) == message)
    let reparsed = try JSON(parsing: json.serialized())
    #expect(try JSONCoder.decode(Message.self, from: reparsed) == message)
}

@Test func `nil is left out, and null, absent and unknown fields are taken`() throws {
    let lease = Lease(jobId: "j", leaseId: 1, outcome: nil, weights: nil)
    #expect(try JSONCoder.encode(lease).text == #"{"jobId":"j","leaseId":1}"#)
    let loose: JSON = ["jobId": "j", "leaseId": 1, "outcome": .null, "later": [1]]
    #expect(try JSONCoder.decode(Lease.self, from: loose) == lease)
    #expect(try JSONCoder.encode(Empty()) == [:])
    #expect(try JSONCoder.decode(Empty.self, from: ["x": 1]) == Empty())
}

@Test(arguments: [
    (#"{}"#, "leases"),
    (#"{"leases":null}"#, "leases"),
    (#"{"leases":{}}"#, "leases"),
    (#"{"leases":[{"jobId":"a","leaseId":1},{"jobId":5}]}"#, "leases.1.jobId"),
    (#"{"leases":[{"jobId":"a","leaseId":1.0}]}"#, "leases.0.leaseId"),
    (#"{"leases":[{"jobId":"a","leaseId":1e400}]}"#, "leases.0.leaseId"),
    (#"{"leases":[{"jobId":"a","leaseId":9223372036854775808}]}"#, "leases.0.leaseId"),
    (#"{"leases":[{"jobId":"a","leaseId":1,"outcome":"late"}]}"#, "leases.0.outcome"),
    (#"{"leases":[{"jobId":"a","leaseId":1,"weights":[1,"x"]}]}"#, "leases.0.weights.1"),
    (#"{"leases":[],"labels":{"a":true}}"#, "labels.a"),
    (#"{"leases":[],"labels":{},"big":-1}"#, "big"),
    (#"{"leases":[],"labels":{},"big":1,"small":128}"#, "small"),
])
func `a field that does not fit is named by its path`(_ text: String, _ path: String) throws {
    let json = try JSON(parsing: text.utf8)
    let error = #expect(throws: JSONCodingError.self) {
        try JSONCoder.decode(Message.self, from: json)
    }
    #expect(error?.path == path)
}

@Test func `NaN is refused by the encoder`() {
    let lease = Lease(jobId: "j", leaseId: 1, outcome: nil, weights: [.nan])
    let error = #expect(throws: JSONCodingError.self) { try JSONCoder.encode(lease) }
    #expect(error?.path == "weights.0")
}

@Test func `a whole number is taken for a floating-point field`() throws {
    let json: JSON = ["jobId": "j", "leaseId": 1, "weights": [1, 2.5]]
    #expect(try JSONCoder.decode(Lease.self, from: json).weights == [1, 2.5])
}

@Test func `a large dictionary is decoded by every name`() throws {
    let numbers = Dictionary(uniqueKeysWithValues: (0..<500).map { ("k\($0)", $0) })
    let json = try JSONCoder.encode(numbers)
    #expect(json.objectValue?.count == 500)
    #expect(try JSONCoder.decode([String: Int].self, from: json) == numbers)
}
