import Ledger
import Supervision

extension StoreConformance {
    static let textChecks: [Check] = [
        .inTransaction("a note is kept, byte by byte") { transaction in
            try expect(try transaction.note(Sample.digest("a")), nil)
            for text in ["", "ok", Sample.text, String(repeating: "路", count: 100_000)] {
                let kept = note(text, salt: Array(240...255), text: text)
                try transaction.put(kept)
                try expect(try transaction.note(kept.digest), kept)
                let bytes = try transaction.note(kept.digest)?.text.map { Array($0.utf8) }
                try expect(bytes, Array(text.utf8))
            }
        },
        .inTransaction("an erased note is listed, but has no text") { transaction in
            let kept = note("a", text: "because")
            let erased = Note(digest: kept.digest, salt: kept.salt, text: nil)
            try transaction.put(kept)
            try transaction.put(erased)
            try expect(try transaction.note(kept.digest), nil)
            try expect(try transaction.notes(after: nil, limit: 9), [erased])
        },
        .inTransaction("notes are listed by digest, after one, up to a limit") { transaction in
            let notes = (1...6).map { note("\($0)", text: "text \($0)") }
            for note in notes { try transaction.put(note) }
            let sorted = notes.sorted { $0.digest < $1.digest }
            try expect(try transaction.notes(after: nil, limit: 99), sorted)
            try expect(try transaction.notes(after: nil, limit: 2), Array(sorted[..<2]))
            let rest = try transaction.notes(after: sorted[1].digest, limit: 3)
            try expect(rest, Array(sorted[2..<5]))
            try expect(try transaction.notes(after: sorted[5].digest, limit: 3), [])
        },
        .inTransaction("a plan text is kept under its digest, and kept twice is no harm") {
            transaction in
            let digest = Sample.digest(Sample.text)
            try expect(try transaction.planText(digest), nil)
            for _ in 1...2 { try transaction.put(planText: Sample.text, digest: digest) }
            let found = try transaction.planText(digest).map { Array($0.utf8) }
            try expect(found, Array(Sample.text.utf8))
            try expect(try transaction.planText(Sample.digest("other")), nil)
        },
        .inTransaction("a setting is replaced") { transaction in
            try expect(try transaction.setting("origin"), nil)
            for value in ["a", Sample.text, ""] {
                try transaction.put(setting: "origin", value: value)
                try expect(try transaction.setting("origin"), value)
            }
            try expect(try transaction.setting("Origin"), nil)
        },
    ]

    private static func note(
        _ name: String,
        salt: [UInt8] = Array(0..<16),
        text: String?
    ) -> Note {
        Note(digest: Sample.digest(name), salt: salt, text: text)
    }
}
