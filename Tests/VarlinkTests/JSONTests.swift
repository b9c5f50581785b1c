import Testing
import Varlink

/// One text that JSON's grammar accepts.
struct Accepted: Sendable, CustomTestStringConvertible {
    let text: String
    let value: JSON
    var testDescription: String { text }

    init(_ text: String, _ value: JSON) {
        self.text = text
        self.value = value
    }
}

/// One text that is refused, as bytes since some are no UTF-8.
struct Refused: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let reason: JSONError.Reason
    let offset: Int
    var testDescription: String { String(decoding: bytes, as: UTF8.self) }

    init(_ text: String, _ reason: JSONError.Reason, _ offset: Int) {
        self.init(Array(text.utf8), reason, offset)
    }

    init(_ bytes: [UInt8], _ reason: JSONError.Reason, _ offset: Int) {
        self.bytes = bytes
        self.reason = reason
        self.offset = offset
    }
}

private let accepted: [Accepted] = [
    Accepted("null", .null),
    Accepted(" \t\r\n true ", true),
    Accepted("false", false),
    Accepted("0", 0),
    Accepted("-0", 0),
    Accepted("9223372036854775807", .int(.max)),
    Accepted("-9223372036854775808", .int(.min)),
    Accepted("9223372036854775808", .uint(1 << 63)),
    Accepted("18446744073709551615", .uint(.max)),
    Accepted("18446744073709551616", .outOfRange("18446744073709551616")),
    Accepted("-9223372036854775809", .outOfRange("-9223372036854775809")),
    Accepted("1e400", .outOfRange("1e400")),
    Accepted("-1E+400", .outOfRange("-1E+400")),
    Accepted("1.0", .double(1)),
    Accepted("1e3", .double(1_000)),
    Accepted("-2.5E-1", .double(-0.25)),
    Accepted("9007199254740993", .int(9_007_199_254_740_993)),
    Accepted(#""""#, ""),
    Accepted(#""督办 🚰 é""#, "督办 🚰 é"),
    Accepted(#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    Accepted(#""a\u0000b\u00e9\u7763\uD83D\udeb0""#, "a\0b\u{E9}督🚰"),
    Accepted("\"\u{7F}\u{2028}\u{FEFF}\"", "\u{7F}\u{2028}\u{FEFF}"),
    Accepted("[]", []),
    Accepted("[ 1 , [ ] , { } ]", [1, [], [:]]),
    Accepted(#"{ "a" : { "b" : [ null ] } , "" : 1 }"#, ["a": ["b": [.null]], "": 1]),
]

private let refused: [Refused] = [
    Refused("", .truncated, 0),
    Refused("  ", .truncated, 2),
    Refused("\u{FEFF}{}", .unexpectedByte, 0),
    Refused("{}x", .trailingBytes, 2),
    Refused("{} {}", .trailingBytes, 3),
    Refused(#"{"a":1,}"#, .unexpectedByte, 7),
    Refused("[1,]", .unexpectedByte, 3),
    Refused("[1 2]", .unexpectedByte, 3),
    Refused("[1", .truncated, 2),
    Refused(#"{"a" 1}"#, .unexpectedByte, 5),
    Refused("{a:1}", .unexpectedByte, 1),
    Refused(#"{'a':1}"#, .unexpectedByte, 1),
    Refused("/* */ 1", .unexpectedByte, 0),
    Refused("[1] // x", .trailingBytes, 4),
    Refused("tru", .truncated, 3),
    Refused("True", .unexpectedByte, 0),
    Refused("nulL", .unexpectedByte, 3),
    Refused("NaN", .unexpectedByte, 0),
    Refused("Infinity", .unexpectedByte, 0),
    Refused("-Infinity", .invalidNumber, 1),
    Refused("+1", .unexpectedByte, 0),
    Refused(".5", .unexpectedByte, 0),
    Refused("1.", .truncated, 2),
    Refused("[1.]", .invalidNumber, 3),
    Refused("01", .invalidNumber, 1),
    Refused("-01", .invalidNumber, 2),
    Refused("-", .truncated, 1),
    Refused("1e", .truncated, 2),
    Refused("[1e+]", .invalidNumber, 4),
    Refused("0x10", .trailingBytes, 1),
    Refused("1_000", .trailingBytes, 1),
    Refused(#""abc"#, .truncated, 4),
    Refused(#""a\"#, .truncated, 3),
    Refused(#""\x""#, .invalidEscape, 2),
    Refused(#""\u12G4""#, .invalidEscape, 5),
    Refused(#""\uD800""#, .invalidEscape, 3),
    Refused(#""\uD800\n""#, .invalidEscape, 3),
    Refused(#""\uD800\uD800""#, .invalidEscape, 3),
    Refused(#""\uDC00""#, .invalidEscape, 3),
    Refused("\"a\nb\"", .controlByte, 2),
    Refused("\"\\n\u{1F}\"", .controlByte, 3),
    Refused("\"a\0b\"", .controlByte, 2),
    Refused([0x22, 0xFF, 0x22], .invalidUTF8, 1),
    Refused([0x22, 0xC0, 0xAF, 0x22], .invalidUTF8, 1),
    Refused([0x22, 0xE0, 0x80, 0xAF, 0x22], .invalidUTF8, 1),
    Refused([0x22, 0xED, 0xA0, 0x80, 0x22], .invalidUTF8, 1),
    Refused([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], .invalidUTF8, 1),
    Refused([0x22, 0x5C, 0x6E, 0xC3, 0x22], .invalidUTF8, 1),
    Refused([0x22, 0xE7, 0x9D, 0x22], .invalidUTF8, 1),
    Refused(#"{"a":1,"a":1}"#, .duplicateMember, 7),
    Refused(#"{"a":1,"\u0061":2}"#, .duplicateMember, 7),
    Refused(#"[{"b":{"x":1,"y":2,"x":3}}]"#, .duplicateMember, 19),
]

@Test(arguments: accepted)
func `a strict text parses, and prints to a text that parses to the same`(
    _ entry: Accepted
) throws {
    let value = try JSON(parsing: Array(entry.text.utf8))
    #expect(value == entry.value)
    #expect(try JSON(parsing: value.serialized()) == value)
    #expect(try JSON(parsing: value.pretty().utf8) == value)
}

@Test(arguments: refused)
func `a text that is not strictly JSON is refused at its byte`(_ entry: Refused) {
    let error = JSONError(entry.reason, at: entry.offset)
    #expect(throws: error) { try JSON(parsing: entry.bytes) }
    let embedded = [0x20, 0x0A] + entry.bytes
    let shifted = JSONError(entry.reason, at: entry.offset + 2)
    #expect(throws: shifted) { try JSON(parsing: embedded[...]) }
}

@Test(arguments: accepted)
func `no proper prefix of an object parses`(_ entry: Accepted) throws {
    let bytes = Array(#"{"a":\#(entry.text)}"#.utf8)
    _ = try JSON(parsing: bytes)
    for length in bytes.indices {
        #expect(throws: JSONError.self) { try JSON(parsing: bytes[..<length]) }
    }
}

@Test(arguments: [
    (#"{"a":"\u0001\n\u001f\"\\/é督"}"#, #"{"a":"\u0001\n\u001f\"\\/é督"}"#),
    (#" { "z" : 1 , "a" : [ 1.0 , 2.5 , 1e2 ] } "#, #"{"z":1,"a":[1.0,2.5,100.0]}"#),
    (#"[1e400, 18446744073709551616, {}, []]"#, "[1e400,18446744073709551616,{},[]]"),
])
func `printing keeps order, raw UTF-8 and escapes only what it must`(
    _ text: String,
    _ printed: String
) throws {
    #expect(try JSON(parsing: text.utf8).text == printed)
}

@Test func `pretty printing indents by two spaces`() {
    let value: JSON = ["a": [1, [:]], "b": []]
    #expect(value.pretty() == "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}")
}

@Test func `numbers that JSON lacks are printed as null`() {
    #expect(JSON.array([.double(.nan), .double(.infinity)]).text == "[null,null]")
}

@Test func `depth, items, strings and messages end exactly at their limits`() throws {
    func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    func list(_ count: Int) -> String {
        "[" + Array(repeating: "0", count: count).joined(separator: ",") + "]"
    }
    func object(_ count: Int) -> String {
        "{" + (0..<count).map { "\"k\($0)\":0" }.joined(separator: ",") + "}"
    }
    let passing = [
        nested(32), list(1_000), object(1_000),
        "\"" + String(repeating: "a", count: 65_536) + "\"",
        "\"\\n" + String(repeating: "a", count: 65_535) + "\"",
    ]
    for text in passing { _ = try JSON(parsing: text.utf8) }
    let failing: [(String, JSONError.Reason)] = [
        (nested(33), .tooDeep), (list(1_001), .tooManyItems), (object(1_001), .tooManyItems),
        ("\"" + String(repeating: "a", count: 65_537) + "\"", .tooLong),
        ("\"\\n" + String(repeating: "a", count: 65_536) + "\"", .tooLong),
        (String(repeating: "1", count: 65_537), .tooLong),
        (String(repeating: " ", count: 1 << 20) + "1", .messageTooLong),
    ]
    for (text, reason) in failing {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: text.utf8) }
        #expect(error?.reason == reason)
    }
    _ = try JSON(parsing: list(1_001).utf8, limits: JSONLimits(items: 1_001))
}

@Test func `a duplicate is found in a large object, too`() {
    let members = (0..<100).map { "\"k\($0)\":0" }.joined(separator: ",")
    let error = #expect(throws: JSONError.self) {
        try JSON(parsing: "{\(members),\"k50\":1}".utf8)
    }
    #expect(error?.reason == .duplicateMember)
}

@Test func `objects are equal whatever their order, and keep it`() {
    let left: JSONObject = ["a": 1, "b": 2]
    var right: JSONObject = ["b": 2]
    #expect(left != right)
    right["a"] = 1
    #expect(left == right)
    #expect(left.hashValue == right.hashValue)
    #expect(right.map(\.key) == ["b", "a"])
    right["b"] = nil
    #expect(right == ["a": 1])
    right["a"] = 2
    #expect(right == ["a": 2])
}

@Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
func `random values survive printing and parsing`(_ seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    for _ in 0..<400 {
        let value = JSON.random(depth: 4, using: &random)
        #expect(try JSON(parsing: value.serialized()) == value, "seed \(seed)")
    }
}

@Test(arguments: [11, 12, 13] as [UInt64])
func `random bytes never crash the parser`(_ seed: UInt64) {
    var random = SplitMix(seed: seed)
    let alphabet = Array(#"{}[]:,"\u0159eE+-. tfnrueals"#.utf8) + [0x80, 0xC3, 0xFF, 0x00]
    var parsed = 0
    for _ in 0..<20_000 {
        let length = Int.random(in: 0...12, using: &random)
        let bytes = (0..<length).map { _ in
            alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        }
        do {
            let value = try JSON(parsing: bytes)
            #expect(try JSON(parsing: value.serialized()) == value, "seed \(seed), \(bytes)")
            parsed += 1
        } catch {
            #expect(error.offset <= bytes.count, "seed \(seed), \(bytes)")
        }
    }
    #expect(parsed > 0)
}

/// A random source with a printed seed.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension JSON {
    static func random(depth: Int, using random: inout SplitMix) -> JSON {
        switch Int.random(in: 0...(depth > 0 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .int(Int64.random(in: .min ... .max, using: &random))
        case 3: return JSON(UInt64.random(in: .min ... .max, using: &random))
        case 4: return .double(Double.random(in: -1e9...1e9, using: &random))
        case 5: return .string(text(using: &random))
        case 6:
            let count = Int.random(in: 0...4, using: &random)
            return .array((0..<count).map { _ in JSON.random(depth: depth - 1, using: &random) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                object[text(using: &random)] = JSON.random(depth: depth - 1, using: &random)
            }
            return .object(object)
        }
    }

    private static func text(using random: inout SplitMix) -> String {
        let scalars = Array("\0\n\"\\aé督🚰\u{1F}/".unicodeScalars)
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            text.append(scalars[Int.random(in: 0..<scalars.count, using: &random)])
        }
        return String(text)
    }
}
