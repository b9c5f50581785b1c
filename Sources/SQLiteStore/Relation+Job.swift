import CivilTime
import Ledger
import Supervision

extension Relation {
    static let job = Relation(
        "job",
        key: ["id"],
        columns: [
            "id", "queue", "label", "number", "attempts", "ready_micros", "input*", "kind",
            "state", "attempt", "not_before_micros", "lease_id", "lease_session", "lease_uid",
            "lease_boot_id", "lease_expires_micros", "worker*", "session", "ended_micros",
            "outcome", "summary*", "output*", "origin", "after_job",
        ]
    )

    static let answer = Relation(
        "answer",
        key: ["uid", "request_id"],
        columns: ["uid", "request_id", "call", "reply*", "at_micros"]
    )
}

extension Values {
    init(_ job: Job) {
        self.init(capacity: 24)
        put(job.id)
        put(job.queue)
        put(job.label)
        put(job.number)
        put(job.attempts)
        put(job.readyAt)
        put(free: job.input)
        put(job.kind)
        put(word: job.state)
        put(job.attempt)
        put(job.notBefore)
        put(job.leaseID)
        put(job.lease?.session)
        put((job.lease?.uid).map(Int64.init))
        put(job.lease?.bootID)
        put(job.lease?.expiresAt)
        put(free: job.worker)
        put(job.session)
        put(job.endedAt)
        put(word: job.outcome)
        put(free: job.summary)
        put(free: job.output)
        put(word: job.origin)
        put(job.after)
    }

    init(_ answer: Answer) {
        self.init()
        put(Int64(answer.uid))
        put(answer.requestID)
        put(value: answer.call)
        put(free: answer.reply)
        put(answer.at)
    }
}

extension Job {
    init(_ cells: inout Cells) throws(StoreError) {
        // The columns that a job is made with come first, in the order of its initialiser.
        self.init(
            id: try cells.integer(),
            queue: try cells.text(),
            label: try cells.optionalText(),
            number: try cells.optionalInteger(),
            attempts: try cells.integer(),
            readyAt: try cells.instant(),
            input: try cells.freeText()
        )
        kind = try cells.text()
        state = try cells.word()
        attempt = try cells.integer()
        notBefore = try cells.instant()
        leaseID = try cells.integer()
        lease = try Lease.read(&cells)
        worker = try cells.optionalFreeText()
        session = try cells.optionalText()
        endedAt = try cells.optionalInstant()
        outcome = try cells.optionalWord()
        summary = try cells.optionalFreeText()
        output = try cells.optionalFreeText()
        origin = try cells.word()
        after = try cells.optionalInteger()
    }
}

extension Lease {
    static func read(_ cells: inout Cells) throws(StoreError) -> Lease? {
        let session = try cells.optionalText()
        let uid = try cells.optionalUID()
        let bootID = try cells.optionalText()
        let expiresAt = try cells.optionalInteger()
        if let session, let uid, let bootID, let expiresAt {
            return Lease(session: session, uid: uid, bootID: bootID, expiresAt: expiresAt)
        }
        let isEmpty = session == nil && uid == nil && bootID == nil && expiresAt == nil
        guard isEmpty else { throw cells.misfit("rest of a lease") }
        return nil
    }
}

extension Answer {
    init(_ cells: inout Cells) throws(StoreError) {
        self.init(
            uid: try cells.uid(),
            requestID: try cells.text(),
            call: try cells.value(),
            reply: try cells.freeText(),
            at: try cells.instant()
        )
    }
}
