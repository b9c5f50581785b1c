import CivilTime
import DubanAPI
import Logging
import Supervision
import Varlink

typealias ReserveParameters = WorkerAPI.ReserveCall

/// The most jobs that one session may hold.
private let capacityLimit: Int64 = 256
/// The most jobs that one reply carries.
private let batchLimit = 64

extension Engine {
    func handleWorker(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        switch verb(context) {
        case "Attach": try attach(context, &turn)
        case "Reserve": try reserve(context, &turn)
        case "Report": try report(context, &turn)
        default: try extend(context, &turn)
        }
    }

    // MARK: Attach

    private func attach(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        guard context.call.more else { throw WireFailure.expectedMore }
        let call = try context.parameters(WorkerAPI.AttachCall.self)
        try check(name: call.name, queues: call.queues, labels: call.labels, context)
        guard (1...capacityLimit).contains(call.capacity) else {
            throw WireFailure("io.duban.Worker.TooMany", ["limit": .int(capacityLimit)])
        }
        let id = try call.session.map { try resumed($0, context, &turn) } ?? newSession()
        let session = Session(
            id: id,
            name: call.name,
            uid: context.uid,
            queues: call.queues,
            labels: call.labels,
            capacity: Int(call.capacity),
            connection: context.call.connection,
            responder: context.call.responder,
            attachedMicros: turn.now.wall.microseconds
        )
        turn.state.sessions[id] = session
        turn.mayDispatch = true
        let first = try JSONCoder.encode(
            WorkerAPI.AttachReply(
                session: id,
                leaseSeconds: Configuration.leaseSeconds,
                heartbeatSeconds: Configuration.heartbeatSeconds
            )
        )
        turn.effects.append { session.responder.continue(first) }
        return nil
    }

    /// A worker comes back with its session.
    ///
    /// After a restart of the daemon what it holds stays its own until the leases end. A session
    /// that nobody has attached and that holds nothing is over.
    private func resumed(
        _ id: String,
        _ context: CallContext,
        _ turn: inout Turn
    ) throws -> String {
        guard try owns(context.uid, id, turn) else {
            throw WireFailure("io.duban.Worker.NoSuchSession", ["session": .string(id)])
        }
        if let old = turn.state.sessions.removeValue(forKey: id) {
            let reply = try JSONCoder.encode(WorkerAPI.AttachReply(reason: "replaced"))
            turn.effects.append { old.responder.reply(reply) }
        }
        return id
    }

    /// Whether a session is a uid's: attached by it, or holding its leases.
    private func owns(_ uid: UInt32, _ id: String, _ turn: Turn) throws -> Bool {
        guard isName(id) else { return false }
        if let session = turn.state.sessions[id] { return session.uid == uid }
        let held = try turn.tx.leasedJobs(session: id)
        return !held.isEmpty && held.allSatisfy { $0.lease?.uid == uid }
    }

