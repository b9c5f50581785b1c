import Testing
import Varlink

/// One exchange: what a client sends before it half-closes, and all that the server answers.
struct Exchange: Sendable, CustomTestStringConvertible {
    /// The group of the protocol reference.
    let group: Int
    let name: String
    let input: [UInt8]
    /// The replies without their NUL bytes.
    let replies: [String]
    /// Whether the server closes because a rule was broken, not because the client was done.
    let violation: Bool

    var testDescription: String { "\(group): \(name)" }

    init(
        _ group: Int,
        _ name: String,
        _ input: String,
        _ replies: [String],
        violation: Bool = false
    ) {
        self.init(group, name, Array(input.utf8), replies, violation: violation)
    }

    init(
        _ group: Int,
        _ name: String,
        _ input: [UInt8],
        _ replies: [String],
        violation: Bool = false
    ) {
        self.group = group
        self.name = name
        self.input = input
        self.replies = replies
        self.violation = violation
    }

    /// Input that closes the connection without a reply.
    static func closes(_ group: Int, _ name: String, _ input: String) -> Exchange {
        Exchange(group, name, input, [], violation: true)
    }
}

private let echo = "org.example.echo"
private let service = "org.varlink.service"

private func call(_ method: String, _ rest: String = "") -> String {
    #"{"method":"\#(echo).\#(method)"\#(rest)}"# + "\0"
}

