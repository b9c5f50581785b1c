public import CivilTime

/// What a decision may look at: the rows of the transaction, earlier writes of the turn included.
///
/// Every list is bounded and ordered, so that a decision depends on nothing but rows.
public protocol View {
    /// Returns a programme's row, or nil.
    func programme(_ id: String) throws -> ProgrammeRow?
    /// Returns a schedule's row, or nil.
    func schedule(_ id: String) throws -> ScheduleRow?
    /// Returns schedules whose `nextAt` is not after the instant, by `nextAt`, then id.
    func dueSchedules(at now: Instant, limit: Int) throws -> [ScheduleRow]
    /// Returns schedules of a programme by id, ended ones too.
    func schedules(programme: String) throws -> [ScheduleRow]
    /// Returns the adoptions of a programme's plan, newest first.
    func revisions(programme: String) throws -> [RevisionRow]
    /// Returns the runs of slots of a schedule that passed without a duty and have a slot in
    /// [`from`, `through`], by their last nominal instant, then by record and part.
    func passed(
        schedule: String,
        from: Instant,
        through: Instant,
        limit: Int
    ) throws
        -> [PassedRow]
    /// Returns a duty by its identity, `schedule@slot`, or nil.
    func duty(id: String) throws -> Duty?
    /// Returns unsettled duties of a programme by number, after the given one.
    func unsettled(programme: String, after number: Int64, limit: Int) throws -> [Duty]
    /// Returns the newest duty that a schedule opened, settled or not, findings' duties excepted;
    /// nil if it opened none.
    func newest(schedule: String) throws -> Duty?
    /// Returns a duty by its number, or nil.
    func duty(_ number: Int64) throws -> Duty?
    /// Returns the duty of this number and every review and supervise duty whose `root` it is,
    /// by number.
    func duties(root: Int64) throws -> [Duty]
    /// Returns duties whose `wakeAt` is not after the instant, by `wakeAt`, then number.
    func dueDuties(at now: Instant, limit: Int) throws -> [Duty]
    /// Returns the newest unsettled duty of a kind that a schedule or its finding opened and whose
    /// number is below the given one, or nil.
    func unsettled(_ kind: DutyKind, schedule: String, before number: Int64) throws -> Duty?
    /// Returns the highest duty number, 0 if there is none.
    func lastDuty() throws -> Int64
    /// Returns the highest finding number, 0 if there is none.
    func lastFinding() throws -> Int64
    /// Returns a finding by its number, or nil.
    func finding(_ number: Int64) throws -> Finding?
    /// Returns the highest job id, 0 if there is none.
    func lastJob() throws -> Int64
    /// Returns a job by its id, or nil.
    func job(_ id: Int64) throws -> Job?
    /// Returns the jobs of a duty that have not ended, by id.
    func openJobs(number: Int64) throws -> [Job]
    /// Returns ready jobs of these queues whose label is nil or among the labels, whose `notBefore`
    /// is not after the instant and that wait for no other job (`after` is nil), by id; without
    /// those of origin catch-up if `catchUp` is false.
    func readyJobs(
        queues: [String],
        labels: [String],
        at now: Instant,
        catchUp: Bool,
        limit: Int
    ) throws -> [Job]
    /// Returns the unended jobs that wait for a job to end, by id.
    func jobs(after id: Int64) throws -> [Job]
    /// Returns how many jobs of origin catch-up are leased.
    func leasedCatchUps() throws -> Int
    /// Returns the latest `notBefore` of the ready jobs of origin catch-up, nil if there is none.
    func lastCatchUp() throws -> Instant?
    /// Returns the jobs that a session holds, by id.
    func leasedJobs(session: String) throws -> [Job]
    /// Returns leased jobs whose lease ended: it counts in another boot, or `expiresAt` is not
    /// after `boot`; by id.
    func expiredJobs(bootID: String, boot: Int64, limit: Int) throws -> [Job]
}

extension View {
    /// Returns the newest unsettled duty of a kind that a schedule or its finding opened, or nil.
    public func unsettled(_ kind: DutyKind, schedule: String) throws -> Duty? {
        try unsettled(kind, schedule: schedule, before: .max)
    }
}
