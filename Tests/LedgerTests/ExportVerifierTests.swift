import Ledger
import Testing

struct ExportVerifierTests {
    @Test(arguments: [0, 1, 2, 40])
    func `a good export has no problem`(count: Int) throws {
        let export = try ExportFixture(count: count)
        for key in [export.key, nil] {
            var verifier = ExportVerifier(key: key)
            var seen: [CanonicalValue] = []
            verifier.feed(export.bytes) { seq, value in
                #expect(seq == UInt64(seen.count))
                seen.append(value)
            }
            #expect(verifier.checkpoint == nil)
            #expect(verifier.finish() == [])
            #expect(verifier.keyIsPinned == (key != nil))
            #expect(verifier.leaves == UInt64(count))
            #expect(verifier.checkpoint?.size == UInt64(count))
            #expect(verifier.checkpoint?.root == verifier.root)
            #expect(!verifier.isSimulation)
            #expect(seen == export.leaves)
        }
    }

    @Test func `pieces and lines give the same answer`() throws {
        let export = try ExportFixture(count: 5)
        var inPieces = ExportVerifier(key: export.key)
        for start in stride(from: 0, to: export.bytes.count, by: 7) {
            inPieces.feed(export.bytes[start..<min(start + 7, export.bytes.count)])
        }
        #expect(inPieces.finish() == [])
        var inLines = ExportVerifier(key: export.key)
        let lines = export.bytes.dropLast().split(
            separator: UInt8(ascii: "\n"),
            omittingEmptySubsequences: false
        )
        for line in lines { #expect(inLines.feed(line: Array(line)) == nil) }
        #expect(inLines.finish() == [])
        #expect(inLines.leaves == 5)
    }

    @Test func `a simulation says so`() throws {
        let first = CanonicalValue.object(["action": .string("simulation")])
        let export = try ExportFixture(leaves: [first, ExportFixture.leaf(1)])
        var verifier = ExportVerifier(key: export.key)
        verifier.feed(export.bytes)
        #expect(verifier.finish() == [])
        #expect(verifier.isSimulation)
    }

    @Test func `a foreign key is named`() throws {
        let export = try ExportFixture(count: 2)
        let seed = Array(repeating: UInt8(9), count: 32)
        let other = try SigningKey(name: ExportFixture.origin, seed: seed).verifier
        let problems = ExportFixture.problems(export.bytes, key: other)
        #expect(problems.map(\.place) == ["line 1, header", "checkpoint"])
    }

    @Test func `a rewritten ledger with another key passes only where none is pinned`() throws {
        let real = try ExportFixture(count: 3)
        var text = String(decoding: real.bytes, as: UTF8.self)
        text = text.replacing("accept", with: "reject")
        #expect(!ExportFixture.problems(Array(text.utf8), key: nil).isEmpty)
        let forger = try SigningKey(name: ExportFixture.origin, seed: SigningKey.newSeed())
        var forged = ExportWriter.header(
            origin: ExportFixture.origin,
            key: forger.verifier,
            size: 0
        )
        let empty = Checkpoint(origin: ExportFixture.origin, size: 0, root: Tree().root)
        forged += ExportWriter.trailer(note: try forger.sign(empty))
        #expect(ExportFixture.problems(Array(forged.utf8), key: nil) == [])
        #expect(!ExportFixture.problems(Array(forged.utf8), key: real.key).isEmpty)
    }

    @Test func `swapped, lost and doubled lines are named once each`() throws {
        let export = try ExportFixture(count: 6)
        let text = String(decoding: export.bytes, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        func places(_ change: (inout [String]) -> Void) -> [String] {
            var changed = lines
            change(&changed)
            let bytes = Array(changed.joined(separator: "\n").utf8)
            return ExportFixture.problems(bytes, key: export.key).map(\.place)
        }
        #expect(places { $0.swapAt(2, 4) }.first == "line 3, leaf 1")
        let lost = places { $0.remove(at: 3) }
        #expect(lost == ["line 4, leaf 2", "checkpoint"])
        let doubled = places { $0.insert($0[3], at: 4) }
        #expect(doubled == ["line 5, leaf 3", "checkpoint"])
        #expect(places { $0.remove(at: 6) } == ["line 7, leaf 5", "checkpoint"])
        #expect(places { $0.insert("", at: 3) } == ["line 4, leaf 2"])
    }

    @Test func `a leaf with its hash forged breaks the root`() throws {
        let export = try ExportFixture(count: 4)
        let forged = CanonicalValue.object(["action": .string("waive")]).bytes
        var lines = String(decoding: export.bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines[2] = String(ExportWriter.line(seq: 1, leaf: forged).dropLast())
        let bytes = Array(lines.joined(separator: "\n").utf8)
        #expect(ExportFixture.problems(bytes, key: export.key).map(\.place) == ["checkpoint"])
    }

    @Test func `a leaf that is not canonical is named though its hash is right`() throws {
        let signer = try SigningKey(name: "a", seed: Array(repeating: 1, count: 32))
        let leaf = Array(#"{"b":1,"a":2}"#.utf8)
        var tree = Tree()
        tree.append(leaf: leaf)
        let head = Checkpoint(origin: "a", size: 1, root: tree.root)
        let text =
            ExportWriter.header(origin: "a", key: signer.verifier, size: 1)
            + ExportWriter.line(seq: 0, leaf: leaf)
            + ExportWriter.trailer(note: try signer.sign(head))
        let problems = ExportFixture.problems(Array(text.utf8), key: signer.verifier)
        #expect(problems.map(\.place) == ["line 2, leaf 0"])
        #expect(problems.first?.what.contains("not canonical: byte 7") == true)
    }

    @Test func `a checkpoint of another algorithm is refused`() throws {
        let signer = try SigningKey(name: "a", seed: Array(repeating: 1, count: 32))
        for extensions in [[], ["alg md5"], [Checkpoint.algorithm, "more"]] {
            let head = Checkpoint(origin: "a", size: 0, root: Tree().root, extensions: extensions)
            let text =
                ExportWriter.header(origin: "a", key: signer.verifier, size: 0)
                + ExportWriter.trailer(note: try signer.sign(head))
            let problems = ExportFixture.problems(Array(text.utf8), key: signer.verifier)
            #expect(problems.map(\.place) == ["checkpoint"])
        }
    }

    @Test func `garbage is bounded in memory and in words`() throws {
        let export = try ExportFixture(count: 1)
        var verifier = ExportVerifier(key: export.key)
        let line = Array(repeating: UInt8(ascii: "x"), count: ExportVerifier.maximumLineBytes + 9)
        let problem = verifier.feed(line: line)
        #expect(problem?.what.hasPrefix("longer than") == true)
        for _ in 0..<1_000 { verifier.feed(line: [0xff, 0x00]) }
        let problems = verifier.finish()
        #expect(problems.count == ExportVerifier.maximumProblems + 1)
        #expect(problems.last?.what.hasSuffix("more problems") == true)
    }

    @Test func `an endless note is refused`() throws {
        let export = try ExportFixture(count: 1)
        var verifier = ExportVerifier(key: export.key)
        verifier.feed(export.bytes)
        for _ in 0..<100_000 { verifier.feed(line: [0x20]) }
        let problems = verifier.finish()
        #expect(problems.contains { $0.what.contains("the note is longer") })
        #expect(problems.count == 1)
    }
}
