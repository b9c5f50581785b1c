import Testing
import Varlink

private let sample = """
    # Licence, detached.

    # The sample.
    #
    #  Second paragraph.
    interface org.example.sample-1.x2

    # A job.
    type Job (
      # The id.
      id: string,
      state: (ready, running, done),
      weights: ?[]float, labels: [string]string,
      inner: ?(a: int, b: ?Job),
      free: ?object,
      nothing: ()
    )

    type Kind ( # why not
      one_a, # the second
      two
    )

    method Put(job: Job, kinds: []Kind) -> (id: string) # behind
    method Get ( id : string , ?

    """.replacing("method Get ( id : string , ?", with: "method Get(value: any)->()")
    + "# No job.\nerror NoJob (id: string)\nerror Full ()\n"

@Test func `members, types and comments are read in order`() throws {
    let interface = try Interface(sample)
    #expect(interface.name == "org.example.sample-1.x2")
    #expect(interface.text == sample)
    #expect(interface.documentation == ["The sample.", "", " Second paragraph."])
    #expect(interface.types.map(\.name) == ["Job", "Kind"])
    #expect(interface.methods.map(\.name) == ["Put", "Get"])
    #expect(interface.errors.map(\.name) == ["NoJob", "Full"])
    #expect(interface.errors.map(\.documentation) == [["No job."], []])
    guard case .type(.structure(let fields)) = interface.types[0].kind else {
        Issue.record("Job is a structure")
        return
    }
    #expect(fields[0].documentation == ["The id."])
    #expect(fields[2].type == .optional(.array(.float)))
    #expect(fields[6].type == .structure([]))
}

@Test func `printing is canonical: reading it gives the same members and the same text`() throws {
    let first = try Interface(sample)
    let second = try Interface(first.printed)
    #expect(second.members == first.members)
    #expect(second.documentation == first.documentation)
    #expect(second.printed == first.printed)
}

@Test(arguments: [
    ("", 1, 1), ("interface", 1, 10), ("interface org\n", 1, 11), ("interface org.\n", 1, 11),
    ("interface org.a-\n", 1, 11), ("interface 1org.a\n", 1, 11), ("interface org..a\n", 1, 11),
    ("interface org.a method A() -> ()\n", 1, 17),
    ("interface org.a\nmethod a() -> ()\n", 2, 8),
    ("interface org.a\nmethod A() -> () error B ()\n", 2, 18),
    ("interface org.a\nmethod A()\n", 3, 1),
    ("interface org.a\nmethod A() -> (a, b)\n", 2, 15),
    ("interface org.a\nerror A (a, b)\n", 2, 9),
    ("interface org.a\nfunction A () -> ()\n", 2, 1),
    ("interface org.a\ntype A (a: int,)\n", 2, 16),
    ("interface org.a\ntype A (a: ??int)\n", 2, 13),
    ("interface org.a\ntype A (a: ? ?int)\n", 2, 13),
    ("interface org.a\ntype A (a: []Missing)\n", 2, 14),
    ("interface org.a\ntype A (a: integer)\n", 2, 12),
    ("interface org.a\ntype A (a: [int]string)\n", 2, 13),
    ("interface org.a\ntype A (a__b: int)\n", 2, 9),
    ("interface org.a\ntype A (a_: int)\n", 2, 9),
    ("interface org.a\ntype A (a: int, a: int)\n", 2, 17),
    ("interface org.a\ntype A (a: int, b)\n", 2, 18),
    ("interface org.a\ntype A (a, b: int)\n", 2, 13),
    ("interface org.a\ntype A (a: int)\nerror A ()\n", 3, 1),
    ("interface org.a\ntype A int\n", 2, 8),
])
func `a mistake is found at its line and column`(_ text: String, _ line: Int, _ column: Int) {
    let error = #expect(throws: InterfaceError.self) { try Interface(text) }
    #expect(error.map { [$0.line, $0.column] } == [line, column], "\(error?.message ?? "")")
}

