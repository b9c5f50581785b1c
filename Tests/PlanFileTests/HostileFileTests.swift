import PlanFile
import Supervision
import Testing

@Suite struct HostileFileTests {
    @Test func `a billion laughs end before any is heard`() {
        var lines = ["a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
        for (next, previous) in zip("bcdefghij", "abcdefghi") {
            let laughs = Array(repeating: "*\(previous)", count: 9).joined(separator: ", ")
            lines.append("\(next): &\(next) [\(laughs)]")
        }
        lines.append("? *j\n: x")
        let problems = Fixtures.problems(in: lines.joined(separator: "\n"))
        #expect(problems.first == anchor(1, 4))
        #expect(problems.count == 9 * 10 + 2)
    }

    private func anchor(_ line: Int, _ column: Int) -> String {
        "\(line):\(column): `&` begins an anchor, which plans do not use; "
            + "put a text that begins with `&` in quotes"
    }

    @Test(arguments: [
        "{a: &x 1}", "[&x 1]", "[a, &x 1]", "- &x 1", "- - &x 1", "? &x a", "a:\n  &x b",
        "{\"a\":&x b}", "--- &x a", "a: # c\n  &x b", "a: |\n  t\nb: &x c", "'a': &x b",
        "a: 'it''s'\nb: &x c", "a: \"q\\\"q\"\nb: &x c", "a: don't\nb: &x c # '",
    ])
    func `no anchor hides`(text: String) {
        let problems = Fixtures.problems(in: text)
        #expect(problems.contains { $0.contains("`&` begins an anchor") }, "\(problems)")
    }

    @Test(arguments: [
        "a: R&D", "a: x &y", "a: '&x'", "a: \"*x\"", "a: |\n  &x\n  *y", "a: >-\n\n  *y\nb: c",
        "# &x\na: b", "a: b # *x", "a: 'x\n  &y'", "- a: |\n    &x\n  b: c", "a: 5 * 3", "a: b!",
    ])
    func `an ordinary text is no anchor, alias or tag`(text: String) {
        let problems = Fixtures.problems(in: text)
        #expect(!problems.contains { $0.contains(" begins a") }, "\(problems)")
    }

    @Test(arguments: [
        (String(repeating: "[", count: 100_000), "1:33: nested deeper than 32 levels"),
        ("a: " + String(repeating: "{a: ", count: 50_000), "1:132: nested deeper than 32 levels"),
        (String(repeating: "- ", count: 500) + "a", "1:65: nested deeper than 32 levels"),
        (String(repeating: "? ", count: 500) + "a", "1:3: a list or table as a key"),
        (String(repeating: "a", count: 4 * 1024 * 1024 + 1), "1:1: larger than 4 MiB"),
    ])
    func `depth and size are bounded`(text: String, start: String) {
        let problems = Fixtures.problems(in: text)
        #expect(problems.contains { $0.hasPrefix(start) }, "\(problems)")
    }

    @Test(arguments: [
        "", "\n", "# nothing", "---", "a", "[]", "{}", "%YAML 9.9\n---\na: b", "a: b\n---\nc: d",
        "a: [", "a: 'b", "\t- a", "a: b: c", "\u{0}", "a: \u{FFFE}", "? a", "!", "&", "*", ":", "-",
        "a: |9\n x", "\"\\ud800\": b", "{a: 1, a: 2, a: 3}", "a: 1\n\"a\": 2\n'a': 3",
    ])
    func `what is no plan is refused with a place`(text: String) throws {
        let problem = try #require(Fixtures.problems(in: text).first)
        #expect(problem.contains(#/^\d+:\d+: ./#), "\(problem)")
    }

    @Test func `a key given three times is named twice`() {
        let text = Fixtures.base + "\nladder: default\nladder: default"
        #expect(
            Fixtures.problems(in: text) == [
                "25:1: key `ladder` is given twice, first in line 23 at column 1; keep one",
                "26:1: key `ladder` is given twice, first in line 23 at column 1; keep one",
            ]
        )
    }

    @Test(arguments: ["demo", "office", "pingchang-2019"])
    func `a shipped plan without one of its lines never crashes`(name: String) throws {
        let text = try Fixtures.text("\(Fixtures.etc)/plans/\(name).yaml")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var refused = 0
        // The county has 900 lines of few kinds; some forty of them meet each kind.
        for index in stride(from: 0, to: lines.count, by: lines.count > 200 ? 23 : 1) {
            var rest = lines
            rest.remove(at: index)
            refused += Fixtures.problems(in: rest.joined(separator: "\n")).isEmpty ? 0 : 1
        }
        #expect(refused > 0)
    }

    @Test(arguments: ["demo", "office"])
    func `a shipped plan without one of its keys is refused or still a plan`(name: String) throws {
        let text = try Fixtures.text("\(Fixtures.etc)/plans/\(name).yaml")
        var refused = 0
        for match in text.matches(of: #/[a-z]+:[ \n]/#) {
            var rest = text
            rest.removeSubrange(match.range)
            refused += Fixtures.problems(in: rest).isEmpty ? 0 : 1
        }
        #expect(refused > 10)
    }

    @Test func `a plan with random damage never crashes`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("damage seed \(seed)")
        var generator = Generator(state: seed)
        let original = Array(try Fixtures.text("\(Fixtures.etc)/plans/demo.yaml").unicodeScalars)
        let marks = Array("{}[]:,-#&*!|>'\"%@`?\n \t~\\\u{202E}路".unicodeScalars)
        for _ in 0..<300 {
            var scalars = original
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let index = Int.random(in: 0..<scalars.count, using: &generator)
                let mark = marks.randomElement(using: &generator) ?? " "
                if Bool.random(using: &generator) {
                    scalars[index] = mark
                } else {
                    scalars.insert(mark, at: index)
                }
            }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            let problems = Fixtures.problems(in: String(view))
            #expect(problems.allSatisfy { $0.contains(#/^\d+:\d+: ./#) }, "seed \(seed)")
        }
    }
}

/// A small generator whose seed is printed (SplitMix64).
private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
