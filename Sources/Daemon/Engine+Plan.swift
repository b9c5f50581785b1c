import CivilTime
import DubanAPI
import Foundation
import Ledger
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
            guard let digest = Digest(call.digest), let upload = turn.state.uploads[digest],
                Digest.sha256(upload.bytes) == digest
            else {
                throw WireFailure("io.duban.Plan.NotUploaded", ["digest": .string(call.digest)])
            }
            let text = String(decoding: upload.bytes, as: UTF8.self)
            let (reader, mailbox, incoming) = (self.reader, self.mailbox, context.call)
            turn.effects.append {
                Thread.detachNewThread {
                    let reading = PlanReading(reader, text, digest, call.name)
                    mailbox.post(.planRead(incoming, reading))
                }
            }
            return nil
        }
    }

    /// Goes on with an `Apply` whose plan was read.
    func adopt(_ reading: PlanReading, _ incoming: IncomingCall, _ turn: inout Turn) throws {
        let context = CallContext(call: incoming, interface: PlanAPI.name)
        do {
            let call = try context.parameters(PlanAPI.ApplyCall.self)
            let reply = try once(call.requestId, context, &turn, isNewWork: true) { turn in
                let caller = Caller(uid: context.uid, via: "control")
                return try adopt(reading, by: caller, &turn)
            }
            turn.state.uploads[reading.digest] = nil
            if let reply { turn.reply(incoming.responder, reply) }
        } catch let failure as WireFailure {
            turn.fail(incoming.responder, failure)
        } catch StoreError.inconsistent(let text) {
            turn.fail(incoming.responder, .notAccepting(PlanAPI.name, text))
        }
    }

    /// Adopts a plan that was read.
    ///
    /// - Throws: `WireFailure` if it is not fit or another one is in force.
    func adopt(_ reading: PlanReading, by caller: Caller, _ turn: inout Turn) throws -> JSON {
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
        var book = turn.state.book
        book.add(plan, uidOfLogin: Host.uid)
        let before = turn.state.book
        turn.state.book = book
        let event = Event.adopt(
            plan,
            text: reading.text,
            digest: reading.digest,
            name: reading.name,
            by: caller
        )
        switch try turn.decide(event) {
        case .adopted(let id, let seq):
            turn.state.nextWall = .min
            guard let row = try turn.tx.programme(id), let programme = programme(row, turn) else {
                throw StoreError.inconsistent("programme \(id) was adopted and is not there")
            }
            return try JSONCoder.encode(PlanAPI.ApplyReply(programme: programme, seq: seq))
        case .refused(let refusal):
            turn.state.book = before
            throw WireFailure(refusal, PlanAPI.name)
        default: throw StoreError.inconsistent("an adoption led to no answer")
        }
    }

    func programme(_ row: ProgrammeRow, _ turn: Turn) -> PlanAPI.Programme? {
        guard let plan = turn.state.book.plans[row.id] else { return nil }
        return PlanAPI.Programme(
            id: row.id,
            digest: row.digest.description,
            name: row.name,
            adoptedMicros: row.adoptedAt.microseconds,
            zone: plan.timekeeper.zone.name,
            calendar: plan.timekeeper.calendar.id,
            persons: Int64(plan.persons.count),
            units: Int64(plan.units.count),
            projects: Int64(plan.projects.count),
            items: Int64(plan.items.count),
            schedules: Int64(Schedule.all(of: plan).count)
        )
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
