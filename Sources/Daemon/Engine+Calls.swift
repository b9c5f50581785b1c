import DubanAPI
import Glibc
import Ledger
import Logging
import Supervision
import Varlink

/// A call in hand.
struct CallContext {
    let call: IncomingCall
    /// The interface's name, for its errors.
    let interface: String

    var uid: UInt32 { call.peer.uid }

    /// Reads the typed parameters; the server has checked them against the interface text.
    func parameters<T: Decodable>(_ type: T.Type) throws -> T {
        do {
            return try JSONCoder.decode(type, from: .object(call.parameters))
        } catch {
            throw WireFailure(
                "org.varlink.service.InvalidParameter",
                ["parameter": .string("\(error)")]
            )
        }
    }
}

extension Engine {
    /// Answers a call, or keeps it where the answer comes later.
    func answer(_ call: IncomingCall, _ turn: inout Turn) throws {
        let interface = call.method.split(separator: ".").dropLast().joined(separator: ".")
        let context = CallContext(call: call, interface: interface)
        let roles = Access.roles(
            of: call.peer,
            socket: call.socket,
            book: turn.state.book,
            operatorGroup: operatorGroup
        )
        do {
            guard Access.allows(call.method, roles) else { throw WireFailure.permissionDenied }
            if let path = IntegerRange.misfit(in: .object(call.parameters), "") {
                throw WireFailure(
                    "org.varlink.service.InvalidParameter",
                    ["parameter": .string(path)]
                )
            }
            if let parameters = try handle(context, &turn) {
                turn.reply(call.responder, parameters)
            }
        } catch let failure as WireFailure {
            turn.fail(call.responder, failure)
        } catch let refusal as Refusal {
            turn.fail(call.responder, WireFailure(refusal, interface))
        } catch let error as StoreError where !error.isLocal {
            throw error
        } catch {
            // A row that cannot be read spoils this call, not the turn of the others.
            log.error("\(call.method): \(error)")
            let text = "\(error); ask for `dubanctl ledger verify`"
            turn.fail(call.responder, .notAccepting(interface, text))
        }
    }

    private func handle(_ context: CallContext, _ turn: inout Turn) throws -> JSON? {
        switch context.interface {
        case DutyAPI.name: try handleDuty(context, &turn)
        case PlanAPI.name: try handlePlan(context, &turn)
        case JobAPI.name: try handleJob(context, &turn)
        case ScheduleAPI.name: try handleSchedule(context, &turn)
        case RecordAPI.name: try handleRecord(context, &turn)
        case ControlAPI.name: try handleControl(context, &turn)
        case WorkerAPI.name: try handleWorker(context, &turn)
        default: throw WireFailure.permissionDenied
        }
    }

    /// The last part of the method's name.
    func verb(_ context: CallContext) -> Substring {
        context.call.method.split(separator: ".").last ?? ""
    }

    // MARK: Mutating calls

    /// Runs a mutating call at most once for its request id: whoever asks again gets the recorded
    /// answer, in the same transaction that made the change.
    ///
    /// - Throws: `WireFailure` if the id was used for another call or nothing is changed now.
    func once(
        _ requestID: String,
        _ context: CallContext,
        _ turn: inout Turn,
        isNewWork: Bool = false,
        _ body: (inout Turn) throws -> JSON?
    ) throws -> JSON? {
        if let recorded = try recorded(requestID, context, turn) { return recorded }
        try requireAccepting(context, turn, isNewWork: isNewWork)
        let before = turn
        do {
            return try turn.tx.savepoint {
                guard let reply = try body(&turn) else { return nil }
                try record(reply, requestID, context, &turn)
                return reply
            }
        } catch {
            turn = before
            throw error
        }
    }

    /// Records the answer of a mutating call.
    func record(
        _ reply: JSON,
        _ requestID: String,
        _ context: CallContext,
        _ turn: inout Turn
    ) throws {
        try turn.tx.put(
            Answer(
                uid: context.uid,
                requestID: requestID,
                call: digest(of: context.call),
                reply: reply.text,
                at: turn.now.wall
            )
        )
    }

    /// Returns the answer that the same call got before.
    func recorded(
        _ requestID: String,
        _ context: CallContext,
        _ turn: Turn
    ) throws -> JSON? {
        guard isRequestID(requestID) else {
            throw WireFailure(
                "org.varlink.service.InvalidParameter",
                ["parameter": "requestId"]
            )
        }
        let answer = try turn.tx.answer(uid: context.uid, requestID: requestID)
        guard let answer else { return nil }
        guard answer.call == digest(of: context.call) else {
            throw WireFailure(
                "\(context.interface).RequestConflict",
                ["requestId": .string(requestID)]
            )
        }
        return try JSON(parsing: Array(answer.reply.utf8))
    }

    private func isRequestID(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private func digest(of call: IncomingCall) -> Digest {
        let text = call.method + "\n" + JSON.object(call.parameters).text
        return Digest.sha256(Array(text.utf8))
    }

    /// - Throws: `WireFailure` NotAccepting in read-only mode, and for new work on a full disk.
    func requireAccepting(
        _ context: CallContext,
        _ turn: Turn,
        isNewWork: Bool
    ) throws {
        guard let trouble = turn.state.mode.trouble else { return }
        if turn.state.mode == .diskFull, !isNewWork { return }
        throw WireFailure.notAccepting(context.interface, trouble)
    }
}

extension StoreError {
    /// Whether the error concerns rows of one call and the transaction can go on.
    fileprivate var isLocal: Bool {
        if case .inconsistent = self { return true }
        return false
    }
}
