/// The accountability tables as something that records are folded into.
///
/// The engine folds into an overlay of the turn, verification into `Accounts` of its own: both
/// go through `Fold`, so that the tables and the ledger cannot come apart by design.
protocol Tables {
    func programme(_ id: String) throws -> ProgrammeRow?
    func schedule(_ id: String) throws -> ScheduleRow?
    func duty(_ number: Int64) throws -> Duty?
    func finding(_ number: Int64) throws -> Finding?
    mutating func set(_ row: ProgrammeRow)
    mutating func set(_ row: ScheduleRow)
    mutating func set(_ duty: Duty)
    mutating func set(_ finding: Finding)
    mutating func set(_ row: RevisionRow)
    mutating func set(_ row: PassedRow)
}

/// State = fold(ledger): the one place in which a record changes accountability state.
enum Fold {
    /// Applies a record.
    ///
    /// - Throws: `StoreError.inconsistent` if the record speaks of a row that is not there.
    static func apply(_ record: Record, to tables: inout some Tables) throws {
        switch record.payload {
        case .genesis, .finish, .backfill, .tick: break
        case .adopt(let adoption): adopt(adoption.programme, adoption.schedules, &tables)
        case .revise(let revising):
            adopt(revising.programme, revising.schedules, &tables)
            for (part, superseded) in revising.superseded.enumerated() {
                keep(superseded.slots, superseded.schedule, part, record, &tables)
            }
        case .open(let opening): try open(opening, &tables)
        case .pass(let passing):
            try advance(passing.progress, &tables)
            for (part, slots) in passing.slots.enumerated() {
                keep(slots, passing.progress.schedule, part, record, &tables)
            }
        case .pause(let pausing):
            try change(pausing.schedule, &tables) { row in
                row.pause = pausing.pause
                row.nextAt = pausing.nextAt
            }
        case .resume(let resuming):
            try change(resuming.schedule, &tables) { row in
                row.pause = nil
                row.nextAt = resuming.nextAt
            }
        case .recalendar(let recalendaring): try move(recalendaring, &tables)
        case .find(let finding): tables.set(finding)
        default: try change(record, &tables)
        }
    }

    private static func open(_ opening: Opening, _ tables: inout some Tables) throws {
        tables.set(opening.duty)
        if let progress = opening.progress { try advance(progress, &tables) }
        for number in opening.supervised {
            var below = try existing(number, tables)
            if number == opening.duty.subject {
                below.escalateAt = nil
                below.followsUp = false
                below.round += 1
            }
            below.reached = opening.duty.obligor
            tables.set(below)
        }
        if let number = opening.duty.finding, var finding = try tables.finding(number) {
            finding.rectify = opening.duty.number
            tables.set(finding)
        }
    }

    private static func adopt(
        _ programme: ProgrammeRow,
        _ schedules: [ScheduleRow],
        _ tables: inout some Tables
    ) {
        tables.set(programme)
        for schedule in schedules { tables.set(schedule) }
        tables.set(
            RevisionRow(
                programme: programme.id,
                revision: programme.revision,
                digest: programme.digest,
                name: programme.name,
                adoptedAt: programme.adoptedAt
            )
        )
    }

    private static func keep(
        _ slots: Passed,
        _ schedule: String,
        _ part: Int,
        _ record: Record,
        _ tables: inout some Tables
    ) {
        let row = PassedRow(seq: record.seq, part: Int64(part), schedule: schedule, slots: slots)
        tables.set(row)
    }

    private static func change(
        _ schedule: String,
        _ tables: inout some Tables,
        _ change: (inout ScheduleRow) -> Void
    ) throws {
        guard var row = try tables.schedule(schedule) else {
            throw StoreError.inconsistent("no schedule \(schedule)")
        }
        change(&row)
        tables.set(row)
    }

    private static func move(_ moves: Recalendaring, _ tables: inout some Tables) throws {
        guard var programme = try tables.programme(moves.programme) else {
            throw StoreError.inconsistent("no programme \(moves.programme)")
        }
        programme.timekeeping = moves.after
        tables.set(programme)
        for moved in moves.schedules {
            try change(moved.schedule, &tables) { row in
                row.plannedThrough = moved.plannedThrough
                row.nextAt = moved.nextAt
            }
        }
        for moved in moves.duties {
            var duty = try existing(moved.number, tables)
            duty.dueAt = moved.dueAt
            duty.isProvisional = moved.isProvisional
            duty.escalateAt = moved.escalateAt
            duty.reminders = moved.reminders
            duty.remindersFired = moved.remindersFired
            tables.set(duty)
        }
    }

    private static func advance(_ progress: Progress, _ tables: inout some Tables) throws {
        try change(progress.schedule, &tables) { row in
            row.plannedThrough = progress.plannedThrough
            if let slot = progress.plannedSlot { row.plannedSlot = slot }
            row.nextAt = progress.nextAt
        }
    }

    private static func change(_ record: Record, _ tables: inout some Tables) throws {
        guard let number = record.number else {
            throw StoreError.inconsistent("record \(record.seq) names no duty")
        }
        var duty = try existing(number, tables)
        switch record.payload {
        case .remind(let reminding): duty.remindersFired = reminding.fired
        case .submit(let submission): submit(submission, record, &duty)
        case .accept: settle(record, .accepted, &duty)
        case .return(let returning): sendBack(returning, record, &duty)
        case .urge(let urging):
            duty.escalateAt = urging.followUpAt
            duty.followsUp = true
            duty.isUnattended = false
        case .settle: settle(record, .accepted, &duty)
        case .moot: settle(record, .moot, &duty)
        case .unattended(let unattended):
            duty.isUnattended = true
            duty.escalateAt = unattended.againAt
            duty.followsUp = false
        default: break
        }
        tables.set(duty)
    }

    private static func submit(_ submission: Submission, _ record: Record, _ duty: inout Duty) {
        duty.state = .submitted
        duty.submittedAt = record.effective
        duty.submittedBy = record.person
        duty.note = submission.note
        duty.escalateAt = nil
        duty.followsUp = false
        duty.isUnattended = false
    }

    private static func sendBack(_ returning: Returning, _ record: Record, _ duty: inout Duty) {
        duty.state = .returned
        duty.attempt += 1
        duty.cycle += 1
        duty.dueAt = returning.dueAt
        duty.isProvisional = returning.isProvisional
        duty.reminders = returning.reminders
        duty.remindersFired = 0
        duty.submittedAt = nil
        duty.submittedBy = nil
        duty.escalateAt = returning.dueAt
        duty.followsUp = false
    }

    private static func settle(_ record: Record, _ state: DutyState, _ duty: inout Duty) {
        duty.state = state
        duty.settledAt = record.effective
        duty.settledBy = record.person
        duty.settledReason = record.reason
        duty.escalateAt = nil
        duty.followsUp = false
        duty.isUnattended = false
    }

    private static func existing(_ number: Int64, _ tables: some Tables) throws -> Duty {
        guard let duty = try tables.duty(number) else {
            throw StoreError.inconsistent("no duty \(number)")
        }
        return duty
    }
}
