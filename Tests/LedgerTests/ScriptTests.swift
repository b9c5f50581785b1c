import Foundation
import Ledger
import Testing

/// The second verifier, `scripts/verify-export.py`, must agree with the first.
struct ScriptTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private func run(_ bytes: [UInt8], key: VerifierKey?) throws -> (status: Int32, text: String) {
        let file = FileManager.default.temporaryDirectory
            .appending(component: "duban-export-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let script = Self.root.appending(path: "scripts/verify-export.py").path
        process.arguments = ["python3", script, file.path]
        if let key { process.arguments? += ["--key", key.description] }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    @Test(arguments: [0, 1, 40])
    func `a good export passes`(count: Int) throws {
        let export = try ExportFixture(count: count)
        let pinned = try run(export.bytes, key: export.key)
        #expect(pinned.status == 0)
        #expect(pinned.text.hasPrefix("verified: \(ExportFixture.origin), \(count) leaves, root "))
        #expect(pinned.text.hasSuffix("signed by the given key\n"))
        let own = try run(export.bytes, key: nil)
        #expect(own.status == 0)
        #expect(own.text.hasSuffix("signed by the export's own key, not a given one\n"))
    }

    @Test func `a simulation says so`() throws {
        let first = CanonicalValue.object(["action": .string("simulation")])
        let export = try ExportFixture(leaves: [first])
        #expect(try run(export.bytes, key: export.key).text.hasPrefix("SIMULATION, verified"))
    }

    @Test func `a foreign key is refused`() throws {
        let export = try ExportFixture(count: 1)
        let other = try SigningKey(name: ExportFixture.origin, seed: SigningKey.newSeed())
        let result = try run(export.bytes, key: other.verifier)
        #expect(result.status == 1)
        #expect(result.text.hasPrefix("damaged: line 1, header: "))
    }

    @Test(arguments: [1, 2, 9, 41, 42, 43, 44, 45, 46, 47, 48])
    func `a damaged line fails by its name`(line: Int) throws {
        let export = try ExportFixture(count: 40)
        let index = try #require(export.lineOfByte.firstIndex(of: line))
        var bytes = export.bytes
        bytes[index] ^= 0x01
        let result = try run(bytes, key: export.key)
        #expect(result.status == 1)
        let place = line == 1 ? "line 1, header" : line < 42 ? "line \(line), leaf" : "checkpoint"
        #expect(result.text.hasPrefix("damaged: "))
        #expect(result.text.contains(place), "\(result.text)")
        #expect(result.text.filter { $0 == "\n" }.count == 1)
        #expect(!ExportFixture.problems(bytes, key: export.key).isEmpty)
    }

    @Test func `a cut export fails`() throws {
        let export = try ExportFixture(count: 3)
        #expect(try run(Array(export.bytes.dropLast()), key: nil).status == 1)
        #expect(try run([], key: nil).status == 1)
    }

    @Test func `the example of the format page is what the writer writes`() throws {
        let page = try String(
            contentsOf: Self.root.appending(path: "docs/ledger-format.md"),
            encoding: .utf8
        )
        let leaves: [CanonicalValue] = [
            .object(["action": .string("example"), "seq": .int(0)]),
            .object(["action": .string("example"), "seq": .int(1), "note": .string("路灯")]),
        ]
        let export = try ExportFixture(leaves: leaves, origin: "duban.example/demo")
        let text = String(decoding: export.bytes, as: UTF8.self)
        #expect(page.contains("```text\n\(text)```\n"), "\(text)")
    }
}
