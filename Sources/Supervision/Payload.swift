public import CivilTime
public import Ledger

/// What a record says happened; the word of a leaf's `action`.
public enum Action: String, CaseIterable, Codable, Hashable, Sendable {
    /// The ledger begins.
    case genesis
    /// A plan was adopted.
    case adopt
    /// A duty was opened.
    case open
    /// Slots of a schedule passed without a duty.
    case pass
    /// A changed plan was adopted.
    case revise
    /// A schedule was paused.
    case pause
    /// A pause was ended before its time.
    case resume
    /// Somebody had past slots run that no duty was opened for.
    case backfill
    /// New zone or calendar data moved dates.
    case recalendar
    /// An hour of service: a gap between two shows an outage.
    case tick
    /// An obligor is reminded.
    case remind
    /// A duty was handed in.
    case submit
    /// A submission was accepted.
    case accept
    /// A submission was returned.
    case `return`
    /// A superior urged.
    case urge
    /// A duty was settled by a job or by its obligor's act on another.
    case settle
    /// A superior's duty ended because there is nothing left to act on.
    case moot
    /// A late duty has nobody above.
    case unattended
    /// A check found a fault.
    case find
    /// A job that a duty owns ended.
    case finish
}

/// What a record carries beside its envelope.
public enum Payload: Hashable, Sendable {
    /// See `Action.genesis`.
    case genesis(Genesis)
    /// See `Action.adopt`.
    case adopt(Adoption)
    /// See `Action.open`.
    case open(Opening)
    /// See `Action.pass`.
    case pass(Passing)
    /// See `Action.revise`.
    case revise(Revising)
    /// See `Action.pause`.
    case pause(Pausing)
    /// See `Action.resume`.
    case resume(Resuming)
    /// See `Action.backfill`.
    case backfill(Backfilling)
    /// See `Action.recalendar`.
    case recalendar(Recalendaring)
    /// See `Action.tick`.
    case tick(Tick)
    /// See `Action.remind`.
    case remind(Reminding)
    /// See `Action.submit`.
    case submit(Submission)
    /// See `Action.accept`.
    case accept(Acceptance)
    /// See `Action.return`.
    case `return`(Returning)
    /// See `Action.urge`.
    case urge(Urging)
    /// See `Action.settle`.
    case settle(Settlement)
    /// See `Action.moot`.
    case moot(Settlement)
    /// See `Action.unattended`.
    case unattended(Unattended)
    /// See `Action.find`.
    case find(Finding)
    /// See `Action.finish`.
    case finish(Finish)

    /// The action's word.
    public var action: Action {
        switch self {
        case .genesis: .genesis
        case .adopt: .adopt
        case .open: .open
        case .pass: .pass
        case .revise: .revise
        case .pause: .pause
        case .resume: .resume
        case .backfill: .backfill
        case .recalendar: .recalendar
        case .tick: .tick
        case .remind: .remind
        case .submit: .submit
        case .accept: .accept
        case .return: .return
        case .urge: .urge
        case .settle: .settle
        case .moot: .moot
        case .unattended: .unattended
        case .find: .find
        case .finish: .finish
        }
    }

    init(_ action: Action, from decoder: any Decoder) throws {
        switch action {
        case .genesis: self = .genesis(try Genesis(from: decoder))
        case .adopt: self = .adopt(try Adoption(from: decoder))
        case .open: self = .open(try Opening(from: decoder))
        case .pass: self = .pass(try Passing(from: decoder))
        case .revise: self = .revise(try Revising(from: decoder))
        case .pause: self = .pause(try Pausing(from: decoder))
        case .resume: self = .resume(try Resuming(from: decoder))
        case .backfill: self = .backfill(try Backfilling(from: decoder))
        case .recalendar: self = .recalendar(try Recalendaring(from: decoder))
        case .tick: self = .tick(try Tick(from: decoder))
        case .remind: self = .remind(try Reminding(from: decoder))
        case .submit: self = .submit(try Submission(from: decoder))
        case .accept: self = .accept(try Acceptance(from: decoder))
        case .return: self = .return(try Returning(from: decoder))
        case .urge: self = .urge(try Urging(from: decoder))
        case .settle: self = .settle(try Settlement(from: decoder))
        case .moot: self = .moot(try Settlement(from: decoder))
        case .unattended: self = .unattended(try Unattended(from: decoder))
        case .find: self = .find(try Finding(from: decoder))
        case .finish: self = .finish(try Finish(from: decoder))
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .genesis(let value): try value.encode(to: encoder)
        case .adopt(let value): try value.encode(to: encoder)
        case .open(let value): try value.encode(to: encoder)
        case .pass(let value): try value.encode(to: encoder)
        case .revise(let value): try value.encode(to: encoder)
        case .pause(let value): try value.encode(to: encoder)
        case .resume(let value): try value.encode(to: encoder)
        case .backfill(let value): try value.encode(to: encoder)
        case .recalendar(let value): try value.encode(to: encoder)
        case .tick(let value): try value.encode(to: encoder)
        case .remind(let value): try value.encode(to: encoder)
        case .submit(let value): try value.encode(to: encoder)
        case .accept(let value): try value.encode(to: encoder)
        case .return(let value): try value.encode(to: encoder)
        case .urge(let value): try value.encode(to: encoder)
        case .settle(let value), .moot(let value): try value.encode(to: encoder)
        case .unattended(let value): try value.encode(to: encoder)
        case .find(let value): try value.encode(to: encoder)
        case .finish(let value): try value.encode(to: encoder)
        }
    }
}