private func say(_ text: String) -> String { call("Echo", #","parameters":{"text":"\#(text)"}"#) }

private func said(_ text: String) -> String { #"{"parameters":{"text":"\#(text)"}}"# }

private func failed(_ error: String, _ parameter: String, _ value: String) -> String {
    #"{"error":"\#(service).\#(error)","parameters":{"\#(parameter)":"\#(value)"}}"#
}

private func invalid(_ path: String) -> String { failed("InvalidParameter", "parameter", path) }

private func take(_ parameters: String) -> String {
    call("Take", #","parameters":{\#(parameters)}"#)
}

/// The vectors of the protocol reference, section 7; those that need a clock, another order of
/// answers or large input stand in the other tests of this folder.
let exchanges: [Exchange] = [
    Exchange(1, "one call", say("a"), [said("a")]),
    Exchange(2, "two calls in one read", say("a") + say("b"), [said("a"), said("b")]),
    Exchange(
        3,
        "whitespace around tokens",
        " \n{\t\"method\" : \"\(echo).Echo\" , \"parameters\" : { \"text\" : \"a\" } }\r\n\0",
        [said("a")]
    ),
    .closes(4, "empty frame", "\0"),
    Exchange(4, "empty frame after a call", say("a") + "\0", [said("a")], violation: true),
    .closes(5, "end inside a frame", #"{"method":"#),
    Exchange(5, "end inside the second frame", say("a") + "{", [said("a")], violation: true),
    Exchange(6, "absent parameters", call("Take"), ["{}"]),
    Exchange(7, "null parameters", call("Take", #","parameters":null"#), ["{}"]),
    Exchange(8, "empty parameters", call("Take", #","parameters":{}"#), ["{}"]),
    .closes(9, "a list as parameters", call("Take", #","parameters":[]"#)),
    .closes(9, "a string as parameters", call("Take", #","parameters":"a""#)),
    Exchange(
        10,
        "explicit false",
        call("Take", #","oneway":false,"more":false,"upgrade":false"#),
        ["{}"]
    ),
    .closes(11, "oneway and more", call("Take", #","oneway":true,"more":true"#)),
    .closes(11, "oneway and upgrade", call("Take", #","oneway":true,"upgrade":true"#)),
    .closes(11, "more and upgrade", call("Take", #","more":true,"upgrade":true"#)),
    .closes(12, "all flags", call("Take", #","oneway":true,"more":true,"upgrade":true"#)),
    .closes(13, "a number as flag", call("Take", #","more":1"#)),
    .closes(13, "a string as flag", call("Take", #","oneway":"true""#)),
    Exchange(14, "null flags", call("Take", #","more":null,"oneway":null"#), ["{}"]),
    .closes(15, "unknown member", call("Take", #","Method":"a""#)),
    .closes(15, "unknown member with an unknown sign", call("Take", #","a-b":{}"#)),
    Exchange(16, "vendor member", call("Take", #","org.example.trace":{"id":1}"#), ["{}"]),
    .closes(17, "a list", "[]\0"),
    .closes(17, "a string", "\"a\"\0"),
    .closes(17, "null", "null\0"),
    .closes(18, "no method", "{}\0"),
    .closes(18, "only parameters", #"{"parameters":{}}"# + "\0"),
    .closes(19, "a number as method", #"{"method":5}"# + "\0"),
    .closes(19, "null as method", #"{"method":null}"# + "\0"),
    Exchange(
        20,
        "no dot in the method",
        #"{"method":"Echo"}"# + "\0",
        [failed("InterfaceNotFound", "interface", "Echo")]
    ),
    Exchange(
        20,
        "unknown interface",
        #"{"method":"org.example.other.Echo"}"# + "\0",
        [failed("InterfaceNotFound", "interface", "org.example.other")]
    ),
    Exchange(
        20,
        "unknown method",
        call("Shout"),
        [failed("MethodNotFound", "method", "\(echo).Shout")]
    ),
    Exchange(
        20,
        "a type's or an error's name is no method",
        call("Refused"),
        [failed("MethodNotFound", "method", "\(echo).Refused")]
    ),
    Exchange(
        25,
        "bad UTF-8",
        Array(#"{"method":""#.utf8) + [0xFF] + Array("\"}\0".utf8),
        [],
        violation: true
    ),
    Exchange(
        26,
        "overlong UTF-8",
        Array(#"{"method":""#.utf8) + [0xC1, 0xA1] + Array("\"}\0".utf8),
        [],
        violation: true
    ),
    .closes(27, "lone surrogate", say(#"\ud800"#)),
    .closes(28, "NUL inside a string", say("a\0b")),
    Exchange(29, "escaped NUL", say(#"a\u0000b"#), [said(#"a\u0000b"#)]),
    .closes(30, "duplicate member", call("Take", #","method":"a""#)),
    .closes(30, "duplicate parameter", take(#""number":1,"number":1"#)),
    Exchange(
        31,
        "edges of int64",
        take(#""number":9223372036854775807"#) + take(#""number":-9223372036854775808"#),
        [
            #"{"parameters":{"number":9223372036854775807}}"#,
            #"{"parameters":{"number":-9223372036854775808}}"#,
        ]
    ),
    Exchange(
        32,
        "largest uint64",
        take(#""number":18446744073709551615"#),
        [#"{"parameters":{"number":18446744073709551615}}"#]
    ),
    Exchange(33, "2^64", take(#""number":18446744073709551616"#), [invalid("number")]),
    Exchange(33, "1e400", take(#""real":1e400"#), [invalid("real")]),
    Exchange(33, "1e400 in a free object", take(#""free":{"a":[1e400]}"#), [invalid("free.a.0")]),
    Exchange(34, "1.0 as int", take(#""number":1.0"#), [invalid("number")]),
    Exchange(34, "1e3 as int", take(#""number":1e3"#), [invalid("number")]),
    Exchange(34, "1e3 as float", take(#""real":1e3"#), [#"{"parameters":{"real":1000.0}}"#]),
    .closes(35, "NaN", take(#""real":NaN"#)),
    Exchange(36, "unknown field", take(#""size":1"#), [invalid("size")]),
    Exchange(37, "missing field", call("Echo"), [invalid("text")]),
    Exchange(
        37,
        "null for a field",
        call("Echo", #","parameters":{"text":null}"#),
        [invalid("text")]
    ),
    Exchange(
        37,
        "null for a nullable field",
        take(#""number":null"#),
        [#"{"parameters":{"number":null}}"#]
    ),
    Exchange(
        38,
        "unknown method oneway, then a normal call",
        call("Shout", #","oneway":true"#) + say("a"),
        [said("a")]
    ),
    Exchange(
        38,
        "oneway that fails, then a normal call",
        call("Echo", #","oneway":true"#) + call("Watch", #","oneway":true"#) + say("a"),
        [said("a")]
    ),
    Exchange(
        40,
        "more on a plain method",
        call("Take", #","more":true"#) + say("a"),
        ["{}", said("a")]
    ),
    Exchange(
        40,
        "a stream",
        call("Count", #","parameters":{"to":3},"more":true"#) + say("a"),
        [
            #"{"continues":true,"parameters":{"at":1}}"#,
            #"{"continues":true,"parameters":{"at":2}}"#,
            #"{"parameters":{"at":3}}"#, said("a"),
        ]
    ),
    Exchange(
        41,
        "more is missing",
        call("Watch") + say("a"),
        [#"{"error":"\#(service).ExpectedMore"}"#, said("a")]
    ),
    Exchange(
        44,
        "no continues without more",
        call("Count", #","parameters":{"to":3}"#),
        [#"{"parameters":{"at":3}}"#]
    ),
    Exchange(45, "half-close after the last call", say("a") + say("b"), [said("a"), said("b")]),
    Exchange(
        46,
        "upgrade is refused, the connection stays usable",
        call("Take", #","upgrade":true"#) + say("a"),
        [failed("MethodNotImplemented", "method", "\(echo).Take"), said("a")]
    ),
    Exchange(
        21,
        "an error with parameters",
        say("refuse"),
        [#"{"error":"\#(echo).Refused","parameters":{"text":"refuse"}}"#]
    ),
    Exchange(
        21,
        "the service's own interface",
        #"{"method":"\#(service).GetInfo"}"# + "\0" + say("a"),
        [
            #"{"parameters":{"vendor":"Example","product":"Echo","version":"1","#
                + #""url":"https://example.org","interfaces":["\#(service)","\#(echo)"]}}"#,
            said("a"),
        ]
    ),
    Exchange(
        21,
        "the description of no interface",
        #"{"method":"\#(service).GetInterfaceDescription","parameters":{"interface":"a.b"}}"#
            + "\0",
        [failed("InterfaceNotFound", "interface", "a.b")]
    ),
    Exchange(
        21,
        "a description without a name",
        #"{"method":"\#(service).GetInterfaceDescription"}"# + "\0",
        [invalid("interface")]
    ),
]
