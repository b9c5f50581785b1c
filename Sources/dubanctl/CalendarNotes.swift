import CivilTime
import DubanAPI
import Messages

/// The changes of clocks that an expression touches, for its preview.
struct CalendarNotes {
    private let changes: [ClockChange]
    private let noteEnd: Instant
    private let zone: Zone

    /// How far ahead changes are listed (reference page, section 4): two years.
    private static let horizon = Span.days(731)

    /// Looks at the changes of the next two years, and at those as far as elapses are shown.
    init(_ expression: CalendarExpression, _ keeper: Timekeeper, base: Instant, last: Instant?) {
        noteEnd = base + Self.horizon
        let end = max(noteEnd, last ?? noteEnd)
        changes = expression.clockChanges(after: base, until: end, in: keeper)
        zone = (keeper.keeper(for: expression) ?? keeper).zone
    }

    /// What a change of clocks does to a slot, by the slot's identity.
    var marks: [String: String] {
        var marks: [String: String] = [:]
        for change in changes {
            if let slot = change.slot {
                marks[slot.id.text] = ScheduleAPI.ClockMark(change.effect).rawValue
            }
        }
        return marks
    }

    /// The notes on the changes of the next two years.
    var notes: [CalendarPreview.Note] {
        changes.filter { $0.transition <= noteEnd }.map { change in
            var note = CalendarPreview.Note(
                date: change.date.description,
                kind: change.kind.rawValue,
                micros: change.transition.microseconds,
                utc: change.transition.rfc3339,
                nominal: change.slot?.id.text,
                effect: ScheduleAPI.ClockMark(change.effect).rawValue
            )
            if case .moved(let instant) = change.effect { note.to = zone.rfc3339(instant) }
            return note
        }
    }
}
