import Ledger
import Testing

private enum Kind: String, Codable {
    case inspect
    case review
}

private enum Source: Codable, Hashable {
    case kernel(uid: UInt32)
    case timer
    case pair(Int, String)
}

private struct Stage: Codable, Hashable {
    var name: String
    var workdays: Int
}

private struct Sample: Codable, Hashable {
    var title = "路灯"
    var due: Int64 = 1_602_460_800_000_000
    var small: UInt8 = 7
    var uid: UInt32 = .max
    var done = true
    var person: String?
    var kind = Kind.review
    var source = Source.kernel(uid: 1000)
    var others = [Source.timer, .pair(3, "x")]
    var stages = [Stage(name: "survey", workdays: 15), Stage(name: "works", workdays: 60)]
    var counts = ["a": 1, "b": 2]
    var plans: [String: [Stage]] = [:]
    var digest = Digest.sha256([])
    var nested: [[Int]] = [[], [1, 2]]
}

private class Base: Codable {
    var base = 1
}

private final class Derived: Base {
    var own = 2

    enum CodingKeys: String, CodingKey {
        case own
    }

    override init() { super.init() }

    required init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        own = try container.decode(Int.self, forKey: .own)
        try super.init(from: container.superDecoder())
    }

    override func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(own, forKey: .own)
        try super.encode(to: container.superEncoder())
    }
}

private struct Nesting: Codable, Hashable {
    var x = 1
    var y = [2, 3]

    enum Outer: String, CodingKey {
        case inner
        case list
    }

    enum Inner: String, CodingKey { case x }

    init() {}

    init(from decoder: any Decoder) throws {
        let outer = try decoder.container(keyedBy: Outer.self)
        x = try outer.nestedContainer(keyedBy: Inner.self, forKey: .inner).decode(
            Int.self,
            forKey: .x
        )
        var list = try outer.nestedUnkeyedContainer(forKey: .list)
        var first = try list.nestedUnkeyedContainer()
        y = []
        while !first.isAtEnd { y.append(try first.decode(Int.self)) }
    }

    func encode(to encoder: any Encoder) throws {
        var outer = encoder.container(keyedBy: Outer.self)
        var inner = outer.nestedContainer(keyedBy: Inner.self, forKey: .inner)
        try inner.encode(x, forKey: .x)
        var list = outer.nestedUnkeyedContainer(forKey: .list)
        var first = list.nestedUnkeyedContainer()
        for element in y { try first.encode(element) }
    }
}

struct CanonicalCodingTests {
    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try CanonicalEncoder.encode(value).bytes, as: UTF8.self)
    }

    @Test func `a structure reads as it was written`() throws {
        var sample = Sample()
        #expect(try roundTrip(sample) == sample)
        sample.person = "p-014"
        sample.plans = ["env.lighting": sample.stages]
        #expect(try roundTrip(sample) == sample)
    }

    private func roundTrip<T: Codable>(_ value: T) throws -> T {
        let bytes = try CanonicalEncoder.encode(value).bytes
        return try CanonicalDecoder.decode(T.self, from: CanonicalValue(canonical: bytes))
    }

    @Test func `the bytes of a structure are sorted and hold no null`() throws {
        #expect(
            try text(Sample()) == """
                {"counts":{"a":1,"b":2},"digest":"\(Digest.sha256([]))","done":true,\
                "due":1602460800000000,"kind":"review","nested":[[],[1,2]],\
                "others":[{"timer":{}},{"pair":{"_0":3,"_1":"x"}}],"plans":{},"small":7,\
                "source":{"kernel":{"uid":1000}},"stages":[{"name":"survey","workdays":15},\
                {"name":"works","workdays":60}],"title":"路灯","uid":4294967295}
                """
        )
    }

    @Test func `nested containers and superclasses keep their places`() throws {
        #expect(try text(Nesting()) == #"{"inner":{"x":1},"list":[[2,3]]}"#)
        #expect(try roundTrip(Nesting()) == Nesting())
        #expect(try text(Derived()) == #"{"own":2,"super":{"base":1}}"#)
        let derived = Derived()
        derived.base = 8
        derived.own = 9
        let read = try roundTrip(derived)
        #expect(read.base == 8)
        #expect(read.own == 9)
    }

    @Test func `single values stand for themselves`() throws {
        #expect(try text("x") == #""x""#)
        #expect(try text(true) == "true")
        #expect(try text([Int64(-5)]) == "[-5]")
        #expect(try text(Optional(3)) == "3")
        #expect(try text([Int]()) == "[]")
        #expect(try text([3: "a", 20: "b"]) == #"{"20":"b","3":"a"}"#)
        #expect(try roundTrip(Kind.inspect) == .inspect)
    }

    private func reason(_ value: some Encodable) -> String {
        do {
            return "accepted \(try CanonicalEncoder.encode(value))"
        } catch {
            return "\(error)"
        }
    }

    @Test func `what has no canonical form is refused with its path`() {
        #expect(reason(["a": ["b": [1.5]]]) == "a.b[0]: a float has no canonical form")
        #expect(reason(Float(1)) == "a float has no canonical form")
        #expect(reason([1, nil]) == "[1]: null has no canonical form")
        #expect(reason(["a": Int?.none]) == "a: null has no canonical form")
        #expect(reason(["a": UInt64.max]).hasPrefix("a: 18446744073709551615 is outside"))
        #expect(reason(["a": Int64(9_007_199_254_740_992)]).hasPrefix("a: 9007199254740992 is out"))
        #expect(reason(["街": 1]).hasPrefix("the key \"街\" is not made of"))
        #expect(reason(["a": Set([1])]) == "a: Set<Int> has no order: encode a sorted array")
        #expect(reason([true: 1]) == "Dictionary<Bool, Int> has no order: encode a sorted array")
    }

    private func reason<T: Decodable>(_ type: T.Type, from text: String) throws -> String {
        let value = try CanonicalValue(canonical: Array(text.utf8))
        do {
            return "accepted \(try CanonicalDecoder.decode(type, from: value))"
        } catch {
            return "\(error)"
        }
    }

    @Test func `what does not fit a type is refused with its path`() throws {
        #expect(
            try reason([Stage].self, from: #"[{"name":"a","workdays":"x"}]"#)
                == "[0].workdays: expected an integer, found a string"
        )
        #expect(
            try reason([Stage].self, from: #"[{"name":"a"}]"#) == "[0].workdays: the key is missing"
        )
        #expect(
            try reason(UInt8.self, from: "256") == "expected an integer that fits UInt8, found 256"
        )
        #expect(
            try reason(UInt32.self, from: "-1").hasPrefix("expected an integer that fits UInt32")
        )
        #expect(try reason(Bool.self, from: "1") == "expected a boolean, found 1")
        #expect(try reason(String.self, from: "true") == "expected a string, found true")
        #expect(try reason([Int].self, from: "{}") == "expected an array, found an object")
        #expect(try reason([String: Int].self, from: "[]") == "expected an object, found an array")
        #expect(try reason(Double.self, from: "1") == "a float has no canonical form")
        #expect(try reason([String: Kind].self, from: #"{"a":"x"}"#).hasPrefix("a: Cannot init"))
        #expect(
            try reason([Digest].self, from: #"["00"]"#)
                == "[0]: expected 64 lower-case hexadecimal digits"
        )
    }
}
