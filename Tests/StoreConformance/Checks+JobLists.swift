import Supervision

extension StoreConformance {
    static let jobListChecks: [Check] = [
        .inTransaction("the open jobs of a duty are those that have not ended, by id") {
            transaction in
            for (id, state) in zip(Int64(1)..., JobState.allCases) {
                var job = Sample.fullJob(id)
                job.state = state
                try transaction.put(job)
            }
            try transaction.put(Sample.job(8) { $0.number = 7 })
            try transaction.put(Sample.job(9) { $0.number = 6 })
            try transaction.put(Sample.job(10))
            try expect(try transaction.openJobs(number: 7).map(\.id), [1, 2, 8])
            try expect(try transaction.openJobs(number: 6).map(\.id), [9])
            try expect(try transaction.openJobs(number: 5).map(\.id), [])
        },
        .inTransaction("ready jobs are handed out by queue, label and time, by id") { transaction in
            try putWaiting(transaction)
            for (queues, labels, at, limit, ids) in claims {
                let found = try transaction.readyJobs(
                    queues: queues,
                    labels: labels,
                    at: Sample.at(at),
                    catchUp: true,
                    limit: limit
                )
                let what = "\(queues), labels \(labels), at \(at), limit \(limit):"
                try expect(found.map(\.id), ids, what)
            }
        },
        .inTransaction("a job that was claimed or has ended is ready no more") { transaction in
            try putWaiting(transaction)
            try transaction.put(Sample.leased(1, Sample.lease("s", expiresAt: 1)))
            try transaction.put(Sample.job(4) { $0.state = .cancelled })
            let found = try transaction.readyJobs(
                queues: ["inspect"],
                labels: [],
                at: Sample.at(1_000),
                catchUp: true,
                limit: 9
            )
            try expect(found, [])
        },
        .inTransaction("a session's jobs are those it holds, by id") { transaction in
            for (id, session) in [(3, "a"), (1, "a"), (2, "b")] as [(Int64, String)] {
                try transaction.put(Sample.leased(id, Sample.lease(session, expiresAt: 5)))
            }
            try transaction.put(
                Sample.job(4) { job in
                    job.session = "a"
                    job.state = .finished
                    job.lease = Sample.lease("a", expiresAt: 5)
                }
            )
            try expect(try transaction.leasedJobs(session: "a").map(\.id), [1, 3])
            try expect(try transaction.leasedJobs(session: "b").map(\.id), [2])
            try expect(try transaction.leasedJobs(session: "c").map(\.id), [])
        },
        .inTransaction("leases expire at their end, and all of another boot") { transaction in
            try putLeased(transaction)
            let cases: [(boot: String, at: Int64, limit: Int, ids: [Int64])] = [
                ("m", 9, 9, [2, 4]),
                ("m", 10, 9, [2, 3, 4]),
                ("m", 20, 9, [1, 2, 3, 4]),
                ("m", 20, 2, [1, 2]),
                ("z", 0, 9, [1, 2, 3]),
                ("m", 20, 0, []),
            ]
            for (boot, at, limit, ids) in cases {
                let found = try transaction.expiredJobs(bootID: boot, boot: at, limit: limit)
                try expect(found.map(\.id), ids, "boot \(boot), at \(at), limit \(limit):")
            }
        },
        .inTransaction("the next end of a lease is this boot's earliest") { transaction in
            try expect(try transaction.nextLeaseEnd(bootID: "m"), nil)
            try putLeased(transaction)
            try expect(try transaction.nextLeaseEnd(bootID: "m"), 10)
            try expect(try transaction.nextLeaseEnd(bootID: "z"), 1)
            try expect(try transaction.nextLeaseEnd(bootID: "other"), nil)
        },
        .inTransaction("jobs are listed by what the filter asks for") { transaction in
            try putLeased(transaction)
            try transaction.put(Sample.fullJob(6))
            try transaction.put(Sample.job(7) { $0.number = 7 })
            for (name, change, after, limit, ids) in filters {
                var filter = JobFilter()
                change(&filter)
                let found = try transaction.jobs(filter, after: after, limit: limit)
                try expect(found.map(\.id), ids, "\(name):")
            }
        },
    ]

    private static let claims: [([String], [String], at: Int64, limit: Int, ids: [Int64])] = [
        (["inspect"], [], 1_000, 9, [1, 4]),
        (["inspect"], ["field"], 1_000, 9, [1, 2, 4]),
        (["inspect"], ["field", "路灯"], 1_000, 9, [1, 2, 4, 5]),
        (["inspect"], ["field", "路灯"], 1_000, 3, [1, 2, 4]),
        (["inspect"], ["Field", ""], 1_000, 9, [1, 4]),
        (["inspect"], [], 999, 9, [4]),
        (["inspect"], [], 2_000, 9, [1, 4, 6]),
        (["deliver"], [], 1_000, 9, [3]),
        (["deliver", "inspect"], [], 1_000, 9, [1, 3, 4]),
        (["inspect", "deliver", "inspect"], [], 1_000, 2, [1, 3]),
        (["other"], ["field"], 1_000, 9, []),
        ([], ["field"], 1_000, 9, []),
        (["inspect"], ["field"], 1_000, 0, []),
    ]

    private static let filters:
        [(String, @Sendable (inout JobFilter) -> Void, after: Int64, limit: Int, ids: [Int64])] = [
            ("not ended", { _ in }, 0, 9, [1, 2, 3, 4, 6, 7]),
            ("all", { $0.all = true }, 0, 9, [1, 2, 3, 4, 5, 6, 7]),
            ("after", { $0.all = true }, 4, 2, [5, 6]),
            ("limit 0", { $0.all = true }, 0, 0, []),
            ("queue", { $0.queue = "deliver" }, 0, 9, [6]),
            ("state ready", { $0.state = .ready }, 0, 9, [7]),
            ("an ended state", { $0.state = .quarantined }, 0, 9, [5]),
            ("duty", { $0.number = 7 }, 0, 9, [6, 7]),
            (
                "all of them",
                { filter in
                    filter.number = 7
                    filter.queue = "inspect"
                    filter.state = .ready
                }, 0, 9, [7]
            ),
        ]

    private static func putWaiting(_ transaction: any Transaction) throws {
        let rows: [(Int64, String, label: String?, notBefore: Int64)] = [
            (4, "inspect", nil, 900), (2, "inspect", "field", 900), (3, "deliver", nil, 0),
            (1, "inspect", nil, 1_000), (5, "inspect", "路灯", 0), (6, "inspect", nil, 2_000),
        ]
        for (id, queue, label, notBefore) in rows {
            let job = Sample.job(id) { job in
                job.queue = queue
                job.label = label
                job.notBefore = Sample.at(notBefore)
            }
            try transaction.put(job)
        }
    }

    /// Jobs 1 and 3 leased in boot m, 2 in boot a, 4 in boot z; 5 has ended with a lease left.
    private static func putLeased(_ transaction: any Transaction) throws {
        let rows: [(Int64, boot: String, expiresAt: Int64)] = [
            (1, "m", 20), (2, "a", 99), (3, "m", 10), (4, "z", 1),
        ]
        for (id, boot, expiresAt) in rows {
            let lease = Sample.lease("s", boot: boot, expiresAt: expiresAt)
            try transaction.put(Sample.leased(id, lease))
        }
        try transaction.put(
            Sample.job(5) { job in
                job.state = .quarantined
                job.lease = Sample.lease("s", boot: "m", expiresAt: 0)
            }
        )
    }
}
