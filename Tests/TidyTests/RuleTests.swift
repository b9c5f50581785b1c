import Testing

/// Each rule finds what it is for, and nothing else.
@Suite struct RuleTests {
    static func source(_ text: String, in target: String) -> SourceFile {
        SourceFile(path: "Sources/\(target)/File.swift", text: text)
    }

    static func words(_ text: String, in target: String) -> [String] {
        let file = source(text, in: target)
        return WordRule.all.flatMap { rule in rule.findings(in: file).map { _ in rule.word } }
    }

    @Test(
        arguments: [
            ("print(1)", "Daemon", ["print("]),
            ("print(1)", "dubanctl", []),
            ("fingerprint(1)", "Daemon", []),
            ("let a = try? read()", "Daemon", ["try?"]),
            ("let a = try read() // not try?", "Daemon", []),
            ("let a = \"try? fatalError(\"", "Daemon", []),
            ("/* print( /* FIXME */ try? */ let a = 1", "Daemon", []),
            ("let a = #\"a \" print( b\"#", "Daemon", []),
            ("let a = \"\"\"\n  print(\n  \"\"\"\nprint(2)", "Daemon", ["print("]),
            ("fatalError(\"no\")", "Ledger", ["fatalError("]),
            ("final class A: @unchecked Sendable {}", "Daemon", ["@unchecked Sendable"]),
            ("nonisolated(unsafe) var a = 1", "Daemon", ["nonisolated(unsafe)"]),
            ("DispatchQueue.main", "Daemon", ["DispatchQueue"]),
            ("DispatchQueue.main", "SQLiteStore", []),
            ("Task.detached {}", "Daemon", ["Task.detached"]),
            ("JSONEncoder()", "PlanFile", ["JSONEncoder"]),
            ("Date()", "CivilTime", ["Date("]),
            ("CivilDate(year: 1)", "CivilTime", []),
            ("Date()", "Daemon", []),
            ("let t = ContinuousClock.now", "Supervision", ["ContinuousClock"]),
            ("let t = Date.now", "CivilTime", ["Date.now"]),
            ("let t = known.now", "Supervision", []),
            ("func print(_ a: Int)", "Ledger", []),
            ("print(text: a)", "Ledger", []),
            ("note.print(a)", "Ledger", []),
            ("known.nowhere", "Supervision", []),
            ("UUID()", "Ledger", ["UUID("]),
            ("Int.random(in: 0...1)", "Messages", [".random("]),
            ("func decide() async {}", "Supervision", ["async"]),
            ("let asynchronous = 1", "Supervision", []),
            ("func run() async {}", "Daemon", []),
        ] as [(String, String, [String])]
    )
    func `a banned word is found where it is banned`(
        text: String,
        target: String,
        found: [String]
    ) {
        #expect(Self.words(text, in: target) == found)
    }

    @Test func `a finding names its place and the replacement`() throws {
        let file = Self.source("let a = 1\nlet b = try? c()\n", in: "Daemon")
        let findings = WordRule.all.flatMap { $0.findings(in: file) }
        let finding = try #require(findings.first)
        #expect(finding.line == 2)
        #expect(finding.message.contains("handle the error"))
    }

    @Test func `the store port of Supervision may wait`() {
        let file = SourceFile(path: "Sources/Supervision/Store.swift", text: "func a() async")
        #expect(WordRule.all.flatMap { $0.findings(in: file) } == [])
    }

    @Test func `a function named like a test must be marked`() {
        let bad = SourceFile(path: "Tests/ATests/A.swift", text: "  func testIt() {}")
        let good = SourceFile(path: "Tests/ATests/A.swift", text: "@Test\nfunc testIt() {}")
        #expect(WordRule.unmarkedTests(in: bad).count == 1)
        #expect(WordRule.unmarkedTests(in: good) == [])
    }

    @Test(
        arguments: [
            ("import Foundation", "CivilTime", 1),
            ("import CivilTime", "Supervision", 0),
            ("public import CivilTime", "Ledger", 1),
            ("@preconcurrency import GRDB", "SQLiteStore", 0),
            ("import GRDB", "Daemon", 1),
            ("import struct Foundation.URL", "Messages", 1),
            ("// import Foundation", "CivilTime", 0),
            ("import ArgumentParser", "Daemon", 1),
            ("import SQLiteStore", "dubanctl", 1),
            ("import Daemon", "Unlisted", 1),
        ] as [(String, String, Int)]
    )
    func `an import is allowed by the table`(text: String, target: String, count: Int) {
        #expect(ImportRule.findings(in: Self.source(text, in: target)).count == count)
    }

    @Test func `only the glue of Varlink touches NIO`() {
        let glue = SourceFile(path: "Sources/Varlink/NIO/A.swift", text: "import NIOCore")
        let core = SourceFile(path: "Sources/Varlink/JSON/A.swift", text: "import NIOCore")
        #expect(ImportRule.findings(in: glue) == [])
        #expect(ImportRule.findings(in: core).count == 1)
    }

    @Test func `targets are read from a manifest`() {
        let text = """
            .target(name: "One"), .executableTarget(
                name: "two"), .testTarget(name: "OneTests"), .systemLibrary(name: "CThree")
            """
        #expect(TextRule.targets(inManifest: text) == ["One", "two", "CThree"])
    }

    @Test func `a target without a paragraph is named`() {
        let text = "# Title\n\n**One** is one.\n\n**Two** and **Three** are unlike **Four**.\n"
        let targets = ["One", "Two", "Three", "Four"]
        #expect(TextRule.targetsWithoutParagraph(targets, in: text) == ["Four"])
    }

    @Test(arguments: [
        ("# Title\n\ntext\n", 0),
        ("text\n", 1),
        ("# One\n\n# Two\n", 1),
        ("text\n\n# Title\n", 1),
        ("# Title\n\n```sh\n# a comment\n```\n", 0),
    ])
    func `a Markdown file has one title, first`(text: String, count: Int) {
        let file = SourceFile(path: "docs/a.md", text: text)
        #expect(TextRule.titleFindings(in: file).count == count)
    }

    @Test(arguments: [
        ("[a](../README.md)", 0),
        ("[a](b.md#part)", 0),
        ("[a](gone.md)", 1),
        ("[a](https://example.org/x)", 0),
        ("[a](#part)", 0),
        ("    [a](gone.md)", 0),
    ])
    func `a relative link leads somewhere`(text: String, count: Int) {
        let file = SourceFile(path: "docs/a.md", text: text)
        let known: Set = ["README.md", "docs/b.md"]
        #expect(TextRule.linkFindings(in: file, exists: known.contains).count == count)
    }

    @Test(arguments: [
        ("cd /" + "work/main", 1),
        ("\"/" + "root/x\"", 1),
        ("/" + "home/me", 1),
        ("$tmp/" + "home/x", 0),
        ("net" + "work/main", 0),
        ("/run/duban", 0),
    ])
    func `a path of one machine is found`(text: String, count: Int) {
        let file = SourceFile(path: "scripts/a", text: text)
        #expect(TextRule.machinePaths(in: file).count == count)
    }
}
