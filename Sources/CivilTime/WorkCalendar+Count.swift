extension WorkCalendar {
    private static let dayNumbers =
        CivilDate(dayNumber: .min).dayNumber...CivilDate(dayNumber: .max).dayNumber

    /// Returns the nth working day strictly after a date, or before it for a negative count; 0 gives
    /// the date itself, worked or not.
    ///
    /// It stops at 0001-01-01 and at 9999-12-31. The cost is that of a few binary searches, however
    /// large the count is.
    public func adding(workdays n: Int, to date: CivilDate) -> CivilDate {
        guard n != 0 else { return date }
        let number = date.dayNumber
        // There are fewer days than this, so that sums below cannot overflow.
        let count = min(max(n, -10_000_000), 10_000_000)
        let rank =
            count > 0
            ? table.count(before: number + 1) + count - 1 : table.count(before: number) + count
        return CivilDate(dayNumber: table.day(rank: rank, within: Self.dayNumbers))
    }

    /// Returns how many working days there are from one date through another, both included;
    /// 0 if the last lies before the first.
    public func workdays(from first: CivilDate, through last: CivilDate) -> Int {
        guard first <= last else { return 0 }
        return table.count(before: last.dayNumber + 1) - table.count(before: first.dayNumber)
    }

    /// Returns the date itself if it is worked, else the day where the policy moves it.
    public func roll(_ date: CivilDate, _ policy: Roll) -> CivilDate {
        switch policy {
        case .none: date
        case .before: isWorkday(date) ? date : adding(workdays: -1, to: date)
        case .after: isWorkday(date) ? date : adding(workdays: 1, to: date)
        case .nearest: nearest(date)
        case .modifiedBefore: within(month: date, roll(date, .before), else: .after)
        case .modifiedAfter: within(month: date, roll(date, .after), else: .before)
        }
    }

    private func nearest(_ date: CivilDate) -> CivilDate {
        let (before, after) = (roll(date, .before), roll(date, .after))
        let isLater = after.dayNumber - date.dayNumber < date.dayNumber - before.dayNumber
        return isLater ? after : before
    }

    private func within(
        month date: CivilDate,
        _ rolled: CivilDate,
        else other: Roll
    ) -> CivilDate {
        rolled.firstOfMonth == date.firstOfMonth ? rolled : roll(date, other)
    }
}
