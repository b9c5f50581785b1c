import Ledger
import Testing

/// Changes each byte of an export in every way of the table, and wants each change found.
struct ExportDamageTests {
    enum Damage: CaseIterable, Sendable {
        case flip01
        case flip02
        case flip04
        case flip08
        case flip10
        case flip20
        case flip40
        case flip80
        case delete
        case double
        case truncate

        func apply(to bytes: inout [UInt8], at index: Int) {
            switch self {
            case .flip01: bytes[index] ^= 0x01
            case .flip02: bytes[index] ^= 0x02
            case .flip04: bytes[index] ^= 0x04
            case .flip08: bytes[index] ^= 0x08
            case .flip10: bytes[index] ^= 0x10
            case .flip20: bytes[index] ^= 0x20
            case .flip40: bytes[index] ^= 0x40
            case .flip80: bytes[index] ^= 0x80
            case .delete: bytes.remove(at: index)
            case .double: bytes.insert(bytes[index], at: index)
            case .truncate: bytes.removeSubrange(index...)
            }
        }
    }

    /// Reads on to the line after the next only, since a problem once found stays found.
    @Test(arguments: Damage.allCases)
    func `no changed byte of a leaf goes unseen`(damage: Damage) throws {
        let export = try ExportFixture(count: 40)
        let lines = export.lineOfByte
        let starts = (1...44).compactMap { line in lines.firstIndex(of: line) }
        var verifier = ExportVerifier(key: export.key)
        verifier.feed(export.bytes[..<starts[1]])
        for line in 2...41 {
            let (start, next, end) = (starts[line - 1], starts[line], starts[line + 2])
            for index in start..<next {
                var damaged = Array(export.bytes[start..<end])
                damage.apply(to: &damaged, at: index - start)
                var copy = verifier
                copy.feed(damaged)
                let problems = copy.finish()
                // A newline too much or too few shows in one of the lines that follow.
                let places = index == next - 1 ? line...(line + 2) : line...line
                let found = problems.contains { problem in
                    places.contains { problem.place.hasPrefix("line \($0), ") }
                }
                #expect(found, "byte \(index) of line \(line): \(problems)")
            }
            verifier.feed(export.bytes[start..<next])
        }
    }

    @Test(arguments: Damage.allCases, [true, false])
    func `no changed byte around the leaves goes unseen`(damage: Damage, pinned: Bool) throws {
        let export = try ExportFixture(count: 2)
        let lines = export.lineOfByte
        for index in export.bytes.indices where !(2...3).contains(lines[index]) {
            var bytes = export.bytes
            damage.apply(to: &bytes, at: index)
            let problems = ExportFixture.problems(bytes, key: pinned ? export.key : nil)
            #expect(!problems.isEmpty, "byte \(index) of line \(lines[index])")
        }
    }

    @Test func `random damage of several bytes is seen`() throws {
        var random = Seeded()
        let export = try ExportFixture(count: 12)
        for _ in 0..<300 {
            var bytes = export.bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let damage = Damage.allCases.randomElement(using: &random) ?? .delete
                let index = Int.random(in: 0..<max(bytes.count, 1), using: &random)
                if index < bytes.count { damage.apply(to: &bytes, at: index) }
            }
            guard bytes != export.bytes else { continue }
            let problems = ExportFixture.problems(bytes, key: export.key)
            #expect(!problems.isEmpty, "seed \(Seeded.seed)")
        }
    }
}
