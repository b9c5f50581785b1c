public import CivilTime
public import Ledger

/// Slots of a schedule passed without a duty, each with its disposition.
public struct Passing: Codable, Hashable, Sendable {
    /// The schedule's progress over all of them.
    public var progress: Progress
    /// The slots, oldest first.
    public var slots: [Passed]
}

/// A changed plan was adopted.
public struct Revising: Codable, Hashable, Sendable {
    /// The programme, with the plan that is in force now.
    public var programme: ProgrammeRow
    /// The schedules that are new, changed, ended or begun again, as they stand now.
    public var schedules: [ScheduleRow]
    /// For each schedule whose next slot is taken out: that slot, and with it the later ones.
    public var superseded: [Superseded]
}

/// The next slot of a schedule, taken out of the plan before it was due.
public struct Superseded: Codable, Hashable, Sendable {
    /// The schedule.
    public var schedule: String
    /// The slot.
    public var slots: Passed
}

/// A schedule was paused.
public struct Pausing: Codable, Hashable, Sendable {
    /// The schedule.
    public var schedule: String
    /// The pause.
    public var pause: Pause
    /// When the schedule is looked at next.
    public var nextAt: Instant?
}

/// A pause was ended before its time.
public struct Resuming: Codable, Hashable, Sendable {
    /// The schedule.
    public var schedule: String
    /// The commitment to what was written, if anything.
    public var note: Digest?
    /// When its next slot opens.
    public var nextAt: Instant?
}

/// Somebody had past slots run that no duty was opened for.
public struct Backfilling: Codable, Hashable, Sendable {
    /// The schedule.
    public var schedule: String
    /// The start of the range, exclusive.
    public var from: Instant
    /// The end of the range, inclusive.
    public var until: Instant
    /// How runs that overlap are treated.
    public var overlap: Overlap
    /// How many slots of the range are opened by it.
    public var count: Int64
}

/// New zone or calendar data moved dates of a programme.
public struct Recalendaring: Codable, Hashable, Sendable {
    /// The programme.
    public var programme: String
    /// The versions by which its dates were computed.
    public var before: String
    /// Those by which they are computed now.
    public var after: String
    /// The schedules whose marks or next slots moved.
    public var schedules: [MovedSchedule]
    /// The duties whose due dates moved.
    public var duties: [MovedDuty]
}

/// A schedule that new data moved.
public struct MovedSchedule: Codable, Hashable, Sendable {
    /// The schedule.
    public var schedule: String
    /// Where its planned-through mark lies now.
    public var plannedThrough: Instant
    /// When its next slot was to open.
    public var before: Instant?
    /// When it opens now.
    public var nextAt: Instant?
}

/// A duty whose due date new data moved.
public struct MovedDuty: Codable, Hashable, Sendable {
    /// The duty.
    public var number: Int64
    /// The due date before.
    public var before: Instant
    /// The due date now.
    public var dueAt: Instant
    /// Whether it rests on a calendar that may still change.
    public var isProvisional: Bool
    /// When rule B looks at the duty next.
    public var escalateAt: Instant?
    /// When its obligor is reminded.
    public var reminders: [Instant]
    /// How many of those have fired, or lie before the data were loaded.
    public var remindersFired: Int64
}

/// An hour of service.
public struct Tick: Codable, Hashable, Sendable {
    /// The boot.
    public var bootID: String
    /// The boot clock, in microseconds.
    public var bootMicros: Int64
}
