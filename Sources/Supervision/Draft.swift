import CivilTime
import Ledger

/// A decision in the making: the rows of the transaction, overlaid with what was decided so far.
///
/// Every change of accountability state goes through `record`, which folds the record into the
/// overlay; so a table never changes without its leaf.
struct Draft: Tables {
    let view: any View
    let plans: PlanBook
    let now: Now
    private(set) var records: [Record] = []
    private(set) var roots: [Int64?] = []
    var isUnfinished = false
    private let firstSeq: Int64
    private var programmes: [String: ProgrammeRow] = [:]
    private var schedules: [String: ScheduleRow] = [:]
    private var duties: [Int64: Duty] = [:]
    private var priors: [Int64: DutyState?] = [:]
    private var findings: [Int64: Finding] = [:]
    private var revisions: [RevisionRow] = []
    private var passed: [PassedRow] = []
    private var jobs: [Int64: Job] = [:]
    private var texts: [Write] = []
    private var lastDuty: Int64?
    private var lastJob: Int64?
    private var lastFinding: Int64?
    private var lastPaced: Instant?
    private var readError: (any Error)?

    init(_ known: Known) {
        self.view = known.view
        self.plans = known.plans
        self.now = known.now
        self.firstSeq = known.nextSeq
    }

    // MARK: Reading

    func programme(_ id: String) throws -> ProgrammeRow? {
        if let row = programmes[id] { return row }
        return try view.programme(id)
    }

    func schedule(_ id: String) throws -> ScheduleRow? {
        if let row = schedules[id] { return row }
        return try view.schedule(id)
    }

    func duty(_ number: Int64) throws -> Duty? {
        if let duty = duties[number] { return duty }
        return try view.duty(number)
    }

    func finding(_ number: Int64) throws -> Finding? {
        if let finding = findings[number] { return finding }
        return try view.finding(number)
    }

    func job(_ id: Int64) throws -> Job? {
        if let job = jobs[id] { return job }
        return try view.job(id)
    }

    /// The duty of this number and all review and supervise duties about it, by number.
    func tree(_ root: Int64) throws -> [Duty] {
        var found: [Int64: Duty] = [:]
        for duty in try view.duties(root: root) { found[duty.number] = duty }
        for duty in duties.values where duty.root == root { found[duty.number] = duty }
        return found.values.sorted { $0.number < $1.number }
    }

    /// The jobs of a duty that have not ended, by id.
    func openJobs(_ number: Int64) throws -> [Job] {
        var found: [Int64: Job] = [:]
        for job in try view.openJobs(number: number) { found[job.id] = job }
        for job in jobs.values where job.number == number { found[job.id] = job }
        return found.values.filter { !$0.state.isEnded }.sorted { $0.id < $1.id }
    }

    func unsettled(
        _ kind: DutyKind,
        schedule: String,
        before limit: Int64 = .max
    ) throws -> Duty? {
        let own = duties.values.filter {
            $0.kind == kind && $0.schedule == schedule && !$0.state.isSettled
        }
        let newest = own.filter { $0.number < limit }.max { $0.number < $1.number }
        var before = limit
        // Those that this decision settled are unsettled in the store.
        while let stored = try view.unsettled(kind, schedule: schedule, before: before) {
            before = stored.number
            guard duties[stored.number]?.state.isSettled != true else { continue }
            return newest.map { $0.number > stored.number ? $0 : stored } ?? stored
        }
        return newest
    }

    /// The plan and the line of a duty: those in force, or, where a changed plan gave the item to
    /// another unit or dropped it, those under which the duty opened.
    ///
    /// - Throws: `StoreError.inconsistent` if no plan has them.
    func context(_ duty: Duty) throws -> (plan: Plan, chain: Chain) {
        let matter = try self.duty(duty.root) ?? duty
        let found = plans.context(
            programme: duty.programme,
            item: duty.item,
            lead: matter.unit,
            obligor: matter.obligor
        )
        guard let (plan, item) = found else {
            throw StoreError.inconsistent("D-\(duty.number): no plan has item \(duty.item)")
        }
        return (plan, Chain(plan: plan, item: item))
    }

    /// The schedules of a programme by id, ended ones too.
    func schedules(programme: String) throws -> [ScheduleRow] {
        var found: [String: ScheduleRow] = [:]
        for row in try view.schedules(programme: programme) { found[row.id] = row }
        for row in schedules.values where row.programme == programme { found[row.id] = row }
        return found.values.sorted { $0.id < $1.id }
    }

