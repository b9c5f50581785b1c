import CivilTime
import DubanAPI
import Foundation
import Ledger
import Logging
import PlanFile
import Supervision
import Varlink

/// A plan that was read off the engine's thread, or its problems.
struct PlanReading: Sendable {
    let digest: Digest
    let name: String
    let text: String
    let plan: Plan?
    let problems: [String]
}

/// The largest plan file, in bytes.
private let planLimit = 4 << 20
/// How many bytes of a plan one page shows.
private let planPage = 48 << 10

extension Engine {
    func handlePlan(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        switch verb(context) {
        case "Upload": try upload(context, &turn)
        case "Apply": try apply(context, &turn)
        case "Diff": try diff(context, turn)
        case "List":
            try JSONCoder.encode(
                PlanAPI.ListReply(
                    programmes: try turn.tx.programmes().compactMap { programme($0, turn) }
                )
            )
        default: try show(context, turn)
        }
    }

    private func upload(_ context: CallContext, _ turn: inout Turn) throws -> JSON {
        try requireAccepting(context, turn, isNewWork: true)
        let call = try context.parameters(PlanAPI.UploadCall.self)
        guard let digest = Digest(call.digest) else {
            let hint = "no SHA-256 in lower-case hex"
            throw WireFailure("org.varlink.service.InvalidParameter", ["parameter": .string(hint)])
        }
        var upload = turn.state.uploads[digest] ?? Upload(uid: context.uid, bytes: [])
        guard call.offset <= upload.bytes.count, upload.uid == context.uid else {
            throw WireFailure("io.duban.Plan.NotUploaded", ["digest": .string(call.digest)])
        }
        upload.bytes.removeLast(upload.bytes.count - Int(max(0, call.offset)))
        upload.bytes += Array(call.data.utf8)
        guard upload.bytes.count <= planLimit else {
            turn.state.uploads[digest] = nil
            throw WireFailure(
                "io.duban.Plan.Invalid",
                ["problems": [.string("a plan file holds at most \(planLimit >> 20) MiB")]]
            )
        }
        // One upload a caller is enough; a caller who starts another drops the one before.
        for (other, held) in turn.state.uploads where held.uid == context.uid && other != digest {
            turn.state.uploads[other] = nil
        }
        turn.state.uploads[digest] = upload
        return try JSONCoder.encode(PlanAPI.UploadReply(received: Int64(upload.bytes.count)))
    }

    /// Reads the plan on a thread of its own, so that the loop does not wait; the answer follows
    /// when the reading comes back through the mailbox.
    private func apply(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        let call = try context.parameters(PlanAPI.ApplyCall.self)
        return try once(call.requestId, context, &turn, isNewWork: true) { turn in
            try requireClock(context, turn)
            let text = try uploaded(call.digest, turn)
            let now = turn.now.wall
            turn.effects.append(reading(text, call.digest, call.name, now, for: context.call))
            return nil
        }
    }

    /// The whole text of an upload.
    func uploaded(_ digest: String, _ turn: Turn) throws -> String {
        guard let key = Digest(digest), let upload = turn.state.uploads[key],
            Digest.sha256(upload.bytes) == key
        else {
            throw WireFailure("io.duban.Plan.NotUploaded", ["digest": .string(digest)])
        }
        return String(decoding: upload.bytes, as: UTF8.self)
    }

    /// The effect that has a plan read off the engine's thread.
    func reading(
        _ text: String,
        _ digest: String,
        _ name: String,
        _ now: Instant,
        for incoming: IncomingCall
    ) -> @Sendable () -> Void {
        let (reader, mailbox) = (self.reader.judging(at: now), self.mailbox)
        return {
            Thread.detachNewThread {
                let digest = Digest(digest) ?? Digest.sha256(Array(text.utf8))
                let reading = PlanReading(reader, text, digest, name)
                mailbox.post(.planRead(incoming, reading))
            }
        }
    }

    /// Goes on with a call whose plan was read.
    func adopt(_ reading: PlanReading, _ incoming: IncomingCall, _ turn: inout Turn) throws {
        let context = CallContext(call: incoming, interface: PlanAPI.name)
        do {
            let reply: JSON?
            if verb(context) == "Diff" {
                reply = try diff(reading, context, turn)
            } else {
                let call = try context.parameters(PlanAPI.ApplyCall.self)
                reply = try once(call.requestId, context, &turn, isNewWork: true) { turn in
                    try requireClock(context, turn)
                    let from = call.fromMicros.map { Instant(microseconds: $0) }
                    let caller = caller(context, turn)
                    return try adopt(reading, by: caller, from: from, &turn)
                }
                turn.state.uploads[reading.digest] = nil
            }
            if let reply { turn.reply(incoming.responder, reply) }
        } catch let failure as WireFailure {
            turn.fail(incoming.responder, failure)
        } catch StoreError.inconsistent(let text) {
            turn.fail(incoming.responder, .notAccepting(PlanAPI.name, text))
        }
    }

    /// Who makes a call on the control socket.
    func caller(_ context: CallContext, _ turn: Turn) -> Caller {
        let roles = Access.roles(
            of: context.call.peer,
            socket: context.call.socket,
            book: turn.state.book,
            operatorGroup: operatorGroup
        )
        let isOperator = !roles.isDisjoint(with: [.root, .operator, .daemon])
        return Caller(uid: context.uid, via: "control", isOperator: isOperator)
    }

