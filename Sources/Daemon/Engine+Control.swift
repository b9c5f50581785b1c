import CivilTime
import DubanAPI
import Ledger
import Logging
import Supervision
import Varlink

extension Engine {
    func handleControl(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        switch verb(context) {
        case "GetStatus": try status(context, turn)
        case "ReleaseClock": try releaseClock(context, &turn)
        default: try listWorkers(turn)
        }
    }

    private func status(_ context: CallContext, _ turn: Turn) throws -> JSON {
        let counts = try turn.tx.counts(at: turn.now.wall)
        let unattended = try unattended(turn)
        let person = turn.state.book.personByUID[context.uid]
        let plans = turn.state.book.plans
        let hold = turn.state.watch.hold
        let wake = hold == nil ? try turn.tx.nextWake(after: turn.now.wall) : nil
        return try JSONCoder.encode(
            ControlAPI.GetStatusReply(
                version: Configuration.version,
                mode: turn.state.mode.word,
                trouble: turn.state.mode.trouble ?? hold.map { held($0, turn.now.boot) },
                startedMicros: startedMicros,
                nowMicros: turn.now.wall.microseconds,
                wakeMicros: wake?.microseconds,
                programmes: plans.keys.sorted(),
                caller: person,
                callerName: person.flatMap { turn.state.book.person($0)?.name },
                dutiesUnsettled: counts.unsettled,
                dutiesLate: counts.late,
                dutiesTotal: counts.duties,
                unattended: unattended,
                jobsReady: counts.ready,
                jobsLeased: counts.leased,
                jobsQuarantined: counts.quarantined,
                jobsTotal: counts.jobs,
                findings: counts.findings,
                workers: Int64(turn.state.sessions.count),
                records: Int64(turn.tree.size),
                root: turn.tree.root.description,
                origin: key.verifier.name,
                journal: hasJournal,
                zone: plans.values.first?.timekeeper.zone.name,
                held: hold.map { hold in
                    ControlAPI.HeldClock(
                        sinceMicros: hold.since,
                        expectedMicros: hold.expected(boot: turn.now.boot)
                    )
                },
                timeData: turn.state.timeData.release,
                alarms: turn.state.timeData.alarms
            )
        )
    }

    /// What passed at the top; nothing where a row cannot be read, so that the status itself, and
    /// with it the daemon's mode, can always be asked for.
    private func unattended(_ turn: Turn) throws -> [Int64] {
        var filter = DutyFilter()
        filter.unattended = true
        do {
            return try turn.tx.duties(filter, after: 0, limit: pageLimit).map(\.number)
        } catch StoreError.inconsistent(let text) {
            log.error("status: \(text)")
            return []
        }
    }

    private func listWorkers(_ turn: Turn) throws -> JSON {
        let workers = try turn.state.sessions.values
            .sorted { ($0.attachedMicros, $0.id) < ($1.attachedMicros, $1.id) }
            .map { session in
                ControlAPI.Worker(
                    session: session.id,
                    name: session.name,
                    uid: Int64(session.uid),
                    queues: session.queues,
                    labels: session.labels,
                    capacity: Int64(session.capacity),
                    leased: Int64(try turn.tx.leasedJobs(session: session.id).count),
                    attachedMicros: session.attachedMicros
                )
            }
        return try JSONCoder.encode(ControlAPI.ListWorkersReply(workers: workers))
    }
}
