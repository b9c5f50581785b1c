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
    /// The zone and calendar versions in force at adoption.
    public var timekeeping: String
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
    /// When its next slot opens; nil when no further one does.
    public var nextAt: Instant?
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
