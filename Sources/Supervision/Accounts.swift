/// The accountability tables in memory: what a replay of the ledger rebuilds.
public struct Accounts: Tables, Sendable {
    /// The programmes by id.
    public private(set) var programmes: [String: ProgrammeRow] = [:]
    /// The schedules by id.
    public private(set) var schedules: [String: ScheduleRow] = [:]
    /// The duties by number.
    public private(set) var duties: [Int64: Duty] = [:]
    /// The revisions of plans, in the order of their adoption.
    public private(set) var revisions: [RevisionRow] = []
    /// The runs of passed slots, in the order of their records.
    public private(set) var passed: [PassedRow] = []
    /// The findings by number.
    public private(set) var findings: [Int64: Finding] = [:]

    /// Makes empty tables.
    public init() {}

    /// Folds one more record in.
    ///
    /// - Throws: `StoreError.inconsistent` if the record speaks of a row that is not there.
    public mutating func apply(_ record: Record) throws {
        try Fold.apply(record, to: &self)
    }

    mutating func set(_ row: RevisionRow) { revisions.append(row) }
    mutating func set(_ row: PassedRow) { passed.append(row) }
    func programme(_ id: String) -> ProgrammeRow? { programmes[id] }
    func schedule(_ id: String) -> ScheduleRow? { schedules[id] }
    func duty(_ number: Int64) -> Duty? { duties[number] }
    func finding(_ number: Int64) -> Finding? { findings[number] }
    mutating func set(_ row: ProgrammeRow) { programmes[row.id] = row }
    mutating func set(_ row: ScheduleRow) { schedules[row.id] = row }
    mutating func set(_ duty: Duty) { duties[duty.number] = duty }
    mutating func set(_ finding: Finding) { findings[finding.number] = finding }
}
