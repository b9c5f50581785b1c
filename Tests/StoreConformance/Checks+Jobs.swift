import CivilTime
import Supervision

extension StoreConformance {
    static let jobChecks: [Check] = [
        .inTransaction("an empty store has no jobs") { transaction in
            try expect(try transaction.job(1), nil)
            try expect(try transaction.lastJob(), 0)
            try expect(try transaction.openJobs(number: 1), [])
            try expect(try transaction.leasedJobs(session: "s"), [])
            try expect(try transaction.expiredJobs(bootID: "b", boot: .max, limit: 9), [])
        },
        .inTransaction("a job with no optional field comes back as it was") { transaction in
            try transaction.put(Sample.job(1))
            try expect(try transaction.job(1), Sample.job(1))
        },
        .inTransaction("a job with every field comes back as it was") { transaction in
            try transaction.put(Sample.fullJob(1))
            try expect(try transaction.job(1), Sample.fullJob(1))
        },
        .inTransaction("a job is replaced with every field, and back to none") { transaction in
            for job in [Sample.job(1), Sample.fullJob(1), Sample.job(1)] {
                try transaction.put(job)
                try expect(try transaction.job(1), job)
            }
            try expect(try transaction.lastJob(), 1)
        },
        .inTransaction("each state and outcome can be stored") { transaction in
            for (id, state) in zip(Int64(1)..., JobState.allCases) {
                var job = Sample.fullJob(id)
                job.state = state
                try transaction.put(job)
                try expect(try transaction.job(id), job)
            }
            for (id, outcome) in zip(Int64(11)..., Outcome.allCases) {
                let job = Sample.job(id) { $0.outcome = outcome }
                try transaction.put(job)
                try expect(try transaction.job(id), job)
            }
        },
        .inTransaction("numbers of a job reach their bounds") { transaction in
            var job = Sample.leased(.max, Sample.lease("s", expiresAt: .min))
            job.number = .max
            job.attempt = .max
            job.attempts = .min
            job.leaseID = .max
            job.notBefore = .distantFuture
            job.readyAt = .distantPast
            try transaction.put(job)
            try expect(try transaction.job(.max), job)
            try expect(try transaction.lastJob(), .max)
        },
        .inTransaction("a job has a positive id, and a lease while it is leased") { transaction in
            try expectInconsistent("job 0") { try transaction.put(Sample.job(0)) }
            try expectInconsistent("leased without a lease") {
                try transaction.put(Sample.job(1) { $0.state = .leased })
            }
            try expect(try transaction.lastJob(), 0)
        },
    ]
}
