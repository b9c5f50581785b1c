public import CivilTime
public import Ledger

/// Something that the engine must decide.
public enum Event: Sendable {
    /// The store is new: the ledger begins.
    case begin(Genesis)
    /// A plan is to be adopted, for the first time or changed; the text is kept under its digest.
    /// Slots after `from` fall due too, where the caller signs for it.
    case adopt(
        Plan,
        text: String,
        digest: Digest,
        name: String,
        by: Caller,
        from: Instant? = nil
    )
    /// The same plans come with newer zone or calendar data.
    case recalendar([Plan], loadedAt: Instant)
    /// A schedule is to stand still until an instant.
    case pause(schedule: String, until: Instant, reason: String, by: Caller, salt: [UInt8])
    /// A pause is to end now.
    case resume(schedule: String, reason: String?, by: Caller, salt: [UInt8])
    /// Past slots that no duty was opened for are to be run.
    case backfill(schedule: String, Backfill, by: Caller)
    /// An hour of service has passed.
    case tick
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
    /// Whether the caller may operate the service: root, or a member of the operators' group.
    public var isOperator: Bool

    /// Makes a caller.
    public init(uid: UInt32, via: String, isOperator: Bool = false) {
        self.uid = uid
        self.via = via
        self.isOperator = isOperator || uid == 0
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
        case .adopt(let plan, let text, let digest, let name, let caller, let from):
            let source = PlanSource(text: text, digest: digest, name: name)
            return try adopt(plan, source, caller, from, &draft)
        case .recalendar(let plans, let loadedAt):
            for plan in plans { try recalendar(plan, loadedAt, &draft) }
            return .none
        case .pause(let schedule, let until, let reason, let caller, let salt):
            let operating = try Operating(schedule, caller, salt, draft)
            return try pause(operating, until, reason, &draft)
        case .resume(let schedule, let reason, let caller, let salt):
            let operating = try Operating(schedule, caller, salt, draft)
            return try resume(operating, reason, &draft)
        case .backfill(let schedule, let range, let caller):
            let operating = try Operating(schedule, caller, [], draft)
            return try backfill(operating, range, &draft)
        case .tick:
            let tick = Tick(bootID: draft.now.bootID, bootMicros: draft.now.boot)
            try draft.record(.tick(tick), number: nil, reason: .hourly, by: .timer)
            return .none
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
