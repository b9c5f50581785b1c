import CivilTime
import Supervision

extension StoreConformance {
    static let dutyChecks: [Check] = [
        .inTransaction("an empty store has no duties") { transaction in
            try expect(try transaction.duty(1), nil)
            try expect(try transaction.lastDuty(), 0)
            try expect(try transaction.duties(root: 1), [])
            try expect(try transaction.dueDuties(at: .distantFuture, limit: 9), [])
            try expect(try transaction.unsettled(.rectify, schedule: "s"), nil)
        },
        .inTransaction("a duty with no optional field comes back as it was") { transaction in
            try transaction.put(Sample.duty(1), prior: nil)
            try expect(try transaction.duty(1), Sample.duty(1))
        },
        .inTransaction("a duty with every field comes back as it was") { transaction in
            try transaction.put(Sample.fullDuty(1), prior: nil)
            try expect(try transaction.duty(1), Sample.fullDuty(1))
        },
        .inTransaction("a duty is moved on with every field, and back to none") { transaction in
            try transaction.put(Sample.duty(1), prior: nil)
            try transaction.put(Sample.fullDuty(1), prior: .open)
            try expect(try transaction.duty(1), Sample.fullDuty(1))
            try transaction.put(Sample.duty(1), prior: .returned)
            try expect(try transaction.duty(1), Sample.duty(1))
        },
        .inTransaction("each kind, state, reason and term can be stored") { transaction in
            var duties = DutyKind.allCases.map { kind in Sample.duty(1) { $0.kind = kind } }
            duties += DutyState.allCases.map { state in Sample.duty(1) { $0.state = state } }
            duties += Reason.allCases.map { reason in Sample.duty(1) { $0.settledReason = reason } }
            let terms: [Term] = [
                .days(1), .days(999_999_999), .workdays(10), .elapsed(.seconds(15)),
                .elapsed(Span(microseconds: 1)), .elapsed(Span(microseconds: 1_500_000)),
            ]
            duties += terms.map { term in Sample.duty(1) { $0.term = term } }
            for (number, duty) in zip(Int64(1)..., duties) {
                var duty = duty
                duty.number = number
                duty.id = "\(number)"
                try transaction.put(duty, prior: nil)
                try expect(try transaction.duty(number), duty)
            }
        },
        .inTransaction("numbers and instants reach their bounds") { transaction in
            let duty = Sample.duty(.max) { duty in
                duty.subject = .min
                duty.root = .max
                duty.finding = .min
                duty.attempt = .max
                duty.cycle = .max
                duty.round = .min
                duty.openAt = .distantPast
                duty.dueAt = .distantFuture
                duty.reminders = [.distantPast, .distantFuture]
                duty.remindersFired = 2
            }
            try transaction.put(duty, prior: nil)
            try expect(try transaction.duty(.max), duty)
            try expect(try transaction.lastDuty(), .max)
        },
        .inTransaction("a second duty of a number is refused") { transaction in
            try transaction.put(Sample.duty(1), prior: nil)
            try expectInconsistent("a second duty 1") {
                try transaction.put(Sample.fullDuty(1), prior: nil)
            }
            try expect(try transaction.duty(1), Sample.duty(1))
        },
        .inTransaction("a second duty of an id is refused: identity makes exactly-once") {
            transaction in
            try transaction.put(Sample.duty(1), prior: nil)
            try expectInconsistent("a second duty of an id") {
                try transaction.put(Sample.duty(2) { $0.id = Sample.duty(1).id }, prior: nil)
            }
            try expect(try transaction.duty(2), nil)
        },
        .inTransaction("a duty has a positive number") { transaction in
            try expectInconsistent("duty 0") { try transaction.put(Sample.duty(0), prior: nil) }
        },
        .inTransaction("a move from another state is refused and changes nothing") { transaction in
            for (number, stored) in zip(Int64(1)..., DutyState.allCases) {
                let duty = Sample.duty(number) { $0.state = stored }
                try transaction.put(duty, prior: nil)
                let moved = Sample.duty(number) { $0.state = .submitted }
                for prior in DutyState.allCases where prior != stored {
                    try expectInconsistent("\(stored), prior \(prior)") {
                        try transaction.put(moved, prior: prior)
                    }
                }
                try expect(try transaction.duty(number), duty)
                try transaction.put(moved, prior: stored)
                try expect(try transaction.duty(number), moved)
            }
        },
        .inTransaction("a move of a duty that is not there is refused") { transaction in
            try expectInconsistent("no duty 1") {
                try transaction.put(Sample.duty(1), prior: .open)
            }
            try expect(try transaction.lastDuty(), 0)
        },
    ]
}
