import CivilTime
import Supervision

extension StoreConformance {
    static let jobOrderChecks: [Check] = [
        .inTransaction("an empty store has no backlog and nothing that waits") { transaction in
            try expect(try transaction.leasedCatchUps(), 0)
            try expect(try transaction.lastCatchUp(), nil)
            try expect(try transaction.jobs(after: 1), [])
        },
        .inTransaction("each origin can be stored") { transaction in
            for (id, origin) in zip(Int64(1)..., JobOrigin.allCases) {
                let job = Sample.job(id) { $0.origin = origin }
                try transaction.put(job)
                try expect(try transaction.job(id), job)
            }
        },
        .inTransaction("caught-up jobs are handed out among the others, or held back") {
            transaction in
            try putBacklog(transaction)
            let cases: [(at: Int64, catchUp: Bool, limit: Int, ids: [Int64])] = [
                (99, true, 9, [1, 2, 3, 4, 5]),
                (99, false, 9, [2, 4]),
                (99, true, 2, [1, 2]),
                (99, false, 1, [2]),
                (99, true, 0, []),
                (10, true, 9, [2, 3, 4]),
                (9, true, 9, [2, 4]),
                (-1, true, 9, []),
            ]
            for (at, catchUp, limit, ids) in cases {
                let found = try ready(transaction, at: at, catchUp: catchUp, limit: limit)
                try expect(found, ids, "at \(at), catch-up \(catchUp), limit \(limit):")
            }
            let found = try ready(transaction, ["deliver", "inspect"], ["路灯"], at: 99)
            try expect(found, [1, 2, 3, 4, 5, 6, 7])
        },
        .inTransaction("a job that waits for another is not handed out and wakes nobody") {
            transaction in
            for (id, origin) in zip(Int64(1)..., JobOrigin.allCases) {
                try transaction.put(waiting(id, for: 9) { $0.origin = origin })
            }
            try expect(try ready(transaction, at: 99), [])
            try expect(try transaction.nextWake(after: .distantPast), nil)
            try transaction.put(Sample.job(2) { $0.notBefore = Sample.at(50) })
            try expect(try ready(transaction, at: 99), [2])
            try expect(try transaction.nextWake(after: Sample.at(0)), Sample.at(50))
            try transaction.put(waiting(2, for: 9) { $0.notBefore = Sample.at(50) })
            try expect(try ready(transaction, at: 99), [])
            try expect(try transaction.nextWake(after: Sample.at(0)), nil)
            try expect(try transaction.counts(at: Sample.at(0)).ready, 3)
        },
        .inTransaction("the jobs that wait for a job are those that have not ended, by id") {
            transaction in
            for (id, state) in zip(Int64(1)..., JobState.allCases.reversed()) {
                var job = Sample.fullJob(id)
                job.state = state
                job.after = 9
                try transaction.put(job)
            }
            try transaction.put(waiting(7, for: 9))
            try transaction.put(waiting(6, for: 8))
            try transaction.put(Sample.job(9))
            try expect(try transaction.jobs(after: 9).map(\.id), [4, 5, 7])
            try expect(try transaction.jobs(after: 8), [waiting(6, for: 8)])
            try expect(try transaction.jobs(after: 7), [])
            try transaction.put(Sample.job(7))
            try transaction.put(waiting(5, for: 8))
            try expect(try transaction.jobs(after: 9).map(\.id), [4])
            try expect(try transaction.jobs(after: 8).map(\.id), [5, 6])
        },
        .inTransaction("the backlog ends at its latest ready job, waiting ones too") {
            transaction in
            try putBacklog(transaction)
            try expect(try transaction.lastCatchUp(), Sample.at(30))
            try transaction.put(waiting(10, for: 1, catchUp(at: 40)))
            try expect(try transaction.lastCatchUp(), Sample.at(40))
            try transaction.put(leasedCatchUp(10))
            try expect(try transaction.lastCatchUp(), Sample.at(30))
            for id in [1, 3, 5, 7] as [Int64] {
                try transaction.put(Sample.job(id) { $0.state = .cancelled })
            }
            try expect(try transaction.lastCatchUp(), nil)
        },
        .inTransaction("leased jobs of a backlog are counted") { transaction in
            try putBacklog(transaction)
            try transaction.put(leasedCatchUp(1))
            try transaction.put(leasedCatchUp(3))
            try transaction.put(Sample.leased(2, Sample.lease("s", expiresAt: 5)))
            try expect(try transaction.leasedCatchUps(), 2)
            try expect(try ready(transaction, at: 99), [4, 5])
            var ended = leasedCatchUp(1)
            ended.state = .finished
            try transaction.put(ended)
            try expect(try transaction.leasedCatchUps(), 1)
            try transaction.put(Sample.job(3, catchUp(at: 10)))
            try expect(try transaction.leasedCatchUps(), 0)
        },
        .inTransaction("what waits and what is paced is undone with a savepoint") { transaction in
            try putBacklog(transaction)
            try transaction.put(waiting(8, for: 1))
            try abandoning {
                try transaction.savepoint {
                    try transaction.put(Sample.job(8))
                    try transaction.put(leasedCatchUp(5))
                    try transaction.put(Sample.job(10, catchUp(at: 90)))
                    try transaction.put(waiting(11, for: 1))
                    throw Abandoned()
                }
            }
            try expect(try transaction.jobs(after: 1).map(\.id), [8])
            try expect(try transaction.leasedCatchUps(), 0)
            try expect(try transaction.lastCatchUp(), Sample.at(30))
            try expect(try ready(transaction, at: 99), [1, 2, 3, 4, 5])
        },
    ]

    /// Caught-up jobs 1, 3, 5 and, for deliver, 7; others 2, 4 and, with a label, 6.
    private static func putBacklog(_ transaction: any Transaction) throws {
        for (id, at) in [(1, 30), (3, 10), (5, 20)] as [(Int64, Int64)] {
            try transaction.put(Sample.job(id, catchUp(at: at)))
        }
        let others: [Job] = [
            Sample.job(2) { $0.notBefore = Sample.at(0) },
            Sample.job(4) { job in
                job.notBefore = Sample.at(0)
                job.origin = .backfill
            },
            Sample.job(6) { job in
                job.notBefore = Sample.at(0)
                job.label = "路灯"
            },
            Sample.job(7) { job in
                catchUp(at: 5)(&job)
                job.queue = "deliver"
                job.label = "路灯"
            },
        ]
        for job in others { try transaction.put(job) }
    }

    private static func catchUp(at notBefore: Int64) -> (inout Job) -> Void {
        { job in
            job.origin = .catchUp
            job.notBefore = Sample.at(notBefore)
        }
    }

    private static func leasedCatchUp(_ id: Int64) -> Job {
        var job = Sample.leased(id, Sample.lease("s", expiresAt: 5))
        job.origin = .catchUp
        return job
    }

    private static func waiting(
        _ id: Int64,
        for awaited: Int64,
        _ change: (inout Job) -> Void = { _ in }
    ) -> Job {
        Sample.job(id) { job in
            job.notBefore = Sample.at(0)
            job.after = awaited
            change(&job)
        }
    }

    private static func ready(
        _ transaction: any Transaction,
        _ queues: [String] = ["inspect"],
        _ labels: [String] = [],
        at now: Int64,
        catchUp: Bool = true,
        limit: Int = 9
    ) throws -> [Int64] {
        let found = try transaction.readyJobs(
            queues: queues,
            labels: labels,
            at: Sample.at(now),
            catchUp: catchUp,
            limit: limit
        )
        return found.map(\.id)
    }
}
