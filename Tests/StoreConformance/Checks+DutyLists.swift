import CivilTime
import Supervision

extension StoreConformance {
    static let dutyListChecks: [Check] = [
        .inTransaction("a chain is its root and the superiors' duties above") { transaction in
            for number in Int64(1)...3 { try transaction.put(Sample.duty(number), prior: nil) }
            let above: [(Int64, DutyKind, Int64)] = [
                (6, .supervise, 2), (5, .review, 2), (7, .supervise, 1), (8, .rectify, 2),
            ]
            for (number, kind, root) in above {
                let duty = Sample.duty(number) { duty in
                    duty.kind = kind
                    duty.root = root
                    duty.state = .moot
                }
                try transaction.put(duty, prior: nil)
            }
            let cases: [(root: Int64, numbers: [Int64])] = [
                (1, [1, 7]), (2, [2, 5, 6]), (3, [3]), (4, []),
            ]
            for (root, numbers) in cases {
                let found = try transaction.duties(root: root).map(\.number)
                try expect(found, numbers, "root \(root):")
            }
        },
        .inTransaction("due duties come by the instant they need a turn, then number") {
            transaction in
            try putWaking(transaction)
            let cases: [(at: Int64, limit: Int, numbers: [Int64])] = [
                (9, 9, []),
                (10, 9, [4]),
                (19, 9, [4]),
                (20, 9, [4, 2, 3]),
                (20, 2, [4, 2]),
                (30, 9, [4, 2, 3, 1]),
                (99, 9, [4, 2, 3, 1]),
                (99, 0, []),
            ]
            for (at, limit, numbers) in cases {
                let found = try transaction.dueDuties(at: Sample.at(at), limit: limit)
                try expect(found.map(\.number), numbers, "at \(at), limit \(limit):")
            }
        },
        .inTransaction("a duty that has had its turn is due no more") { transaction in
            try putWaking(transaction)
            let settled = Sample.duty(4) { duty in
                duty.state = .accepted
                duty.escalateAt = Sample.at(10)
            }
            try transaction.put(settled, prior: .returned)
            try transaction.put(Sample.duty(2) { $0.escalateAt = Sample.at(25) }, prior: .open)
            let found = try transaction.dueDuties(at: Sample.at(25), limit: 9)
            try expect(found.map(\.number), [3, 2])
        },
        .inTransaction("the unsettled duty of a schedule is found by kind, newest first") {
            transaction in
            try transaction.put(Sample.finding(8, schedule: "lamps"))
            try transaction.put(Sample.finding(9, schedule: "other"))
            let rows: [(Int64, DutyKind, DutyState, String?, Int64?)] = [
                (1, .inspect, .open, "lamps", nil),
                (2, .inspect, .open, "lamps", nil),
                (3, .inspect, .accepted, "lamps", nil),
                (4, .rectify, .submitted, nil, 8),
                (5, .rectify, .open, nil, 9),
                (6, .rectify, .moot, nil, 8),
                (7, .account, .accepted, "lamps", nil),
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
            let cases: [(DutyKind, String, Int64?)] = [
                (.inspect, "lamps", 2), (.rectify, "lamps", 4), (.rectify, "other", 5),
                (.account, "lamps", nil), (.inspect, "other", nil), (.rectify, "none", nil),
            ]
            for (kind, schedule, number) in cases {
                let newest = try transaction.unsettled(kind, schedule: schedule)
                if let newest {
                    let before = newest.number
                    let older = try transaction.unsettled(kind, schedule: schedule, before: before)
                    try expect(older.map { $0.number < before } ?? true, true)
                    let same = try transaction.unsettled(
                        kind,
                        schedule: schedule,
                        before: before + 1
                    )
                    try expect(same, newest)
                }
                let found = newest?.number
                try expect(found, number, "\(kind) of \(schedule):")
            }
        },
        .inTransaction("duties are listed by what the filter asks for") { transaction in
            try putVaried(transaction)
            for (name, change, numbers) in filters {
                var filter = DutyFilter()
                change(&filter)
                let found = try transaction.duties(filter, after: 0, limit: 99)
                try expect(found.map(\.number), numbers, "\(name):")
            }
        },
        .inTransaction("a list of duties goes on after a number, up to a limit") { transaction in
            try putVaried(transaction)
            var all = DutyFilter()
            all.all = true
            let cases: [(DutyFilter, Int64, Int, [Int64])] = [
                (all, 0, 3, [1, 2, 3]), (all, 3, 3, [4, 5, 6]), (all, 6, 3, []), (all, 0, 0, []),
                (DutyFilter(), 1, 2, [2, 3]), (DutyFilter(), .max, 9, []),
            ]
            for (filter, after, limit, numbers) in cases {
                let found = try transaction.duties(filter, after: after, limit: limit)
                try expect(found.map(\.number), numbers, "after \(after), limit \(limit):")
            }
        },
    ]

    private static let filters: [(String, @Sendable (inout DutyFilter) -> Void, [Int64])] = [
        ("unsettled", { _ in }, [1, 2, 3, 6]),
        ("all", { $0.all = true }, [1, 2, 3, 4, 5, 6]),
        ("kind", { $0.kind = .review }, [3]),
        ("state open", { $0.state = .open }, [1, 6]),
        ("a settled state", { $0.state = .accepted }, [4]),
        ("unit", { $0.unit = "water" }, [2]),
        ("item", { $0.item = "路灯" }, [3]),
        ("person", { $0.person = "p-9" }, [1, 6]),
        ("late before", { $0.lateAt = Sample.at(99) }, []),
        ("late at the due date", { $0.lateAt = Sample.at(100) }, [1, 2]),
        ("unattended", { $0.unattended = true }, [6]),
        (
            "all of them",
            { filter in
                filter.person = "p-9"
                filter.kind = .supervise
                filter.unit = "housing"
                filter.unattended = true
            }, [6]
        ),
        (
            "all and settled and late",
            { filter in
                filter.all = true
                filter.lateAt = .distantFuture
            }, [1, 2, 6]
        ),
    ]

    private static func putVaried(_ transaction: any Transaction) throws {
        let rows: [(Int64, @Sendable (inout Duty) -> Void)] = [
            (1, { $0.person = "p-9" }),
            (
                2,
                { duty in
                    duty.state = .returned
                    duty.unit = "water"
                }
            ),
            (
                3,
                { duty in
                    duty.state = .submitted
                    duty.kind = .review
                    duty.item = "路灯"
                }
            ),
            (4, { $0.state = .accepted }),
            (5, { $0.state = .moot }),
            (
                6,
                { duty in
                    duty.kind = .supervise
                    duty.person = "p-9"
                    duty.isUnattended = true
                    duty.dueAt = .distantFuture
                }
            ),
        ]
        for (number, change) in rows {
            let duty = Sample.duty(number) { duty in
                duty.dueAt = Sample.at(100)
                change(&duty)
            }
            try transaction.put(duty, prior: nil)
        }
    }

    private static func putWaking(_ transaction: any Transaction) throws {
        let rows: [(Int64, DutyState, escalate: Int64?, reminder: Int64?)] = [
            (1, .open, 30, nil), (2, .open, 90, 20), (3, .returned, 20, 25),
            (4, .returned, 10, nil),
            (5, .submitted, 5, 5), (6, .accepted, 5, 5), (7, .moot, 5, nil), (8, .open, nil, nil),
        ]
        for (number, state, escalate, reminder) in rows {
            let duty = Sample.duty(number) { duty in
                duty.state = state
                duty.escalateAt = escalate.map(Sample.at)
                // The first reminder has fired, so it counts no more.
                duty.reminders = [Sample.at(1)] + [reminder].compactMap { $0 }.map(Sample.at)
                duty.remindersFired = 1
            }
            try transaction.put(duty, prior: nil)
        }
    }
}
