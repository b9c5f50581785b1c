import CivilTime
import Supervision

extension StoreConformance {
    static let accountChecks: [Check] = [
        .inTransaction("an empty store has no accounts") { transaction in
            try expect(try transaction.programme("p"), nil)
            try expect(try transaction.programmes(), [])
            try expect(try transaction.schedule("s"), nil)
            try expect(try transaction.finding(1), nil)
            try expect(try transaction.lastFinding(), 0)
            try expect(try transaction.dueSchedules(at: .distantFuture, limit: 9), [])
        },
        .inTransaction("programmes are replaced by id and listed in order") { transaction in
            for id in ["b", "a", "平昌"] { try transaction.put(Sample.programme(id)) }
            var changed = Sample.programme("b")
            changed.name = "second edition"
            changed.adoptedAt = .distantFuture
            try transaction.put(changed)
            try expect(try transaction.programme("b"), changed)
            try expect(try transaction.programme("平昌"), Sample.programme("平昌"))
            try expect(try transaction.programmes().map(\.id), ["a", "b", "平昌"])
        },
        .inTransaction("texts are compared byte by byte") { transaction in
            for id in ["\u{E9}", "e\u{301}", "E"] {
                try transaction.put(Sample.schedule(id, next: nil))
            }
            let ids = try transaction.schedules(after: "", limit: 9).map { Array($0.id.utf8) }
            try expect(ids, [[0x45], [0x65, 0xCC, 0x81], [0xC3, 0xA9]])
        },
        .inTransaction("schedules keep every field and are replaced by id") { transaction in
            for next in [50, nil, Instant.distantPast.microseconds] {
                let row = Sample.schedule("s", next: next)
                try transaction.put(row)
                try expect(try transaction.schedule("s"), row)
            }
            try expect(try transaction.schedules(after: "", limit: 9).count, 1)
        },
        .inTransaction("schedules are listed after an id, up to a limit") { transaction in
            for id in ["c", "a", "d", "b"] {
                try transaction.put(Sample.schedule(id, next: nil))
            }
            let cases: [(after: String, limit: Int, ids: [String])] = [
                ("", 9, ["a", "b", "c", "d"]),
                ("", 2, ["a", "b"]),
                ("b", 9, ["c", "d"]),
                ("bb", 1, ["c"]),
                ("d", 9, []),
                ("", 0, []),
            ]
            for (after, limit, ids) in cases {
                let found = try transaction.schedules(after: after, limit: limit).map(\.id)
                try expect(found, ids, "after \(after), limit \(limit):")
            }
        },
        .inTransaction("due schedules come by time, then id") { transaction in
            let rows: [(String, Int64?)] = [
                ("d", 10), ("c", 20), ("b", 10), ("a", nil), ("e", -3), ("f", 21),
            ]
            for (id, next) in rows { try transaction.put(Sample.schedule(id, next: next)) }
            let cases: [(at: Int64, limit: Int, ids: [String])] = [
                (-4, 9, []),
                (-3, 9, ["e"]),
                (9, 9, ["e"]),
                (10, 9, ["e", "b", "d"]),
                (10, 2, ["e", "b"]),
                (20, 9, ["e", "b", "d", "c"]),
                (99, 0, []),
            ]
            for (at, limit, ids) in cases {
                let found = try transaction.dueSchedules(at: Sample.at(at), limit: limit)
                try expect(found.map(\.id), ids, "at \(at), limit \(limit):")
            }
            try transaction.put(Sample.schedule("e", next: nil))
            try expect(try transaction.dueSchedules(at: Sample.at(9), limit: 9), [])
        },
        .inTransaction("findings keep every field and are listed by number") { transaction in
            var second = Sample.finding(2)
            second.rectify = .max
            for finding in [Sample.finding(.max), second, Sample.finding(1)] {
                try transaction.put(finding)
                try expect(try transaction.finding(finding.number), finding)
            }
            try expect(try transaction.lastFinding(), .max)
            try expect(try transaction.findings(after: 0, limit: 2).map(\.number), [1, 2])
            try expect(try transaction.findings(after: 2, limit: 2).map(\.number), [.max])
            second.rectify = nil
            try transaction.put(second)
            try expect(try transaction.finding(2), second)
        },
        .inTransaction("a finding has a positive number") { transaction in
            try expectInconsistent("finding 0") { try transaction.put(Sample.finding(0)) }
        },
    ]
}
