import Testing
import Varlink

@testable import DubanWorker

struct PluginOutputTests {
    @Test(arguments: [
        ("", "", "", 0),
        ("OK\n", "OK", "OK", 0),
        ("OK - fine | a=1\n", "OK - fine", "OK - fine", 1),
        ("OK|a=1\nmore\n", "OK", "OK\nmore", 1),
        ("OK|a=1\nmore | b=2\nc=3\nd=4", "OK", "OK\nmore", 4),
        ("\n\n", "", "", 0),
        ("a\r\nb\r\n", "a", "a\nb", 0),
    ])
    func `text and data are told apart`(
        output: String,
        line: String,
        text: String,
        measures: Int
    ) {
        let parsed = PluginOutput(output)
        #expect(parsed.line == line)
        #expect(parsed.text == text)
        #expect(parsed.measures.count == measures)
    }

    @Test(arguments: [
        ("a=1", Measure(label: "a", value: 1)),
        (
            "'/var log'=42%;80;90;0;100",
            Measure(label: "/var log", value: 42, unit: "%", warn: "80", crit: "90")
        ),
        ("load1=0.25;;@5:10", Measure(label: "load1", value: 0.25, crit: "@5:10")),
        ("'it''s'=-3s", Measure(label: "it's", value: -3, unit: "s")),
        ("size=10MB", Measure(label: "size", value: 10, unit: "MB")),
        ("x=U", Measure(label: "x")),
    ])
    func `a measure is read`(text: String, measure: Measure) {
        #expect(Measure.list(Substring(text)) == [measure])
    }

    @Test(arguments: ["a", "=1", "a=", "a=x", "'a=1", "''=1", "a=1.2.3", "a=+-1"])
    func `what is no measure is left out, and the next one is read`(text: String) {
        #expect(Measure.list(Substring(text)) == [])
        let quoted = text.hasPrefix("'a")
        #expect(
            Measure.list(Substring(text + " b=2"))
                == (quoted ? [] : [Measure(label: "b", value: 2)])
        )
    }

    @Test func `too many measures are cut`() {
        let text = (0..<1_000).map { "a\($0)=1" }.joined(separator: " ")
        #expect(Measure.list(Substring(text)).count == Measure.limit)
    }

    @Test func `the output of a check always fits the wire`() throws {
        let noise = String(repeating: "\u{1}\"\\", count: 20_000)
        let data = (0..<100).map { "\(String(repeating: "l", count: 600))\($0)=1" }
        let printed = PluginOutput("\(noise) | \(data.joined(separator: " "))\n\(noise)")
        let end = ChildEnd(cause: .exited(0), output: Array(noise.utf8), isTruncated: true)
        let json = try CheckOutput(end, printed).json()
        #expect(json.utf8.count <= CheckOutput.limit)
        let decoded = try JSONCoder.decode(CheckOutput.self, from: JSON(parsing: Array(json.utf8)))
        #expect(decoded.exitCode == 0)
    }
}
