import Foundation
import Testing

/// The rules hold in the tree.
@Suite struct TidyTests {
    @Test func `the tree is found`() {
        #expect(SourceTree.swift.count > 10)
        #expect(SourceTree.files.contains { $0.path == "Package.swift" })
    }

    @Test func `banned words stay out`() {
        let files = SourceTree.swift.filter { !$0.path.hasPrefix("Tests/TidyTests/") }
        let findings = files.flatMap { file in WordRule.all.flatMap { $0.findings(in: file) } }
        #expect(findings == [])
    }

    @Test func `each test is marked as one`() {
        #expect(SourceTree.swift.flatMap(WordRule.unmarkedTests) == [])
    }

    @Test func `targets import what the design allows`() {
        #expect(SourceTree.swift.flatMap(ImportRule.findings) == [])
    }

    @Test func `each target has its paragraph in ARCHITECTURE`() throws {
        let targets = TextRule.targets(inManifest: try SourceTree.text(of: "Package.swift"))
            .filter { $0 != "StoreConformance" }  // A library of the tests.
        #expect(targets.count > 10)
        let text = try SourceTree.text(of: "ARCHITECTURE.md")
        #expect(TextRule.targetsWithoutParagraph(targets, in: text) == [])
    }

    @Test func `the table of imports has a row for each target`() throws {
        let manifest = try SourceTree.text(of: "Package.swift")
        let library: Set = ["CLinux", "CSystemd", "StoreConformance"]
        let targets = Set(TextRule.targets(inManifest: manifest)).subtracting(library)
        #expect(targets == Set(ImportRule.table.keys))
    }

    @Test func `Markdown files have one title, and their links resolve`() {
        let pages = SourceTree.files.filter { $0.path.hasSuffix(".md") }
        let exists = { (path: String) in
            FileManager.default.fileExists(
                atPath: SourceTree.root.appendingPathComponent(path).path
            )
        }
        let findings = pages.flatMap { page in
            TextRule.titleFindings(in: page) + TextRule.linkFindings(in: page, exists: exists)
        }
        #expect(!pages.isEmpty)
        #expect(findings == [])
    }

    @Test func `no file names a path of one machine`() {
        #expect(SourceTree.files.flatMap(TextRule.machinePaths) == [])
    }
}
