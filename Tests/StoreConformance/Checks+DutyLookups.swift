import Supervision

extension StoreConformance {
    static let dutyLookupChecks: [Check] = [
        .inTransaction("a duty is found by its identity, byte by byte") { transaction in
            let ids = ["p/item/account@2020-10-10 18:00:00", "e\u{301}@路灯", "\u{E9}@路灯"]
            for (number, id) in zip(Int64(1)..., ids) {
                try transaction.put(Sample.duty(number) { $0.id = id }, prior: nil)
            }
            for (number, id) in zip(Int64(1)..., ids) {
                try expect(try transaction.duty(id: id)?.number, number, "\(id):")
            }
            try expect(try transaction.duty(id: "P/item/account@2020-10-10 18:00:00"), nil)
            try expect(try transaction.duty(id: ""), nil)
        },
        .inTransaction("a settled duty is found by its identity too, with every field") {
            transaction in
            try transaction.put(Sample.duty(1), prior: nil)
            let settled = Sample.duty(1) { $0.state = .accepted }
            try transaction.put(settled, prior: .open)
            try expect(try transaction.duty(id: settled.id), settled)
        },
        .inTransaction("unsettled duties of a programme go on after a number, up to a limit") {
            transaction in
            let rows: [(Int64, String, DutyState)] = [
                (1, "p", .open), (2, "q", .open), (3, "p", .accepted), (4, "p", .submitted),
                (5, "p", .returned), (6, "p", .moot), (7, "平昌", .open), (8, "p", .open),
            ]
            for (number, programme, state) in rows {
                let duty = Sample.duty(number) { duty in
                    duty.programme = programme
                    duty.state = state
                }
                try transaction.put(duty, prior: nil)
            }
            try transaction.put(Sample.duty(8) { $0.state = .accepted }, prior: .open)
            let cases: [(String, after: Int64, limit: Int, numbers: [Int64])] = [
                ("p", 0, 9, [1, 4, 5]), ("p", 0, 2, [1, 4]), ("p", 1, 1, [4]), ("p", 4, 9, [5]),
                ("p", 5, 9, []), ("p", 0, 0, []), ("q", 0, 9, [2]), ("平昌", 0, 9, [7]),
                ("P", 0, 9, []), ("p", .max, 9, []),
            ]
            for (programme, after, limit, numbers) in cases {
                let found = try transaction.unsettled(
                    programme: programme,
                    after: after,
                    limit: limit
                )
                let what = "\(programme) after \(after), limit \(limit):"
                try expect(found.map(\.number), numbers, what)
            }
        },
        .inTransaction("the newest duty of a schedule is its own, settled or not") { transaction in
            let rows: [(Int64, DutyKind, DutyState, String?, finding: Int64?)] = [
                (1, .account, .accepted, "old", nil), (2, .inspect, .open, "lamps", nil),
                (3, .inspect, .accepted, "lamps", nil), (4, .rectify, .open, "lamps", 1),
                (5, .account, .open, "lamps", 1), (6, .review, .open, "lamps", nil),
                (7, .supervise, .open, "lamps", nil), (8, .rectify, .open, "lamps", nil),
                (9, .account, .open, nil, nil), (10, .account, .moot, "路灯", nil),
            ]
            for (number, kind, state, schedule, finding) in rows {
                let duty = Sample.duty(number) { duty in
                    duty.kind = kind
                    duty.state = state
                    duty.schedule = schedule
                    duty.finding = finding
                }
                try transaction.put(duty, prior: nil)
            }
            let cases: [(String, Int64?)] = [
                ("lamps", 3), ("old", 1), ("路灯", 10), ("Lamps", nil), ("", nil),
            ]
            for (schedule, number) in cases {
                let found = try transaction.newest(schedule: schedule)?.number
                try expect(found, number, "\(schedule):")
            }
        },
        .inTransaction("the newest duty of a schedule follows what is written") { transaction in
            func put(_ number: Int64, _ schedule: String, prior: DutyState?) throws {
                let duty = Sample.duty(number) { $0.schedule = schedule }
                try transaction.put(duty, prior: prior)
            }
            try put(2, "lamps", prior: nil)
            try put(1, "lamps", prior: nil)
            try expect(try transaction.newest(schedule: "lamps")?.number, 2)
            try abandoning {
                try transaction.savepoint {
                    try put(3, "lamps", prior: nil)
                    try put(2, "old", prior: .open)
                    try expect(try transaction.newest(schedule: "lamps")?.number, 3)
                    throw Abandoned()
                }
            }
            try expect(try transaction.newest(schedule: "lamps")?.number, 2)
            try expect(try transaction.newest(schedule: "old"), nil)
            try put(2, "old", prior: .open)
            try expect(try transaction.newest(schedule: "lamps")?.number, 1)
            try expect(try transaction.newest(schedule: "old")?.number, 2)
        },
    ]
}
