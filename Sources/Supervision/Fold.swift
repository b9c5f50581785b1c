/// The accountability tables as something that records are folded into.
///
/// The engine folds into an overlay of the turn, verification into `Accounts` of its own: both
/// go through `Fold`, so that the tables and the ledger cannot come apart by design.
protocol Tables {
    func schedule(_ id: String) throws -> ScheduleRow?
    func duty(_ number: Int64) throws -> Duty?
    func finding(_ number: Int64) throws -> Finding?
    mutating func set(_ row: ProgrammeRow)
    mutating func set(_ row: ScheduleRow)
    mutating func set(_ duty: Duty)
    mutating func set(_ finding: Finding)
}

/// State = fold(ledger): the one place in which a record changes accountability state.
enum Fold {
    /// Applies a record.
    ///
    /// - Throws: `StoreError.inconsistent` if the record speaks of a row that is not there.
    static func apply(_ record: Record, to tables: inout some Tables) throws {
        switch record.payload {
        case .genesis, .finish: break
        case .adopt(let adoption):
            tables.set(adoption.programme)
            for schedule in adoption.schedules { tables.set(schedule) }
        case .open(let opening): try open(opening, &tables)
        case .miss(let miss): try advance(miss.progress, &tables)
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

    private static func advance(_ progress: Progress, _ tables: inout some Tables) throws {
        guard var row = try tables.schedule(progress.schedule) else {
            throw StoreError.inconsistent("no schedule \(progress.schedule)")
        }
        row.plannedThrough = progress.plannedThrough
        row.nextAt = progress.nextAt
        tables.set(row)
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
        case .genesis, .adopt, .open, .miss, .find, .finish: break
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