    private func newSession() -> String {
        let text = String(random.next(), radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    /// Identifiers are `[A-Za-z0-9._@:-]{1,64}`.
    private func isName(_ text: String) -> Bool {
        let extra = Set("._@:-".utf8)
        return (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                let isDigit = (0x30...0x39).contains(byte)
                let isLetter = (0x61...0x7a).contains(byte | 0x20)
                return isDigit || isLetter || extra.contains(byte)
            }
    }

    private func check(
        name: String,
        queues: [String],
        labels: [String],
        _ context: CallContext
    ) throws {
        let interface = context.interface
        guard isName(name) else {
            throw WireFailure.badArgument(interface, "name", "use 1 to 64 of A-Z a-z 0-9 . _ @ : -")
        }
        guard !queues.isEmpty, queues.count <= 32, queues.allSatisfy(isName) else {
            throw WireFailure.badArgument(interface, "queues", "name 1 to 32 queues")
        }
        guard labels.count <= 32, labels.allSatisfy(isName) else {
            throw WireFailure.badArgument(interface, "labels", "name at most 32 labels")
        }
    }

    // MARK: Hand out

    /// Gives ready jobs to whoever has room, attached workers first, in the turn's transaction.
    func dispatch(_ turn: inout Turn) throws {
        guard turn.state.mode == .running else { return try endWaiting(&turn) }
        let isDue = turn.state.waiting.contains { $0.until <= turn.now.boot }
        guard turn.mayDispatch || turn.state.mustDispatch || isDue else { return }
        turn.state.mustDispatch = false
        for session in turn.state.sessions.values.sorted(by: { $0.id < $1.id }) {
            let held = try turn.tx.leasedJobs(session: session.id).count
            let room = min(batchLimit, session.capacity - held)
            guard room > 0 else { continue }
            let claim = Claim(
                session: session.id,
                worker: session.name,
                uid: session.uid,
                queues: session.queues,
                labels: session.labels,
                max: room,
                leaseMicros: Configuration.leaseSeconds * 1_000_000
            )
            guard case .claimed(let jobs) = try turn.decide(.claim(claim)), !jobs.isEmpty
            else { continue }
            if jobs.count == batchLimit {
                turn.state.mustDispatch = true
                turn.state.isUnfinished = true
            }
            let handed = jobs.map { wire($0, turn) }
            let reply = try JSONCoder.encode(WorkerAPI.AttachReply(jobs: handed))
            turn.effects.append { session.responder.continue(reply) }
        }
        try serveWaiting(&turn)
    }

    private func serveWaiting(_ turn: inout Turn) throws {
        let waiting = turn.state.waiting
        turn.state.waiting = []
        for wait in waiting {
            let context = CallContext(call: wait.call, interface: WorkerAPI.name)
            let jobs = try claim(wait.parameters, wait.session, context, &turn)
            if jobs.isEmpty, turn.now.boot < wait.until {
                turn.state.waiting.append(wait)
                continue
            }
            let reply = try reserved(jobs, wait.session)
            try record(reply, wait.parameters.requestId, context, &turn)
            turn.reply(wait.call.responder, reply)
        }
    }

    /// Nothing is handed out now: who has waited long enough is told so.
    private func endWaiting(_ turn: inout Turn) throws {
        let trouble = turn.state.mode.trouble ?? ""
        let now = turn.now.boot
        for wait in turn.state.waiting where wait.until <= now {
            turn.fail(wait.call.responder, .notAccepting(WorkerAPI.name, trouble))
        }
        turn.state.waiting.removeAll { $0.until <= now }
    }

    private func wire(_ job: Job, _ turn: Turn) -> WorkerAPI.Job {
        let lease = Configuration.leaseSeconds
        return WorkerAPI.Job(
            jobId: job.id,
            leaseId: job.leaseID,
            queue: job.queue,
            kind: job.kind,
            number: job.number,
            attempt: job.attempt,
            leaseSeconds: lease,
            deadlineMicros: turn.now.wall.microseconds + lease * 1_000_000,
            input: input(job, turn)
        )
    }

    /// A message that cannot be made goes out as it is stored: the worker says that it is none, and
    /// after its tries it is quarantined by the usual way.
    private func input(_ job: Job, _ turn: Turn) -> String {
        guard job.queue == Queue.deliver else { return job.input }
        do {
            return try letter(job, turn)
        } catch {
            log.error("job \(job.id): \(error)")
            return job.input
        }
    }

    // MARK: Reserve

    private func reserve(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        let call = try context.parameters(WorkerAPI.ReserveCall.self)
        try check(name: call.name, queues: call.queues, labels: call.labels ?? [], context)
        guard (1...capacityLimit).contains(call.max) else {
            throw WireFailure("io.duban.Worker.TooMany", ["limit": .int(capacityLimit)])
        }
        guard (0...3_600).contains(call.waitSeconds) else {
            let hint = "from 0 to 3600"
            throw WireFailure.badArgument(context.interface, "waitSeconds", hint)
        }
        return try once(call.requestId, context, &turn, isNewWork: true) { turn in
            let session = newSession()
            let jobs = try claim(call, session, context, &turn)
            guard jobs.isEmpty, call.waitSeconds > 0 else { return try reserved(jobs, session) }
            try requireRoomToWait(call.requestId, context, turn)
            turn.state.waiting.append(
                Waiting(
                    call: context.call,
                    parameters: call,
                    session: session,
                    until: turn.now.boot + call.waitSeconds * 1_000_000
                )
            )
            return nil
        }
    }

    /// One call of a connection waits at a time, and no two wait under one request id.
    private func requireRoomToWait(
        _ requestID: String,
        _ context: CallContext,
        _ turn: Turn
    ) throws {
        let waiting = turn.state.waiting
        if waiting.contains(where: {
            $0.call.peer.uid == context.uid && $0.parameters.requestId == requestID
        }) {
            throw WireFailure(
                "io.duban.Worker.RequestConflict",
                ["requestId": .string(requestID)]
            )
        }
        if waiting.contains(where: { $0.call.connection == context.call.connection }) {
            throw WireFailure("io.duban.Worker.TooMany", ["limit": 1])
        }
    }

    private func claim(
        _ call: ReserveParameters,
        _ session: String,
        _ context: CallContext,
        _ turn: inout Turn
    ) throws -> [WorkerAPI.Job] {
        let claim = Claim(
            session: session,
            worker: call.name,
            uid: context.uid,
            queues: call.queues,
            labels: call.labels ?? [],
            max: min(batchLimit, Int(call.max)),
            leaseMicros: Configuration.leaseSeconds * 1_000_000
        )
        guard case .claimed(let jobs) = try turn.decide(.claim(claim)) else { return [] }
        return jobs.map { wire($0, turn) }
    }

    private func reserved(_ jobs: [WorkerAPI.Job], _ session: String) throws -> JSON {
        try JSONCoder.encode(
            WorkerAPI.ReserveReply(
                session: session,
                leaseSeconds: Configuration.leaseSeconds,
                jobs: jobs
            )
        )
    }

    // MARK: Report and Extend

    private func report(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        let call = try context.parameters(WorkerAPI.ReportCall.self)
        return try once(call.requestId, context, &turn) { turn in
            try requireSession(call.session, context, turn)
            let reports = call.results.map { result in
                Report(
                    token: Token(job: result.jobId, lease: result.leaseId),
                    outcome: Outcome(rawValue: result.outcome.rawValue) ?? .unknown,
                    summary: line(result.summary),
                    output: result.output
                )
            }
            let reply = try turn.decide(.report(session: call.session, results: reports))
            guard case .reported(let accepted, let rejected) = reply else { return nil }
            turn.mayDispatch = true
            return try JSONCoder.encode(
                WorkerAPI.ReportReply(accepted: Int64(accepted), rejected: rejected.map(wire))
            )
        }
    }

    private func extend(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        let call = try context.parameters(WorkerAPI.ExtendCall.self)
        return try once(call.requestId, context, &turn) { turn in
            try requireSession(call.session, context, turn)
            let tokens = call.leases.map { Token(job: $0.jobId, lease: $0.leaseId) }
            let micros = Configuration.leaseSeconds * 1_000_000
            let event = Event.extend(session: call.session, leases: tokens, leaseMicros: micros)
            guard case .reported(let extended, let rejected) = try turn.decide(event) else {
                return nil
            }
            return try JSONCoder.encode(
                WorkerAPI.ExtendReply(extended: Int64(extended), rejected: rejected.map(wire))
            )
        }
    }

    /// One line of at most 500 bytes without control and bidirectional characters: it enters the
    /// ledger, the journal and people's screens.
    private func line(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            guard line.utf8.count < 500 else { break }
            line.unicodeScalars.append(TextRules.isControl(scalar) ? " " : scalar)
        }
        return line
    }

    private func requireSession(
        _ session: String,
        _ context: CallContext,
        _ turn: Turn
    ) throws {
        guard try owns(context.uid, session, turn) else {
            throw WireFailure("io.duban.Worker.NoSuchSession", ["session": .string(session)])
        }
    }

    private func wire(_ rejection: Rejection) -> WorkerAPI.Rejection {
        WorkerAPI.Rejection(
            jobId: rejection.job,
            leaseId: rejection.lease,
            error: rejection.cause.rawValue
        )
    }

    // MARK: Gone

    /// A worker's stream is gone: what it held is ready again in this very turn.
    func disconnect(_ connection: ConnectionID, _ turn: inout Turn) throws {
        turn.state.followers[connection] = nil
        turn.state.blocked.remove(connection)
        turn.state.verifying.removeAll { $0.call.connection == connection }
        turn.state.waiting.removeAll { $0.call.connection == connection }
        for session in turn.state.sessions.values where session.connection == connection {
            turn.state.sessions[session.id] = nil
            log.info("worker \(session.name) is gone")
            guard turn.state.mode.takesResults else { continue }
            do {
                _ = try turn.decide(.release(session: session.id))
            } catch StoreError.inconsistent(let text) {
                setReadOnly(text, &turn)
            }
            turn.mayDispatch = true
        }
    }
}