/// The first leaf: whose ledger this is.
public struct Genesis: Codable, Hashable, Sendable {
    /// The origin of every checkpoint.
    public var origin: String
    /// The key that verifies them, in the form of C2SP signed notes.
    public var key: String

    /// Makes the first leaf's payload.
    public init(origin: String, key: String) {
        self.origin = origin
        self.key = key
    }
}

/// A plan was adopted, with the schedules that follow from it.
public struct Adoption: Codable, Hashable, Sendable {
    /// The programme.
    public var programme: ProgrammeRow
    /// Its schedules as they start.
    public var schedules: [ScheduleRow]
}

/// How far a schedule has come with a record.
public struct Progress: Codable, Hashable, Sendable {
    /// The schedule.
    public var schedule: String
    /// The nominal instant of the slot.
    public var plannedThrough: Instant
    /// The identity of the slot; absent where only the mark moves.
    public var plannedSlot: String?
    /// When its next slot opens, if ever.
    public var nextAt: Instant?
}

/// A duty was opened.
public struct Opening: Codable, Hashable, Sendable {
    /// The duty, whole.
    public var duty: Duty
    /// The schedule's progress, where a schedule opened it.
    public var progress: Progress?
    /// The zone and calendar versions that the dates rest on.
    public var timekeeping: String
    /// Posts between obligor and superior that were passed over because the same person holds
    /// them.
    public var skipped: [Post]
    /// The duties whose lateness opened it, from its subject down to the matter itself.
    public var supervised: [Int64]
    /// What else than its time brought a slot's duty about.
    public var origin: JobOrigin?
    /// The record that says why the slot passed at first, for one that is run later.
    public var instead: Int64?
}

/// An obligor is reminded.
public struct Reminding: Codable, Hashable, Sendable {
    /// How many thresholds have fired now.
    public var fired: Int64
    /// How many passed at once, this one included; more than one after a downtime.
    public var passed: Int64
    /// The due date.
    public var dueAt: Instant
    /// The `deliver` job; absent where the person has no address.
    public var job: Int64?
}

/// A duty was handed in.
public struct Submission: Codable, Hashable, Sendable {
    /// The commitment to what was written.
    public var note: Digest
    /// Whether it came after the due date.
    public var late: Bool
    /// The working days it was late.
    public var lateWorkdays: Int64
}

/// A submission was accepted.
public struct Acceptance: Codable, Hashable, Sendable {
    /// The commitment to what was written, if anything.
    public var note: Digest?
    /// Whether the top of the line signed alone because there is no second senior.
    public var singleSignature: Bool
}

/// A submission was returned.
public struct Returning: Codable, Hashable, Sendable {
    /// The commitment to the reason given.
    public var note: Digest
    /// The new due date.
    public var dueAt: Instant
    /// Whether it rests on a calendar that may still change.
    public var isProvisional: Bool
    /// The new reminders.
    public var reminders: [Instant]
}

/// A superior urged the obligor of a late duty.
public struct Urging: Codable, Hashable, Sendable {
    /// The commitment to what was written, if anything.
    public var note: Digest?
    /// When rule B looks again.
    public var followUpAt: Instant
}

/// A duty ended without a submission of its own.
public struct Settlement: Codable, Hashable, Sendable {
    /// The duty that the act was about, where it was another one.
    public var by: Int64?
}

/// A late duty has nobody above.
public struct Unattended: Codable, Hashable, Sendable {
    /// When it is said again.
    public var againAt: Instant
    /// The `deliver` job to the fallback addressee.
    public var job: Int64
}

/// A job that a duty owns ended.
public struct Finish: Codable, Hashable, Sendable {
    /// The job.
    public var job: Int64
    /// Its queue.
    public var queue: String
    /// How often it was tried.
    public var attempt: Int64
    /// How it ended.
    public var state: JobState
    /// What became of it; absent for a cancelled one.
    public var outcome: Outcome?
    /// One line about it.
    public var summary: String?
}
