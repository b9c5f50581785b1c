public import CivilTime
public import Ledger

/// Something that the engine must decide.
public enum Event: Sendable {
    /// The store is new: the ledger begins.
    case begin(Genesis)
    /// A plan is to be adopted; the text is kept under its digest.
    case adopt(Plan, text: String, digest: Digest, name: String, by: Caller)
    /// A person acts on a duty.
    case act(Act, on: Int64, by: Caller, salt: [UInt8])
    /// A clock: schedules and thresholds may be due.
    case woke
    /// A worker takes jobs.
    case claim(Claim)
    /// A worker reports.
    case report(session: String, results: [Report])
    /// A worker's heartbeat.
    case extend(session: String, leases: [Token], leaseMicros: Int64)
    /// A worker is gone: what it held is ready again.
    case release(session: String)
    /// Leases may have ended.
    case sweep
}

/// Who calls.
public struct Caller: Hashable, Sendable {
    /// The uid, by the kernel's word.
    public var uid: UInt32
    /// The way the call came in.
    public var via: String

    /// Makes a caller.
    public init(uid: UInt32, via: String) {
        self.uid = uid
        self.via = via
    }
}

/// What a person does about a duty.
public enum Act: Hashable, Sendable {
    /// Hands it in.
    case submit(note: String)
    /// Accepts the submission.
    case accept(note: String?)
    /// Returns the submission.
    case `return`(reason: String, within: Term?)
    /// Urges the obligor of a late duty.
    case urge(reason: String?, followUp: Term?)
}

/// The core: an event and what is known become a decision.
///
/// Total: a call that cannot be followed is a decision with a refusal and no writes. What throws is
/// the store alone.
public enum Decide {
    /// Returns the decision on an event.
    ///
    /// - Throws: what the view throws; nothing of the event may then be acknowledged.
    public static func decide(_ event: Event, _ known: Known) throws -> Decision {
        var draft = Draft(known)
        do {
            let reply = try reply(to: event, &draft)
            return draft.decision(reply)
        } catch let refusal as Refusal {
            return Draft(known).decision(.refused(refusal))
        }
    }

    private static func reply(to event: Event, _ draft: inout Draft) throws -> Reply {
        switch event {
        case .begin(let genesis):
            let author = Author(actor: .rule, via: "startup")
            try draft.record(.genesis(genesis), number: nil, reason: .firstStart, by: author)
            return .none
        case .adopt(let plan, let text, let digest, let name, let caller):
            return try adopt(plan, text, digest, name, caller, &draft)
        case .act(let act, let number, let caller, let salt):
            return .acted(try take(act, number, caller, salt, &draft))
        case .woke:
            try wake(&draft)
            return .none
        case .claim(let claim): return .claimed(try take(claim, &draft))
        case .report(let session, let results): return try report(session, results, &draft)
        case .extend(let session, let leases, let micros):
            return try extend(session, leases, micros, &draft)
        case .release(let session):
            try release(session, &draft)
            return .none
        case .sweep:
            try sweep(&draft)
            return .none
        }
    }
}
