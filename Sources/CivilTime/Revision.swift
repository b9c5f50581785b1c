/// What becomes of a due date when a work calendar changes.
///
/// Rule: a due date that is computed anew and lies before the instant at which the new data were
/// loaded is rolled `after` instead; a deadline is never shortened into the past.
public enum Revision {
    /// Returns the due date of a cut-off by the new calendar.
    ///
    /// - Parameters:
    ///   - old: When it was due by the old calendar.
    ///   - cutOff: The day whose end is the cut-off, before it is rolled.
    ///   - roll: Where the schedule rolls a cut-off on a day off.
    ///   - loadedAt: When the new calendar was loaded.
    ///   - keeper: The zone, and the new calendar.
    /// - Returns: The new due date.
    public static func due(
        old: Instant,
        cutOff: CivilDate,
        roll: Roll,
        loadedAt: Instant,
        in keeper: Timekeeper
    ) -> Deadline {
        due(
            old: old,
            recomputed: keeper.endOfDay(cutOff, roll: roll),
            rolledAfter: keeper.endOfDay(cutOff, roll: .after),
            loadedAt: loadedAt
        )
    }

    /// Returns the due date of a term by the new calendar.
    ///
    /// The end of a term that is shortened into the past becomes the end of the first working day
    /// from the loading on, and never later than it was.
    ///
    /// - Parameters:
    ///   - old: When it was due by the old calendar.
    ///   - start: Where the term begins.
    ///   - term: The term.
    ///   - loadedAt: When the new calendar was loaded.
    ///   - keeper: The zone, and the new calendar.
    /// - Returns: The new due date.
    public static func due(
        old: Instant,
        from start: Instant,
        term: Term,
        loadedAt: Instant,
        in keeper: Timekeeper
    ) -> Deadline {
        let today = keeper.endOfDay(keeper.zone.local(loadedAt).date, roll: .after)
        return due(
            old: old,
            recomputed: keeper.deadline(from: start, term: term),
            rolledAfter: Deadline(
                instant: min(today.instant, old),
                isProvisional: today.isProvisional
            ),
            loadedAt: loadedAt
        )
    }

    /// Returns the new due date, given both results of the new calendar.
    ///
    /// A date that is late already and moves back moves nowhere: it stays where it was.
    ///
    /// - Parameters:
    ///   - old: When it was due by the old calendar.
    ///   - recomputed: When it is due by the new calendar and the schedule's own roll.
    ///   - rolledAfter: When it is due by the new calendar if it is rolled `after`.
    ///   - loadedAt: When the new calendar was loaded.
    /// - Returns: The new due date.
    public static func due(
        old: Instant,
        recomputed: Deadline,
        rolledAfter: Deadline,
        loadedAt: Instant
    ) -> Deadline {
        let bound = min(loadedAt, old)
        if recomputed.instant >= bound { return recomputed }
        if rolledAfter.instant >= bound { return rolledAfter }
        return Deadline(instant: old, isProvisional: recomputed.isProvisional)
    }
}
