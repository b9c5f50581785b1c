/// Backward scheduling (倒排工期): stages laid out from their end date towards today.
public enum BackwardSchedule {
    /// Returns the latest windows of the stages that still meet the end date, in working order.
    ///
    /// Each stage lasts at least one working day; `buffer` working days stay free between two.
    public static func windows(
        end: CivilDate,
        stages: [(name: String, workdays: Int)],
        buffer: Int,
        calendar: WorkCalendar
    ) -> [StageWindow] {
        precondition(buffer >= 0, "A buffer between stages is never negative.")
        var windows: [StageWindow] = []
        var finish = end
        for stage in stages.reversed() {
            precondition(stage.workdays >= 1, "A stage lasts at least one working day.")
            // An end date on a day off still leaves the stage all of its working days.
            let lastWorked = calendar.roll(finish, .before)
            let start = calendar.adding(workdays: 1 - stage.workdays, to: lastWorked)
            windows.append(StageWindow(name: stage.name, start: start, end: finish))
            finish = calendar.adding(workdays: -(buffer + 1), to: start)
        }
        return windows.reversed()
    }
}
