import CivilTime
import Ledger
import Supervision

/// Rows to store.
enum Sample {
    static func at(_ microseconds: Int64) -> Instant { Instant(microseconds: microseconds) }

    static func digest(_ text: String) -> Digest { .sha256(Array(text.utf8)) }

    /// A text that a store is likely to harm: two writing systems, an emoji of several scalars,
    /// a decomposed letter, quotes, a line break, a control character and NUL.
    static let text = "路灯 '100 %' \"ok\"\n\u{1B}[1m 👩‍🚒 e\u{301} é \u{0} end"

    /// A duty without any optional field.
    static func duty(_ number: Int64, _ change: (inout Duty) -> Void = { _ in }) -> Duty {
        var duty = Duty(
            number: number,
            id: "p/item/account@\(number)",
            kind: .account,
            programme: "p",
            item: "item",
            unit: "housing",
            obligor: .head(unit: "housing"),
            person: "p-014",
            root: number,
            openAt: at(1_000),
            dueAt: at(9_000),
            term: .workdays(2)
        )
        change(&duty)
        return duty
    }

    /// A duty with a value in every field.
    static func fullDuty(_ number: Int64) -> Duty {
        duty(number) { duty in
            duty.kind = .rectify
            duty.state = .returned
            duty.obligor = .owner(item: "env.lighting")
            duty.superior = .head(unit: "sponsor-env")
            duty.originalDueAt = at(5_000)
            duty.isProvisional = true
            duty.term = .elapsed(.seconds(5_400))
            duty.period = "2020-D28"
            duty.schedule = "p/item/inspect.lamps"
            duty.subject = 3
            duty.root = 2
            duty.finding = 8
            duty.attempt = 2
            duty.cycle = 3
            duty.round = 4
            duty.escalateAt = at(9_500)
            duty.followsUp = true
            duty.reached = .head(unit: "leadership")
            duty.isUnattended = true
            duty.reminders = [at(-5), at(7_000), at(8_000)]
            duty.remindersFired = 2
            duty.submittedAt = at(6_000)
            duty.submittedBy = "李四"
            duty.note = digest("note")
            duty.settledAt = at(9_900)
            duty.settledBy = "p-003"
            duty.settledReason = .supersededByAct
        }
    }

    /// A ready job without any optional field.
    static func job(_ id: Int64, _ change: (inout Job) -> Void = { _ in }) -> Job {
        var job = Job(
            id: id,
            queue: "inspect",
            label: nil,
            number: nil,
            attempts: 3,
            readyAt: at(1_000),
            input: "{}"
        )
        change(&job)
        return job
    }

    /// A job with a value in every field.
    static func fullJob(_ id: Int64) -> Job {
        job(id) { job in
            job.queue = "deliver"
            job.kind = "letter"
            job.label = "field"
            job.state = .leased
            job.number = 7
            job.attempt = 2
            job.notBefore = at(2_000)
            job.leaseID = 9
            job.lease = lease("s-1", expiresAt: 77)
            job.worker = "worker \u{0} 一"
            job.session = "s-0"
            job.endedAt = at(3_000)
            job.outcome = .critical
            job.summary = text
            job.input = text
            job.output = text
            job.origin = .catchUp
            job.after = 4
        }
    }

    static func lease(_ session: String, boot: String = "boot-1", expiresAt: Int64) -> Lease {
        Lease(session: session, uid: .max, bootID: boot, expiresAt: expiresAt)
    }

    static func leased(_ id: Int64, _ lease: Lease) -> Job {
        job(id) { job in
            job.state = .leased
            job.lease = lease
        }
    }

    static func programme(_ id: String) -> ProgrammeRow {
        ProgrammeRow(
            id: id,
            digest: digest(id),
            plan: text,
            adoptedAt: at(5),
            timekeeping: "tz 2026f, cn 3",
            revision: 1
        )
    }

    static func schedule(_ id: String, next: Int64?) -> ScheduleRow {
        var row = ScheduleRow(
            id: id,
            programme: "p",
            item: "env.lighting",
            role: "inspect.lamps",
            activatedAt: at(1)
        )
        row.plannedThrough = at(4)
        row.nextAt = next.map(at)
        return row
    }

    /// A schedule with a value in every field.
    static func fullSchedule(_ id: String) -> ScheduleRow {
        var row = schedule(id, next: 60)
        row.plannedSlot = "2025-10-26 02:30:00 fold 1"
        row.pause = Pause(since: at(7), until: at(60), by: "李四", note: digest("closed"))
        row.endedAt = at(90)
        row.revisedAt = at(80)
        row.rezonedAt = at(70)
        return row
    }

    static func revision(_ revision: Int64, of programme: String) -> RevisionRow {
        RevisionRow(
            programme: programme,
            revision: revision,
            digest: digest("\(programme) \(revision)"),
            name: text,
            adoptedAt: at(revision)
        )
    }

    static func passed(
        _ seq: Int64,
        _ part: Int64,
        schedule: String = "p/item/inspect.lamps",
        _ from: Int64 = 10,
        _ through: Int64 = 20
    ) -> PassedRow {
        let slots = Passed(
            from: at(from),
            through: at(through),
            first: "1970-01-01 00:00:00",
            last: "1970-01 wd3 10:00:00",
            count: 2,
            cause: .gapMerged
        )
        return PassedRow(seq: seq, part: part, schedule: schedule, slots: slots)
    }

    static func finding(_ number: Int64, schedule: String = "p/item/inspect.lamps") -> Finding {
        Finding(
            number: number,
            programme: "p",
            item: "item",
            schedule: schedule,
            duty: 2,
            job: 3,
            foundAt: at(6),
            summary: text
        )
    }
}
