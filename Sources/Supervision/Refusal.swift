/// Why a call was refused: nothing was changed.
public enum Refusal: Error, Hashable, Sendable {
    /// No duty has this number.
    case noSuchDuty(Int64)
    /// The duty's state does not admit the act; the text says what would.
    case wrongState(Int64, state: DutyState, String)
    /// The caller may not; the text names the missing right.
    case notAllowed(String)
    /// An argument does not say what it should.
    case badArgument(String, String)
    /// No plan in force has this schedule.
    case noSuchSchedule(String)
    /// The schedule's state does not admit it; the text says what would.
    case wrongScheduleState(String, String)
    /// A backlog is being worked off; the call may come again in a moment.
    case busy(String)
}