    /// Adopts a plan that was read, for the first time or changed.
    ///
    /// - Throws: `WireFailure` if it is not fit.
    func adopt(
        _ reading: PlanReading,
        by caller: Caller,
        from: Instant? = nil,
        _ turn: inout Turn
    ) throws -> JSON {
        let plan = try fit(reading, turn)
        let isFirst = turn.state.book.plans[plan.programme.id] == nil
        let before = turn.state.book
        // A first plan is known while it is adopted; a changed one follows the one in force.
        if isFirst { turn.state.book.add(plan, uidOfLogin: Host.uid) }
        let event = Event.adopt(
            plan,
            text: reading.text,
            digest: reading.digest,
            name: reading.name,
            by: caller,
            from: from
        )
        switch try turn.decide(event) {
        case .adopted(let id, let seq):
            if !isFirst, seq >= 0 { turn.state.book.add(plan, uidOfLogin: Host.uid) }
            turn.state.nextWall = .min
            return try adopted(id, seq, turn)
        case .refused(let refusal):
            turn.state.book = before
            throw WireFailure(refusal, PlanAPI.name)
        default: throw StoreError.inconsistent("an adoption led to no answer")
        }
    }

    /// The plan of a reading, if nothing speaks against it.
    ///
    /// - Throws: `WireFailure` Invalid with every problem.
    func fit(_ reading: PlanReading, _ turn: Turn) throws -> Plan {
        guard let plan = reading.plan else {
            throw WireFailure(
                "io.duban.Plan.Invalid",
                ["problems": .array(reading.problems.map { .string($0) })]
            )
        }
        let conflicts = turn.state.book.conflicts(with: plan, uidOfLogin: Host.uid)
        guard conflicts.isEmpty else {
            throw WireFailure(
                "io.duban.Plan.Invalid",
                ["problems": .array(conflicts.map { .string("\(reading.name): \($0)") })]
            )
        }
        return plan
    }

    private func adopted(_ id: String, _ seq: Int64, _ turn: Turn) throws -> JSON {
        guard let row = try turn.tx.programme(id), let programme = programme(row, turn) else {
            throw StoreError.inconsistent("programme \(id) was adopted and is not there")
        }
        var reply = PlanAPI.ApplyReply(
            programme: programme,
            seq: seq,
            added: 0,
            changed: 0,
            ended: 0
        )
        switch turn.records.last(where: { $0.seq == seq })?.payload {
        case .adopt(let adoption): reply.added = Int64(adoption.schedules.count)
        case .revise(let revising):
            for row in revising.schedules {
                if row.endedAt != nil {
                    reply.ended += 1
                } else if row.isNew {
                    reply.added += 1
                } else {
                    reply.changed += 1
                }
            }
        default: break
        }
        return try JSONCoder.encode(reply)
    }

    func programme(_ row: ProgrammeRow, _ turn: Turn) -> PlanAPI.Programme? {
        guard let plan = turn.state.book.plans[row.id] else { return nil }
        return PlanAPI.Programme(
            id: row.id,
            digest: row.digest.description,
            name: row.name,
            adoptedMicros: firstAdoption(row, turn).microseconds,
            revision: row.revision,
            revisedMicros: row.adoptedAt.microseconds,
            zone: plan.timekeeper.zone.name,
            calendar: plan.timekeeper.calendar.id,
            persons: Int64(plan.persons.count),
            units: Int64(plan.units.count),
            projects: Int64(plan.projects.count),
            items: Int64(plan.items.count),
            schedules: Int64(Schedule.all(of: plan).count),
            timekeeping: row.timekeeping
        )
    }

    private func firstAdoption(_ row: ProgrammeRow, _ turn: Turn) -> Instant {
        do {
            return try turn.tx.revisions(programme: row.id).last?.adoptedAt ?? row.adoptedAt
        } catch {
            // The verification names what is wrong with the table; the row itself can be shown.
            log.error("\(row.id): \(error)")
            return row.adoptedAt
        }
    }

    private func show(_ context: CallContext, _ turn: Turn) throws -> JSON {
        let call = try context.parameters(PlanAPI.ShowCall.self)
        let rows = try turn.tx.programmes()
        let row = rows.first { call.programme == nil || $0.id == call.programme }
        guard let row, let programme = programme(row, turn),
            let text = try turn.tx.planText(row.digest)
        else {
            throw WireFailure(
                "io.duban.Plan.NoSuchProgramme",
                ["id": .string(call.programme ?? "")]
            )
        }
        let bytes = Array(text.utf8)
        let start = max(0, min(bytes.count, Int(call.offset ?? 0)))
        var end = min(bytes.count, start + planPage)
        // A page ends between characters: a continuation byte is 10xxxxxx.
        while end > start, end < bytes.count, bytes[end] & 0xc0 == 0x80 { end -= 1 }
        let reply = PlanAPI.ShowReply(
            programme: programme,
            text: String(decoding: bytes[start..<end], as: UTF8.self),
            next: end < bytes.count ? Int64(end) : nil
        )
        return try JSONCoder.encode(reply)
    }
}

extension PlanReading {
    /// Reads a plan's text; a few tenths of a second for the largest ones.
    init(_ reader: PlanReader, _ text: String, _ digest: Digest, _ name: String) {
        do throws(PlanProblems) {
            let plan = try reader.read(text, name: name)
            self.init(digest: digest, name: name, text: text, plan: plan, problems: [])
        } catch {
            let lines = error.problems.map(\.description)
            self.init(digest: digest, name: name, text: text, plan: nil, problems: lines)
        }
    }
}
