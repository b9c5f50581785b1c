import CivilTime

extension MemoryTransaction {
    func put(_ job: Job) throws {
        guard job.id > 0 else { throw StoreError.inconsistent("\(job.id) is no id of a job") }
        guard job.state != .leased || job.lease != nil else {
            throw StoreError.inconsistent("job \(job.id) is leased without a lease")
        }
        set(\.[job: job.id], job)
    }

    func job(_ id: Int64) throws -> Job? {
        rows[job: id]
    }

    func lastJob() throws -> Int64 {
        rows.jobs.keys.last ?? 0
    }

    func openJobs(number: Int64) throws -> [Job] {
        var open = rows.jobIndex.ready.elements + rows.jobIndex.leased.elements
        open.sort()
        return rows.jobs.rows(open[...], limit: .max) { $0.number == number }
    }

    func readyJobs(
        queues: [String],
        labels: [String],
        at now: Instant,
        catchUp: Bool,
        limit: Int
    ) throws -> [Job] {
        let queues = Set(queues.map(TextKey.init))
        let labels = Set(labels.map(TextKey.init))
        return rows.jobs.rows(rows.jobIndex.ready.elements[...], limit: limit) { job in
            guard job.notBefore <= now, job.after == nil else { return false }
            guard catchUp || job.origin != .catchUp, queues.contains(TextKey(job.queue)) else {
                return false
            }
            return job.label.map { labels.contains(TextKey($0)) } ?? true
        }
    }

    func jobs(after id: Int64) throws -> [Job] {
        rows.jobs.rows(rows.jobIndex.waiting[id]?.elements[...] ?? [], limit: .max)
    }

    func leasedCatchUps() throws -> Int {
        rows.jobIndex.leasedCatchUps
    }

    func lastCatchUp() throws -> Instant? {
        rows.jobIndex.catchUps.last?.value
    }

    func leasedJobs(session: String) throws -> [Job] {
        let session = TextKey(session)
        return rows.jobs.rows(rows.jobIndex.leased.elements[...], limit: .max) { job in
            job.lease.map { TextKey($0.session) } == session
        }
    }

    func expiredJobs(bootID: String, boot: Int64, limit: Int) throws -> [Job] {
        let bootID = TextKey(bootID)
        return rows.jobs.rows(rows.jobIndex.leased.elements[...], limit: limit) { job in
            guard let lease = job.lease else { return false }
            return TextKey(lease.bootID) != bootID || lease.expiresAt <= boot
        }
    }

    func jobs(_ filter: JobFilter, after id: Int64, limit: Int) throws -> [Job] {
        let open = !filter.all && filter.state == nil
        return rows.jobs.rows(rows.jobs.keys.after(id), limit: limit) { job in
            if open, job.state.isEnded { return false }
            if let queue = filter.queue, TextKey(job.queue) != TextKey(queue) { return false }
            if let state = filter.state, job.state != state { return false }
            return filter.number == nil || job.number == filter.number
        }
    }

    func put(_ answer: Answer) throws {
        let key = AnswerKey(uid: answer.uid, requestID: TextKey(answer.requestID))
        guard rows[answer: key] == nil else {
            throw StoreError.inconsistent("request \(answer.requestID) was answered before")
        }
        set(\.[answer: key], answer)
    }

    func answer(uid: UInt32, requestID: String) throws -> Answer? {
        rows[answer: AnswerKey(uid: uid, requestID: TextKey(requestID))]
    }

    func forgetAnswers(before: Instant) throws -> Int {
        let old = rows.answersByTime.elements.prefix(1_000).prefix { $0.value < before }
        for entry in old { set(\.[answer: entry.key], nil) }
        return old.count
    }
}
