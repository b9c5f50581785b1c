import Ledger
import Testing

struct CanonicalValueTests {
    static let forms: [(CanonicalValue, String)] = [
        (.bool(true), "true"),
        (.bool(false), "false"),
        (.int(0), "0"),
        (.int(-1), "-1"),
        (.int(9_007_199_254_740_991), "9007199254740991"),
        (.int(-9_007_199_254_740_991), "-9007199254740991"),
        (.string(""), "\"\""),
        (.string("张三"), "\"张三\""),
        (.string("a\"b\\c/d"), #""a\"b\\c/d""#),
        (.string("\u{8}\t\n\u{c}\r"), #""\b\t\n\f\r""#),
        (.string("\r\n"), #""\r\n""#),
        (.string("\u{0}\u{1f}\u{7f}\u{2028}"), "\"\\u0000\\u001f\u{7f}\u{2028}\""),
        (.string("e\u{301}"), "\"e\u{301}\""),
        (.string("😀"), "\"😀\""),
        (.array([]), "[]"),
        (.array([.int(1), .array([]), .bool(true)]), "[1,[],true]"),
        (.object([:]), "{}"),
        (.object(["b": .int(1), "a": .int(2)]), #"{"a":2,"b":1}"#),
        (
            .object(["a": .int(1), "Z": .int(2), "_": .int(3), "9": .int(4), "a.b-c": .int(5)]),
            #"{"9":4,"Z":2,"_":3,"a":1,"a.b-c":5}"#
        ),
    ]

    @Test(arguments: forms)
    func `a value and its bytes stand for each other`(value: CanonicalValue, text: String) throws {
        #expect(String(decoding: value.bytes, as: UTF8.self) == text)
        #expect(try CanonicalValue(canonical: Array(text.utf8)) == value)
    }

    static let refused: [(String, String)] = [
        ("", "byte 0: expected a value"),
        ("nul", "byte 0: null has no canonical form"),
        ("null", "byte 0: null has no canonical form"),
        ("tru", "byte 3: expected true"),
        (" 1", "byte 0: expected a value"),
        ("1 ", "byte 1: expected the end"),
        ("1\n", "byte 1: expected the end"),
        ("[1, 2]", "byte 3: expected a value"),
        ("[1,]", "byte 3: expected a value"),
        ("[1", "byte 2: expected , or ]"),
        ("1.0", "byte 1: a number with a fraction"),
        ("1e3", "byte 1: a number with a fraction"),
        ("1E3", "byte 1: a number with a fraction"),
        ("NaN", "byte 0: expected a value"),
        ("-0", "byte 0: -0 must read 0"),
        ("01", "byte 0: 01 must read 1"),
        ("-", "byte 0: - is not an integer"),
        ("9007199254740992", "is not an integer within"),
        ("-9007199254740992", "is not an integer within"),
        ("99999999999999999999999999", "is not an integer within"),
        (#"{"a":1,"a":1}"#, "keys are sorted and unique"),
        (#"{"b":1,"a":1}"#, "byte 7: the key \"a\" follows \"b\""),
        (#"{"":1}"#, "byte 1: the key \"\" is not made of"),
        (#"{"é":1}"#, "is not made of"),
        (#"{"a b":1}"#, "is not made of"),
        (#"{"a":1,}"#, "byte 7: expected a string"),
        (#"{"a"}"#, "byte 4: expected :"),
        (#"{"a":null}"#, "byte 5: null has no canonical form"),
        (#"{a:1}"#, "byte 1: expected a string"),
        (#""a"#, "byte 2: the string has no end"),
        (#""a\"#, "byte 2: the string has no end"),
        ("\"\n\"", "byte 1: a control character must be escaped"),
        (#""\/""#, "byte 1: this escape is not the shortest"),
        (#""\u0041""#, "byte 1: this escape is not the shortest"),
        (#""\u000a""#, "byte 1: this escape is not the shortest"),
        (#""\u001F""#, "byte 1: this escape is not the shortest"),
        (#""\u00""#, "byte 1: this escape is not the shortest"),
        (#""\ud83d\ude00""#, "byte 1: this escape is not the shortest"),
    ]

    @Test(arguments: refused)
    func `any other form is refused with its place`(text: String, reason: String) {
        let error = #expect(throws: CanonicalError.self) {
            try CanonicalValue(canonical: Array(text.utf8))
        }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }

    @Test(arguments: [
        [0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22],
        [0x22, 0xe5, 0xbc, 0x22],
    ])
    func `bytes that are no UTF-8 are refused`(bytes: [Int]) {
        #expect(throws: CanonicalError.malformed(byte: 0, what: "the string is not valid UTF-8")) {
            try CanonicalValue(canonical: bytes.map(UInt8.init))
        }
    }

    @Test func `32 levels are read and 33 are refused`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array(
                (String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8
            )
        }
        let deepest = try CanonicalValue(canonical: nested(32))
        #expect(deepest.bytes == nested(32))
        try deepest.validate()
        #expect(throws: CanonicalError.self) { try CanonicalValue(canonical: nested(33)) }
        #expect(throws: CanonicalError.self) { try CanonicalValue(canonical: nested(1_000_000)) }
        #expect(throws: CanonicalError.self) { try CanonicalValue.array([deepest]).validate() }
    }

    @Test func `two spellings of a letter are two values`() {
        let composed = CanonicalValue.string("\u{e9}")
        let decomposed = CanonicalValue.string("e\u{301}")
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
    }

    @Test(arguments: [
        (CanonicalValue.object(["a": .array([.int(1), .int(.max)])]), "a[1]: 9223372036854775807"),
        (CanonicalValue.object(["a": .object(["街道": .int(1)])]), "a: the key \"街道\""),
    ])
    func `a value outside of the subset is named`(value: CanonicalValue, reason: String) {
        let error = #expect(throws: CanonicalError.self) { try value.validate() }
        #expect(error?.description.hasPrefix(reason) == true, "\(String(describing: error))")
    }

    @Test func `parse inverts print`() throws {
        var random = Seeded()
        for _ in 0..<500 {
            let value = CanonicalValue.random(depth: 4, using: &random)
            let bytes = value.bytes
            let parsed = try CanonicalValue(canonical: bytes)
            #expect(parsed == value, "seed \(Seeded.seed)")
            #expect(parsed.bytes == bytes, "seed \(Seeded.seed)")
        }
    }

    @Test func `whatever is accepted prints as it was`() {
        var random = Seeded()
        var accepted = 0
        for _ in 0..<5_000 {
            var bytes = CanonicalValue.random(depth: 3, using: &random).bytes
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            default: bytes.insert(bytes[place], at: place)
            }
            guard let value = try? CanonicalValue(canonical: bytes) else { continue }
            accepted += 1
            #expect(value.bytes == bytes, "seed \(Seeded.seed)")
        }
        #expect(accepted > 0)
    }
}

extension CanonicalValue {
    fileprivate static func random(depth: Int, using random: inout Seeded) -> CanonicalValue {
        switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &random) {
        case 0: return .bool(Bool.random(using: &random))
        case 1: return .int(Int64.random(in: integerRange, using: &random))
        case 2: return .int(Int64.random(in: -10...10, using: &random))
        case 3: return .string(randomText(using: &random))
        case 4:
            let count = Int.random(in: 0..<5, using: &random)
            return .array((0..<count).map { _ in Self.random(depth: depth - 1, using: &random) })
        default:
            var members: [String: CanonicalValue] = [:]
            for _ in 0..<Int.random(in: 0..<5, using: &random) {
                let letters = "abcXYZ019_.-"
                let key = (0..<3).compactMap { _ in letters.randomElement(using: &random) }
                members[String(key)] = Self.random(depth: depth - 1, using: &random)
            }
            return .object(members)
        }
    }

    private static func randomText(using random: inout Seeded) -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<8, using: &random) {
            let bound: UInt32 =
                [0x20, 0x80, 0x3000, 0x11_0000].randomElement(using: &random) ?? 0x80
            let value = UInt32.random(in: 0..<bound, using: &random)
            if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}
