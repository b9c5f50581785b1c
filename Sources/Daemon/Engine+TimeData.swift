import CivilTime
import DubanAPI
import Foundation
import Ledger
import Logging
import PlanFile
import SQLiteStore
import Supervision

extension Engine {
    /// Takes note of the data that the plans were read with at the start: they may be newer than
    /// those of the run before.
    ///
    /// Rows are changed by them only once the ledger has been verified: a row that was tampered
    /// with must be found, not put right by a record.
    func takeChangedData(_ turn: inout Turn) throws {
        turn.state.timeData.release = ZoneDirectory(zoneDirectory).tzdata
        guard turn.state.mode.takesResults else { return }
        turn.state.timeData.isNew = try !plansWithNewData(turn).isEmpty
        if turn.state.startVerification == nil { try takeNewData(&turn) }
        // The alarm about a zone or calendar that is gone comes from reading the data again.
        let plans = turn.state.book.plans.values
        if plans.contains(where: \.timekeeper.lacksData) { try readTimeData(&turn) }
    }

    /// Moves the dates that newer data move, after a start.
    func takeNewData(_ turn: inout Turn) throws {
        guard turn.state.timeData.isNew, turn.state.mode.takesResults else { return }
        turn.state.timeData.isNew = false
        let plans = try plansWithNewData(turn)
        do {
            _ = try turn.decide(.recalendar(plans, loadedAt: turn.now.wall))
        } catch StoreError.inconsistent(let text) {
            return setReadOnly(text, &turn)
        }
        turn.state.nextWall = .min
    }

    private func plansWithNewData(_ turn: Turn) throws -> [Plan] {
        try turn.tx.programmes().compactMap { row in
            guard let plan = turn.state.book.plans[row.id] else { return nil }
            return row.timekeeping == plan.timekeeper.fullVersion ? nil : plan
        }
    }

    /// Has the plans in force read again on a thread of its own; the loop does not wait.
    func readTimeData(_ turn: inout Turn) throws {
        guard !turn.state.timeData.isReading else {
            turn.state.timeData.isStale = true
            return
        }
        var requests: [TimeDataRequest] = []
        for row in try turn.tx.programmes() {
            guard let plan = turn.state.book.plans[row.id],
                let text = try turn.tx.planText(row.digest)
            else { continue }
            requests.append(
                TimeDataRequest(plan: plan, text: text, digest: row.digest, name: row.name)
            )
        }
        turn.state.timeData.isReading = true
        let (reader, mailbox) = (self.reader, self.mailbox)
        let (zones, calendars) = (zoneDirectory, calendarDirectories)
        turn.effects.append { [requests] in
            Thread.detachNewThread {
                let reading = TimeDataReading(
                    requests,
                    reader,
                    zoneDirectory: zones,
                    calendarDirectories: calendars
                )
                mailbox.post(.timeData(reading))
            }
        }
    }

    /// Puts the plans in force that were read again, and records the dates that move.
    func take(_ reading: TimeDataReading, _ turn: inout Turn) throws {
        turn.state.timeData.isReading = false
        if turn.state.timeData.isStale {
            // What was read may be half of an upgrade: the newest data count.
            turn.state.timeData.isStale = false
            return try readTimeData(&turn)
        }
        guard turn.state.mode.takesResults else { return }
        // A plan that was changed meanwhile was read with the new data already.
        let inForce = try turn.tx.programmes()
        let plans = reading.plans.filter { read in
            inForce.contains { $0.id == read.plan.programme.id && $0.digest == read.digest }
        }.map(\.plan)
        do {
            _ = try turn.decide(.recalendar(plans, loadedAt: turn.now.wall))
        } catch StoreError.inconsistent(let text) {
            return setReadOnly(text, &turn)
        }
        for plan in plans {
            turn.state.book.add(plan, keepsFormer: false, uidOfLogin: Host.uid)
        }
        turn.state.nextWall = .min
        turn.state.timeData.release = reading.release
        let before = turn.state.timeData.alarms
        let alarms = alarms(reading, before, turn.now)
        turn.state.timeData.alarms = alarms
        let release = reading.release ?? "of no known release"
        turn.effects.append { [log] in
            log.notice("zone and calendar data were read again: tzdata \(release)")
            for alarm in alarms where !before.contains(alarm) {
                log.critical("\(Self.text(alarm))")
            }
            for alarm in before where !alarms.contains(alarm) {
                log.notice("over: \(Self.text(alarm))")
            }
        }
    }

    /// What is wrong now; an alarm that goes on keeps its time.
    private func alarms(
        _ reading: TimeDataReading,
        _ before: [ControlAPI.Alarm],
        _ now: Now
    ) -> [ControlAPI.Alarm] {
        reading.troubles.map { trouble in
            let known = before.first {
                $0.kind == trouble.kind && $0.subject == trouble.subject
                    && $0.detail == trouble.detail
            }
            return known
                ?? ControlAPI.Alarm(
                    kind: trouble.kind,
                    subject: trouble.subject,
                    detail: trouble.detail,
                    sinceMicros: now.wall.microseconds
                )
        }
    }

    private static func text(_ alarm: ControlAPI.Alarm) -> String {
        let detail = alarm.detail.map { ": \($0)" } ?? ""
        return switch alarm.kind {
        case .zoneMissing: "zone \(alarm.subject) is gone, its schedules stand still\(detail)"
        case .zoneUnreadable: "zone \(alarm.subject) cannot be read, the old data stay\(detail)"
        case .calendarMissing: "calendar \(alarm.subject) is gone, the old data stay\(detail)"
        case .calendarUnreadable:
            "calendar \(alarm.subject) cannot be read, the old data stay\(detail)"
        case .scheduleSuspended: "schedule \(alarm.subject) stands still: its zone is gone"
        }
    }
}
