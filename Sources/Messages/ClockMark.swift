public import CivilTime
public import DubanAPI

extension ScheduleAPI.ClockMark {
    /// No slot is moved further than this from the change of clocks that moves it.
    private static let reach = Span.hours(26)

    /// Takes over what the engine says of a change of clocks.
    public init(_ effect: ClockChange.Effect) {
        switch effect {
        case .moved: self = .moved
        case .skipped: self = .skipped
        case .repeated: self = .repeated
        case .ranOnce: self = .once
        case .merged: self = .merged
        }
    }

    /// Returns what a change of clocks does to a slot, nil if none does.
    ///
    /// Cost: the changes of a day around the slot, and one search for each.
    ///
    /// - Parameters:
    ///   - slot: The identity of the slot.
    ///   - instant: Where it elapses.
    ///   - expression: The rule whose slot it is.
    ///   - keeper: The zone and calendars by which the rule is read.
    public init?(
        of slot: String,
        at instant: Instant,
        by expression: CalendarExpression,
        in keeper: Timekeeper
    ) {
        let changes = expression.clockChanges(
            after: instant - Self.reach,
            until: instant + Self.reach,
            in: keeper
        )
        if let change = changes.first(where: { $0.slot?.id.text == slot }) {
            self.init(change.effect)
        } else if slot.hasSuffix(" fold 1") {
            self = .repeated
        } else {
            return nil
        }
    }
}