@Test(arguments: [
    (#"{"job":JOB,"kinds":[]}"#, nil),
    (#"{"job":JOB,"kinds":["one_a","two"]}"#, nil),
    (#"{"job":JOB,"kinds":["one_a","three"]}"#, "kinds.1"),
    (#"{"job":JOB}"#, "kinds"),
    (#"{"job":JOB,"kinds":null}"#, "kinds"),
    (#"{"job":JOB,"kinds":[],"more":1}"#, "more"),
    (#"{"job":JOB,"kinds":{}}"#, "kinds"),
    (#"{"kinds":[],"job":{"id":1,"state":"done","labels":{},"nothing":{}}}"#, "job.id"),
    (#"{"kinds":[],"job":{"id":"a","state":"gone","labels":{},"nothing":{}}}"#, "job.state"),
    (
        #"{"kinds":[],"job":{"id":"a","state":"done","labels":{"x":1},"nothing":{}}}"#,
        "job.labels.x"
    ),
    (
        #"{"kinds":[],"job":{"id":"a","state":"done","labels":{},"nothing":{"y":1}}}"#,
        "job.nothing.y"
    ),
    (#"{"kinds":[],"job":{"id":"a","state":"done","labels":{}}}"#, "job.nothing"),
])
func `parameters that do not fit are named by their path`(_ text: String, _ path: String?) throws {
    let job = #"{"id":"a","state":"done","labels":{"l":"m"},"nothing":{},"free":{"x":[1]}}"#
    let parameters = try JSON(parsing: text.replacing("JOB", with: job).utf8)
    let interface = try Interface(sample)
    #expect(interface.invalidParameter(of: "Put", in: parameters) == path)
    let qualified = "org.example.sample-1.x2.Put"
    #expect(interface.invalidParameter(of: qualified, in: parameters) == path)
}

@Test(arguments: [
    (#""weights":[1,2.5,18446744073709551615]"#, nil),
    (#""weights":null,"inner":null"#, nil),
    (#""weights":[1e400]"#, "job.weights.0"),
    (#""inner":{"a":18446744073709551615}"#, nil),
    (#""inner":{"a":18446744073709551616}"#, "job.inner.a"),
    (#""inner":{"a":1.0}"#, "job.inner.a"),
    (#""inner":{"a":1e3}"#, "job.inner.a"),
    (#""inner":{"a":1,"b":{"id":"b"}}"#, "job.inner.b.state"),
    (#""free":{"deep":[1,{"x":1e999}]}"#, "job.free.deep.1.x"),
    (#""free":[]"#, "job.free"),
])
func `numbers, nullable and free fields are checked`(_ field: String, _ path: String?) throws {
    let job = #"{"id":"a","state":"done","labels":{},"nothing":{},\#(field)}"#
    let parameters = try JSON(parsing: #"{"kinds":[],"job":\#(job)}"#.utf8)
    #expect(try Interface(sample).invalidParameter(of: "Put", in: parameters) == path)
}

@Test func `replies and errors are checked, absent and null parameters are empty ones`() throws {
    let interface = try Interface(sample)
    #expect(interface.misfit(ofReply: "Put", in: ["id": "a"]) == nil)
    #expect(interface.misfit(ofReply: "Put", in: nil) == "id")
    #expect(interface.misfit(ofReply: "Get", in: .null) == nil)
    #expect(interface.misfit(ofReply: "Get", in: []) == "parameters")
    #expect(interface.misfit(ofError: "NoJob", in: ["id": 1]) == "id")
    #expect(interface.misfit(ofError: "Full", in: nil) == nil)
    #expect(interface.misfit(ofError: "Unknown", in: nil) == "Unknown")
    #expect(interface.invalidParameter(of: "Take", in: nil) == "Take")
    #expect(interface.invalidParameter(of: "Get", in: ["value": ["x", 1]]) == nil)
    #expect(
        interface.invalidParameter(of: "Get", in: ["value": ["x", .outOfRange("1e999")]])
            == "value.1"
    )
}
