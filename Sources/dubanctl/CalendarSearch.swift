import CivilTime
import DubanAPI
import Messages

/// Finds what calendar expressions come to from a base time on.
struct CalendarSearch {
    let files: ZoneFiles
    let zone: Zone
    let calendar: WorkCalendar
    let base: Instant
    let count: Int

    /// How many runs of skipped slots one answer holds at most.
    private static let runLimit = 10_000

    /// Returns what an expression comes to; a refused one has a problem instead.
    func answer(_ text: String) -> CalendarPreview.Expression {
        var answer = CalendarPreview.Expression(
            expression: text,
            baseMicros: base.microseconds
        )
        do throws(CalendarExpressionError) {
            let expression = try CalendarExpression(text)
            let keeper = try keeper(expression, text)
            answer.normal = expression.description
            answer.zone = (keeper.keeper(for: expression) ?? keeper).zone.name
            answer.calendar = keeper.calendar.id
            find(expression, keeper, &answer)
            note(expression, keeper, &answer)
        } catch {
            answer.error = CalendarPreview.Problem(
                message: error.message,
                column: Int64(error.column)
            )
        }
        return answer
    }

    /// The zone and calendars that an expression needs beside the schedule's own.
    private func keeper(
        _ expression: CalendarExpression,
        _ text: String
    ) throws(CalendarExpressionError) -> Timekeeper {
        var zones: [String: Zone] = [:]
        var calendars: [String: WorkCalendar] = [:]
        do throws(Failure) {
            if let name = expression.zoneName { zones[name] = try files.zone(name) }
        } catch {
            throw problem(error, expression.zoneName ?? "", text)
        }
        for id in expression.calendarNames {
            do throws(Failure) {
                calendars[id] = try files.calendar(id)
            } catch {
                throw problem(error, id, text)
            }
        }
        return Timekeeper(zone: zone, calendar: calendar, zones: zones, calendars: calendars)
    }

    /// Places what is wrong with a zone or calendar where the expression names it.
    private func problem(
        _ failure: Failure,
        _ name: String,
        _ text: String
    ) -> CalendarExpressionError {
        let words = text.split(separator: " ")
        let word = words.last { $0 == name } ?? words.last { $0.contains(name) }
        let column = word.map { text.distance(from: text.startIndex, to: $0.startIndex) } ?? 0
        let message = failure.lines.joined(separator: "; ")
        return CalendarExpressionError(message: message, column: column + 1)
    }

    private func find(
        _ expression: CalendarExpression,
        _ keeper: Timekeeper,
        _ answer: inout CalendarPreview.Expression
    ) {
        let zone = (keeper.keeper(for: expression) ?? keeper).zone
        var cursor = base
        while answer.elapses.count < count {
            let step = expression.step(after: cursor, through: .distantFuture, in: keeper)
            for run in step.skipped where answer.skipped.count < Self.runLimit {
                answer.skipped.append(CalendarPreview.Skipped(run))
            }
            guard step.through > cursor else { break }
            cursor = step.through
            if let slot = step.slot { answer.elapses.append(.init(slot, zone)) }
        }
        guard answer.elapses.count < count else { return }
        guard answer.elapses.isEmpty else {
            answer.end = .last
            return
        }
        let first = expression.next(after: .distantPast, in: keeper)
        answer.end = first == nil ? .never : .past
    }
}

extension CalendarSearch {
    /// Adds what changes of clocks do.
    private func note(
        _ expression: CalendarExpression,
        _ keeper: Timekeeper,
        _ answer: inout CalendarPreview.Expression
    ) {
        let last = answer.elapses.last.map { Instant(microseconds: $0.micros) }
        let notes = CalendarNotes(expression, keeper, base: base, last: last)
        answer.notes = notes.notes
        let marks = notes.marks
        for index in answer.elapses.indices {
            let slot = answer.elapses[index].nominal
            // Of the slots in an hour that comes twice, the second copies are marked too.
            let isSecond = slot.hasSuffix(" fold 1")
            let mark = marks[slot] ?? (isSecond ? ScheduleAPI.ClockMark.repeated.rawValue : nil)
            answer.elapses[index].clockMark = mark
        }
    }
}

extension CalendarPreview.Elapse {
    fileprivate init(_ slot: Slot, _ zone: Zone) {
        self.init(
            micros: slot.instant.microseconds,
            utc: slot.instant.rfc3339,
            local: zone.rfc3339(slot.instant),
            nominal: slot.id.text,
            provisional: slot.isProvisional
        )
    }
}

extension CalendarPreview.Skipped {
    fileprivate init(_ run: SkippedRun) {
        self.init(
            cause: run.cause.rawValue,
            first: run.first.id.text,
            last: run.last.id.text,
            count: Int64(run.count),
            firstMicros: run.first.instant.microseconds
        )
    }
}
