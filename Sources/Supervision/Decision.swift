import CivilTime
public import Ledger

/// What a decision changes in the store.
public enum Write: Hashable, Sendable {
    /// A programme.
    case programme(ProgrammeRow)
    /// A schedule.
    case schedule(ScheduleRow)
    /// A duty, with the state it is expected to be in; nil for a new one.
    case duty(Duty, prior: DutyState?)
    /// A finding.
    case finding(Finding)
    /// A revision of a plan.
    case revision(RevisionRow)
    /// A run of passed slots.
    case passed(PassedRow)
    /// A job.
    case job(Job)
    /// A person's text.
    case note(Note)
    /// A plan's text, under its digest.
    case planText(String, Digest)
}

/// What an event leads to: computed from rows and a time, without a clock or I/O.
public struct Decision: Sendable {
    /// The changed rows.
    public var writes: [Write]
    /// The records, each with the leaf's root; their rows are among `writes`.
    public var records: [Record]
    /// For each record, the duty at the bottom of its chain.
    public var roots: [Int64?]
    /// What the caller is told.
    public var reply: Reply
    /// Whether work of the same event is left for the next turn.
    public var isUnfinished: Bool
}

/// What a caller is told after the commit.
public enum Reply: Sendable {
    /// Nothing: the event had no caller.
    case none
    /// An act was taken.
    case acted(Acted)
    /// A plan was adopted, or the same one was in force already.
    case adopted(programme: String, seq: Int64)
    /// A schedule was paused or resumed.
    case operated(schedule: String, seq: Int64)
    /// Past slots were opened, or not.
    case backfilled(Backfilled)
    /// Jobs were handed out.
    case claimed([Job])
    /// Results were taken or rejected, in the order they came.
    case reported(accepted: Int, rejected: [Rejection])
    /// The call was refused; nothing was changed.
    case refused(Refusal)
}

/// What an act led to.
public struct Acted: Hashable, Sendable {
    /// The duty that the act was about.
    public var number: Int64
    /// Duties that it opened.
    public var opened: [Int64]
    /// Duties that it settled or ended.
    public var settled: [Int64]
    /// The sequence number of its record.
    public var seq: Int64
}

/// A result or lease that was not taken.
public struct Rejection: Hashable, Sendable {
    /// Why not.
    public enum Cause: String, CaseIterable, Hashable, Sendable {
        /// The lease ended by time.
        case expired
        /// The job was handed out again.
        case superseded
        /// The job is no longer needed.
        case cancelled
        /// The lease was given back when the worker went.
        case released
        /// There is no such job.
        case noSuchJob
        /// The lease belongs to another session.
        case notYours
        /// Another result was taken for this lease before.
        case conflict
    }

    /// The job.
    public var job: Int64
    /// The lease.
    public var lease: Int64
    /// Why not.
    public var cause: Cause
}
