import CivilTime

/// Whether a slot's run may begin beside or behind the one before.
enum Way {
    /// It may not: the slot is skipped.
    case closed
    /// It may, once that job has ended.
    case behind(Int64)
    /// It may at once.
    case open

    /// The job that must end first.
    var job: Int64? {
        if case .behind(let job) = self { return job }
        return nil
    }
}

extension Decide {
    /// Makes way for a slot's run by the overlap policy, in the transaction that writes the slot, so
    /// that a restart forgets nothing of it (hashicorp/nomad#11052).
    static func makeWay(
        for schedule: Schedule,
        _ policy: Overlap,
        _ draft: inout Draft
    ) throws -> Way {
        guard let inspection = schedule.inspection,
            let running = try draft.unsettled(.inspect, schedule: schedule.id)
        else { return .open }
        // A run that was called off may still be in a worker's hands.
        let job = try draft.openJobs(running.number).last { $0.isRun }
        switch policy {
        case .allow: return .open
        case .skip:
            // Its tries are used up and nothing runs: the slot gives it a new one.
            if job == nil { try run(inspection, running, &draft) }
            return .closed
        case .queueAll: return job.map { .behind($0.id) } ?? .open
        case .queueOne:
            guard let job else { return .open }
            return job.after == nil ? .behind(job.id) : .closed
        case .cancel: return try job.map { try callOff($0, of: running, &draft) } ?? .open
        case .terminate:
            if let job { try cutOff(job, of: running, &draft) }
            return .open
        }
    }

    /// Calls a run off: one that nobody has begun is cancelled; a worker that has is told so at its
    /// next heartbeat, and the next run waits for it.
    private static func callOff(
        _ job: Job,
        of duty: Duty,
        _ draft: inout Draft
    ) throws -> Way {
        if job.state == .ready {
            let way: Way = job.after.map { .behind($0) } ?? .open
            try cancel(job, &draft)
            try supersede(duty, &draft)
            return way
        }
        try supersede(duty, &draft)
        return .behind(job.id)
    }

    /// Takes a run from its worker: what it reports is refused, and it is told so.
    private static func cutOff(_ job: Job, of duty: Duty, _ draft: inout Draft) throws {
        var job = job
        job.lease = nil
        // Its session is forgotten, so that a late result is no repetition of an earlier try's.
        job.session = nil
        try cancel(job, &draft)
        try supersede(duty, &draft)
    }

    /// The check is not owed any more: a newer run of the same schedule stands for it.
    private static func supersede(_ duty: Duty, _ draft: inout Draft) throws {
        let settlement = Settlement(by: nil)
        try draft.record(.moot(settlement), number: duty.number, reason: .overlap, by: .rule)
        for job in try draft.openJobs(duty.number) where !job.isRun && job.state == .ready {
            try cancel(job, &draft)
        }
        _ = try endChain(duty.number, by: .rule, &draft)
    }

    /// What waited for a job may be handed out now that it has ended.
    static func unblock(after id: Int64, _ draft: inout Draft) throws {
        for var job in try draft.jobs(after: id) {
            job.after = nil
            job.notBefore = max(job.notBefore, draft.now.wall)
            draft.set(job)
        }
    }
}
