import CivilTime
import Supervision

extension StoreConformance {
    static let historyChecks: [Check] = [
        .inTransaction("an empty store has no revisions and no passed slots") { transaction in
            try expect(try transaction.revisions(programme: "p"), [])
            try expect(try transaction.schedules(programme: "p"), [])
            try expect(try passed(transaction, "s", .min, .max), [])
            try expect(try transaction.passed(after: .min, part: .min, limit: 9), [])
        },
        .inTransaction("a programme keeps its revision, which is positive") { transaction in
            for revision in [.max, 1] as [Int64] {
                var programme = Sample.programme("p")
                programme.revision = revision
                try transaction.put(programme)
                try expect(try transaction.programme("p"), programme)
            }
            var programme = Sample.programme("p")
            programme.revision = 0
            try expectInconsistent("revision 0") { try transaction.put(programme) }
            try expect(try transaction.programme("p"), Sample.programme("p"))
        },
        .inTransaction("revisions keep every field and come newest first") { transaction in
            let rows = [
                Sample.revision(2, of: "p"), Sample.revision(1, of: "p"),
                Sample.revision(.max, of: "p"), Sample.revision(1, of: "平昌"),
                Sample.revision(7, of: "pp"), Sample.revision(7, of: "o"),
                Sample.revision(7, of: "\u{E9}"), Sample.revision(8, of: "e\u{301}"),
            ]
            for row in rows { try transaction.put(row) }
            try expect(try transaction.revisions(programme: "p"), [rows[2], rows[0], rows[1]])
            try expect(try transaction.revisions(programme: "平昌"), [rows[3]])
            try expect(try transaction.revisions(programme: "\u{E9}"), [rows[6]])
            try expect(try transaction.revisions(programme: "e\u{301}"), [rows[7]])
            try expect(try transaction.revisions(programme: "P"), [])
            let name = try transaction.revisions(programme: "平昌").first.map { Array($0.name.utf8) }
            try expect(name, Array(Sample.text.utf8))
        },
        .inTransaction("a revision is kept once, and has a positive number") { transaction in
            try transaction.put(Sample.revision(1, of: "p"))
            var second = Sample.revision(1, of: "p")
            second.name = "second edition"
            try expectInconsistent("a second revision 1") { try transaction.put(second) }
            try expectInconsistent("revision 0") {
                try transaction.put(Sample.revision(0, of: "p"))
            }
            try expect(try transaction.revisions(programme: "p"), [Sample.revision(1, of: "p")])
        },
        .inTransaction("a schedule keeps its slot, pause and end, and loses them again") {
            transaction in
            let rows = [
                Sample.schedule("s", next: nil), Sample.fullSchedule("s"),
                Sample.schedule("s", next: nil),
            ]
            for row in rows {
                try transaction.put(row)
                try expect(try transaction.schedule("s"), row)
                try expect(try transaction.schedules(programme: "p"), [row])
            }
        },
        .inTransaction("schedules of a programme come by id, ended ones too") { transaction in
            try transaction.put(Sample.fullSchedule("b"))
            for (id, programme) in [("c", "p"), ("a", "p"), ("d", "平昌"), ("e", "P")] {
                var row = Sample.schedule(id, next: nil)
                row.programme = programme
                try transaction.put(row)
            }
            let cases = [("p", ["a", "b", "c"]), ("平昌", ["d"]), ("P", ["e"]), ("", [])]
            for (programme, ids) in cases {
                let found = try transaction.schedules(programme: programme).map(\.id)
                try expect(found, ids, "\(programme):")
            }
            var moved = Sample.schedule("c", next: nil)
            moved.programme = "平昌"
            try transaction.put(moved)
            try expect(try transaction.schedules(programme: "p").map(\.id), ["a", "b"])
            try expect(try transaction.schedules(programme: "平昌").map(\.id), ["c", "d"])
        },
        .inTransaction("passed slots keep every field, for each cause") { transaction in
            for (seq, cause) in zip(Int64(0)..., PassCause.allCases) {
                var row = Sample.passed(seq, 0)
                row.slots.cause = cause
                try transaction.put(row)
                try expect(try transaction.passed(after: seq - 1, part: .max, limit: 1), [row])
            }
            var row = Sample.passed(.max, .max, schedule: "路灯 '", Int64.min, Int64.max)
            row.slots.count = .max
            row.slots.first = "平昌 \"e\u{301}\""
            try transaction.put(row)
            try expect(try transaction.passed(after: .max, part: 0, limit: 9), [row])
            try expect(try passed(transaction, "路灯 '", 0, 0), [[.max, .max]])
        },
        .inTransaction("a part of a record is kept once, and is no negative one") { transaction in
            try transaction.put(Sample.passed(0, 0))
            try expectInconsistent("a second part 0 of record 0") {
                try transaction.put(Sample.passed(0, 0, schedule: "other"))
            }
            try expectInconsistent("part -1") { try transaction.put(Sample.passed(0, -1)) }
            try expectInconsistent("record -1") { try transaction.put(Sample.passed(-1, 0)) }
            let rows = try transaction.passed(after: .min, part: .min, limit: 9)
            try expect(rows, [Sample.passed(0, 0)])
        },
        .inTransaction("passed slots are listed by record and part, after one, up to a limit") {
            transaction in
            for (seq, part) in [(7, 1), (2, 5), (7, 0), (9, 0), (7, 2)] as [(Int64, Int64)] {
                try transaction.put(Sample.passed(seq, part))
            }
            let cases: [(seq: Int64, part: Int64, limit: Int, [[Int64]])] = [
                (.min, .min, 9, [[2, 5], [7, 0], [7, 1], [7, 2], [9, 0]]),
                (-1, 0, 2, [[2, 5], [7, 0]]),
                (2, 4, 1, [[2, 5]]),
                (2, 5, 1, [[7, 0]]),
                (7, 1, 9, [[7, 2], [9, 0]]),
                (8, .max, 9, [[9, 0]]),
                (9, 0, 9, []),
                (0, 0, 0, []),
            ]
            for (seq, part, limit, keys) in cases {
                let found = try transaction.passed(after: seq, part: part, limit: limit)
                let what = "after \(seq), \(part), limit \(limit):"
                try expect(found.map { [$0.seq, $0.part] }, keys, what)
            }
        },
        .inTransaction("passed slots of a schedule are found by any slot, by the last one") {
            transaction in
            try putPassed(transaction)
            let cases: [(from: Int64, through: Int64, limit: Int, [[Int64]])] = [
                (.min, .max, 9, [[4, 0], [1, 0], [3, 0], [3, 1], [2, 0]]),
                (.min, .max, 3, [[4, 0], [1, 0], [3, 0]]),
                (.min, .max, 0, []),
                (10, 10, 9, [[4, 0], [1, 0], [2, 0]]),
                (11, 19, 9, [[1, 0], [2, 0]]),
                (20, 20, 9, [[1, 0], [3, 0], [3, 1], [2, 0]]),
                (21, 24, 9, [[3, 0], [3, 1], [2, 0]]),
                (26, 90, 9, [[2, 0]]),
                (31, 90, 9, []),
                (.min, 4, 9, []),
                (.min, 5, 9, [[4, 0]]),
                (20, 10, 9, [[1, 0], [2, 0]]),
            ]
            for (from, through, limit, keys) in cases {
                let found = try passed(transaction, "s", from, through, limit: limit)
                try expect(found, keys, "\(from) to \(through), limit \(limit):")
            }
            try expect(try passed(transaction, "S", .min, .max), [])
            try expect(try passed(transaction, "路灯", .min, .max), [[1, 1]])
        },
        .inTransaction("history that was undone leaves nothing behind") { transaction in
            try transaction.put(Sample.revision(1, of: "p"))
            try putPassed(transaction)
            try abandoning {
                try transaction.savepoint {
                    try transaction.put(Sample.revision(2, of: "p"))
                    try transaction.put(Sample.passed(5, 0, schedule: "s", 40, 50))
                    try transaction.put(Sample.fullSchedule("p/item/account"))
                    throw Abandoned()
                }
            }
            try expect(try transaction.revisions(programme: "p"), [Sample.revision(1, of: "p")])
            try expect(try transaction.schedules(programme: "p"), [])
            try transaction.put(Sample.passed(5, 0, schedule: "other", 40, 60))
            try expect(try passed(transaction, "s", 31, .max), [])
            try expect(try passed(transaction, "other", .min, .max), [[5, 0]])
        },
    ]

    /// Of the schedule s: 5 to 10, 10 to 20, 20 to 25 twice and 10 to 30, by their last slot.
    private static func putPassed(_ transaction: any Transaction) throws {
        let rows = [
            Sample.passed(2, 0, schedule: "s", 10, 30),
            Sample.passed(3, 1, schedule: "s", 20, 25),
            Sample.passed(1, 0, schedule: "s", 10, 20),
            Sample.passed(3, 0, schedule: "s", 20, 25),
            Sample.passed(4, 0, schedule: "s", 5, 10),
            Sample.passed(1, 1, schedule: "路灯", 10, 20),
        ]
        for row in rows { try transaction.put(row) }
    }

    private static func passed(
        _ transaction: any Transaction,
        _ schedule: String,
        _ from: Int64,
        _ through: Int64,
        limit: Int = 9
    ) throws -> [[Int64]] {
        let rows = try transaction.passed(
            schedule: schedule,
            from: Sample.at(from),
            through: Sample.at(through),
            limit: limit
        )
        return rows.map { [$0.seq, $0.part] }
    }
}
