public import CivilTime
public import Ledger

/// An adopted programme, as the ledger has it.
public struct ProgrammeRow: Codable, Hashable, Sendable {
    /// The programme's id.
    public var id: String
    /// The SHA-256 of the plan's text, under which the text is kept.
    public var digest: Digest
    /// What the plan file was called.
    public var name: String
    /// When it was adopted.
    public var adoptedAt: Instant
    /// The zone and calendar versions by which its dates are computed.
    public var timekeeping: String
    /// How often its plan was adopted: 1, and one more for each changed plan.
    public var revision: Int64
}

/// One adoption of a programme's plan: what was in force from then on.
public struct RevisionRow: Codable, Hashable, Sendable {
    /// The programme.
    public var programme: String
    /// Which adoption it was, from 1.
    public var revision: Int64
    /// The SHA-256 of the plan's text, under which the text is kept.
    public var digest: Digest
    /// What the plan file was called.
    public var name: String
    /// From when on it was in force.
    public var adoptedAt: Instant

    /// Makes a revision's row.
    public init(
        programme: String,
        revision: Int64,
        digest: Digest,
        name: String,
        adoptedAt: Instant
    ) {
        self.programme = programme
        self.revision = revision
        self.digest = digest
        self.name = name
        self.adoptedAt = adoptedAt
    }
}

/// How far a schedule has been worked off.
public struct ScheduleRow: Codable, Hashable, Sendable {
    /// The id, `programme/item/role`; it stays the same over edits.
    public var id: String
    /// The programme.
    public var programme: String
    /// The item.
    public var item: String
    /// The role within the item: `account`, `stage.NAME`, `inspect.NAME`.
    public var role: String
    /// When it was activated: nothing older falls due.
    public var activatedAt: Instant
    /// The planned-through mark: the nominal instant of the last slot that has its disposition.
    public var plannedThrough: Instant
    /// When its next slot opens, or its pause ends; nil when no further one does.
    public var nextAt: Instant?
    /// The identity of the last slot that has its disposition; nil before the first one.
    ///
    /// It stays when new zone or calendar data move the slot.
    public var plannedSlot: String?
    /// The pause in force, if any.
    public var pause: Pause?
    /// When a changed plan ended it; nil while a plan in force has it.
    public var endedAt: Instant?
    /// When a changed plan last gave it another rule; nil if it has had one only.
    ///
    /// What that rule has up to then never was to come.
    public var revisedAt: Instant?
    /// When a changed plan last put it into another zone; nil if it has had one zone only.
    ///
    /// Local times of slots before then come again on the clocks of the new zone.
    public var rezonedAt: Instant?
}

extension ScheduleRow {
    /// Whether no slot has come since its activation, and it had no other rule.
    public var isNew: Bool {
        plannedSlot == nil && revisedAt == nil && plannedThrough == activatedAt
    }
}

/// A schedule stands still for a while: its slots are skipped, open duties stay owed.
public struct Pause: Codable, Hashable, Sendable {
    /// When it began: the first instant whose slots it covers.
    public var since: Instant
    /// When it ends, exclusive.
    public var until: Instant
    /// The person who paused it, or `uid N` for an operator who is none.
    public var by: String
    /// The commitment to the reason.
    public var note: Digest

    /// Makes a pause.
    public init(since: Instant, until: Instant, by: String, note: Digest) {
        self.since = since
        self.until = until
        self.by = by
        self.note = note
    }
}

/// What became of slots that no duty was opened for.
public enum Disposition: String, CaseIterable, Codable, Hashable, Sendable {
    /// Not to be run, for a cause known when it came.
    case skipped
    /// Should have run, and the catch-up policy let it go.
    case missed
    /// Taken out of the plan before it was due; later ones of the old rule with it.
    case superseded
}

/// Why slots passed without a duty.
public enum PassCause: String, CaseIterable, Codable, Hashable, Sendable {
    /// The run before had not ended.
    case overlap
    /// The work calendar leaves no day for them.
    case calendar
    /// An `except` rule names them.
    case excluded
    /// Clocks jumped over them.
    case gap
    /// Clocks jumped over them, and another slot stood for them.
    case gapMerged = "gap-merged"
    /// The schedule was paused.
    case paused
    /// Catch-up `latest`: a newer one ran.
    case latest
    /// Catch-up `none`.
    case none
    /// Catch-up `window`: they were older than the window.
    case window
    /// A changed plan was adopted.
    case revised

    /// What befell the slots.
    public var disposition: Disposition {
        switch self {
        case .overlap, .calendar, .excluded, .gap, .gapMerged, .paused: .skipped
        case .latest, .none, .window: .missed
        case .revised: .superseded
        }
    }
}

/// Slots of a schedule in a row that passed without a duty, for one cause.
public struct Passed: Codable, Hashable, Sendable {
    /// The nominal instant of the first.
    public var from: Instant
    /// The nominal instant of the last.
    public var through: Instant
    /// The identity of the first.
    public var first: String
    /// The identity of the last.
    public var last: String
    /// How many they are.
    public var count: Int64
    /// Why; the disposition follows from it.
    public var cause: PassCause

    /// Makes a run of slots.
    public init(
        from: Instant,
        through: Instant,
        first: String,
        last: String,
        count: Int64,
        cause: PassCause
    ) {
        self.from = from
        self.through = through
        self.first = first
        self.last = last
        self.count = count
        self.cause = cause
    }
}

/// A run of passed slots as the store keeps it: a line of the record that says so.
public struct PassedRow: Codable, Hashable, Sendable {
    /// The record.
    public var seq: Int64
    /// The place in that record, from 0.
    public var part: Int64
    /// The schedule.
    public var schedule: String
    /// The slots.
    public var slots: Passed

    /// Makes a row.
    public init(seq: Int64, part: Int64, schedule: String, slots: Passed) {
        self.seq = seq
        self.part = part
        self.schedule = schedule
        self.slots = slots
    }
}

/// Something that a check found wrong.
public struct Finding: Codable, Hashable, Sendable {
    /// The number of the finding.
    public var number: Int64
    /// The programme.
    public var programme: String
    /// The item.
    public var item: String
    /// The schedule of the check; while its rectification is owed, the fault is not found twice.
    public var schedule: String
    /// The inspect duty.
    public var duty: Int64
    /// The job.
    public var job: Int64
    /// The first line of the check.
    public var summary: String
    /// When it was found.
    public var foundAt: Instant
    /// The rectify duty it opened.
    public var rectify: Int64?
}
