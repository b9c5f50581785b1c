import CivilTime
import Supervision

extension StoreConformance {
    static let loopChecks: [Check] = [
        .inTransaction("nothing needs a turn in an empty store") { transaction in
            try expect(try transaction.nextWake(after: .distantPast), nil)
            try expect(try transaction.counts(at: .distantFuture), Counts())
        },
        .inTransaction("a turn is needed at the earliest slot, duty or waiting job") {
            transaction in
            try transaction.put(job(1, notBefore: 500))
            try transaction.put(job(2, notBefore: 700))
            let cases: [(String, (any Transaction) throws -> Void, now: Int64, wake: Int64?)] = [
                ("a waiting job", { _ in }, 499, 500),
                ("a job may go at once", { _ in }, 500, 700),
                ("all may go", { _ in }, 700, nil),
                ("a slot", { try $0.put(Sample.schedule("s", next: 600)) }, 0, 500),
                ("a slot in the past", { _ in }, 999, 600),
                ("a duty", { try $0.put(waking(1, 550), prior: nil) }, 999, 550),
                ("a job before both", { _ in }, 0, 500),
                ("a settled duty", { try $0.put(settled(1), prior: .open) }, 999, 600),
                ("no further slot", { try $0.put(Sample.schedule("s", next: nil)) }, 999, nil),
                ("a leased job", { try $0.put(leased(1)) }, 0, 700),
            ]
            for (name, change, now, wake) in cases {
                try change(transaction)
                let found = try transaction.nextWake(after: Sample.at(now))?.microseconds
                try expect(found, wake, "\(name):")
            }
        },
        .inTransaction("counts are those of the rows") { transaction in
            for (number, state) in zip(Int64(1)..., DutyState.allCases) {
                try transaction.put(Sample.duty(number) { $0.state = state }, prior: nil)
            }
            for (id, state) in zip(Int64(1)..., JobState.allCases) {
                var job = Sample.fullJob(id)
                job.state = state
                try transaction.put(job)
            }
            try transaction.put(Sample.finding(1))
            var counts = Counts()
            counts.unsettled = 3
            counts.duties = 5
            counts.ready = 1
            counts.leased = 1
            counts.quarantined = 1
            counts.jobs = 5
            counts.findings = 1
            try expect(try transaction.counts(at: Sample.at(8_999)), counts)
            counts.late = 2
            try expect(try transaction.counts(at: Sample.at(9_000)), counts)
        },
    ]

    private static func job(_ id: Int64, notBefore: Int64) -> Job {
        Sample.job(id) { $0.notBefore = Sample.at(notBefore) }
    }

    private static func leased(_ id: Int64) -> Job {
        var job = Sample.leased(id, Sample.lease("s", expiresAt: 1))
        job.notBefore = Sample.at(500)
        return job
    }

    private static func waking(_ number: Int64, _ at: Int64) -> Duty {
        Sample.duty(number) { $0.escalateAt = Sample.at(at) }
    }

    private static func settled(_ number: Int64) -> Duty {
        Sample.duty(number) { $0.state = .accepted }
    }
}