    /// The newest duty that a schedule opened for a slot, or nil.
    func newest(schedule: String) throws -> Duty? {
        let own = duties.values.filter {
            $0.schedule == schedule && $0.finding == nil && !$0.kind.isSuperiors
        }
        let stored = try view.newest(schedule: schedule)
        return own.max { $0.number < $1.number } ?? stored
    }

    /// The duty of a slot, or nil.
    func duty(id: String) throws -> Duty? {
        if let own = duties.values.first(where: { $0.id == id }) { return own }
        guard let stored = try view.duty(id: id) else { return nil }
        return duties[stored.number] ?? stored
    }

    /// The unended jobs that wait for a job to end, by id.
    func jobs(after id: Int64) throws -> [Job] {
        var found: [Int64: Job] = [:]
        for job in try view.jobs(after: id) { found[job.id] = job }
        for job in jobs.values { found[job.id] = job }
        return found.values.filter { $0.after == id && !$0.state.isEnded }.sorted { $0.id < $1.id }
    }

    /// When the next run of a backlog may begin: the last one's time and the pacing's interval.
    mutating func paced() throws -> Instant {
        let last = try lastPaced ?? view.lastCatchUp()
        let next = max(now.wall, last.map { $0 + plans.pacing.interval } ?? now.wall)
        lastPaced = next
        return next
    }

    // MARK: Writing

    mutating func set(_ row: ProgrammeRow) { programmes[row.id] = row }
    mutating func set(_ row: ScheduleRow) { schedules[row.id] = row }
    mutating func set(_ finding: Finding) { findings[finding.number] = finding }
    mutating func set(_ row: RevisionRow) { revisions.append(row) }
    mutating func set(_ row: PassedRow) { passed.append(row) }
    mutating func set(_ job: Job) { jobs[job.id] = job }

    mutating func set(_ duty: Duty) {
        if priors[duty.number] == nil { priors[duty.number] = .some(stored(duty.number)?.state) }
        duties[duty.number] = duty
    }

    private mutating func stored(_ number: Int64) -> Duty? {
        do {
            return try view.duty(number)
        } catch {
            readError = error
            return nil
        }
    }

    mutating func keep(_ note: Note) { texts.append(.note(note)) }
    mutating func keep(planText: String, _ digest: Digest) {
        texts.append(.planText(planText, digest))
    }

    mutating func nextDuty() throws -> Int64 {
        let next = try (lastDuty ?? view.lastDuty()) + 1
        lastDuty = next
        return next
    }

    mutating func nextJob() throws -> Int64 {
        let next = try (lastJob ?? view.lastJob()) + 1
        lastJob = next
        return next
    }

    mutating func nextFinding() throws -> Int64 {
        let next = try (lastFinding ?? view.lastFinding()) + 1
        lastFinding = next
        return next
    }

    var nextSeq: Int64 { firstSeq + Int64(records.count) }

    /// Adds a record and folds it into the overlay.
    @discardableResult
    mutating func record(
        _ payload: Payload,
        number: Int64?,
        reason: Reason,
        by author: Author,
        effective: Instant? = nil
    ) throws -> Int64 {
        let record = Record(
            seq: nextSeq,
            at: now.wall,
            effective: effective ?? now.wall,
            actor: author.actor,
            person: author.person,
            post: author.post,
            via: author.via,
            reason: reason,
            number: number,
            payload: payload
        )
        try Fold.apply(record, to: &self)
        if let readError { throw readError }
        records.append(record)
        roots.append(try number.flatMap { try duty($0)?.root })
        return record.seq
    }

    /// The finished decision.
    func decision(_ reply: Reply) -> Decision {
        var writes = texts
        writes += programmes.values.map { .programme($0) }
        writes += schedules.values.map { .schedule($0) }
        for duty in duties.values.sorted(by: { $0.number < $1.number }) {
            writes.append(.duty(duty, prior: priors[duty.number] ?? nil))
        }
        writes += findings.values.map { .finding($0) }
        writes += revisions.map { .revision($0) }
        writes += passed.map { .passed($0) }
        writes += jobs.values.sorted { $0.id < $1.id }.map { .job($0) }
        return Decision(
            writes: writes,
            records: records,
            roots: roots,
            reply: reply,
            isUnfinished: isUnfinished
        )
    }
}

/// Who makes a record.
struct Author {
    var actor: Actor
    var person: String?
    var post: Post?
    var via: String

    static let timer = Author(actor: .timer, via: "engine")
    static let rule = Author(actor: .rule, via: "engine")
}
