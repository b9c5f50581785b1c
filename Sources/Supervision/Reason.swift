/// Why a decision was taken: the same word in the ledger, the journal and on screens.
public enum Reason: String, CaseIterable, Codable, Hashable, Sendable {
    /// The store was made.
    case firstStart = "first-start"
    /// A plan was adopted.
    case adopted
    /// A schedule's time came.
    case scheduled
    /// A duty was handed in.
    case submitted
    /// A due date passed.
    case overdue
    /// The follow-up date of an act passed and nothing had changed.
    case followUpPassed = "follow-up-passed"
    /// A check found a fault.
    case finding
    /// The due date comes near.
    case beforeDue = "before-due"
    /// The due date has passed and the duty is still owed.
    case afterDue = "after-due"
    /// A machine performed the inspection.
    case performed
    /// A superior judged the submission.
    case reviewed
    /// The superior owed an act and took it.
    case acted
    /// Somebody higher acted instead.
    case supersededByAct = "superseded-by-act"
    /// What the duty was about is settled.
    case settledBelow = "settled-below"
    /// There is nobody above.
    case topOfLine = "top-of-line"
    /// A person decided so.
    case person
    /// The service was down when it fell due.
    case catchUp = "catch-up"
    /// The check before has not been performed yet.
    case overlap
    /// A message was handed over.
    case delivered
    /// All attempts are used up.
    case gaveUp = "gave-up"
    /// No longer needed.
    case cancelled
    /// An `except` rule names it.
    case excluded
    /// The work calendar leaves no day for it.
    case calendar
    /// Clocks jumped over it.
    case clockChange = "clock-change"
    /// The schedule is paused.
    case paused
    /// A changed plan was adopted.
    case revised
    /// New zone or calendar data moved dates.
    case recalendared
    /// Somebody had a past slot run.
    case backfilled
    /// An hour of service has passed.
    case hourly
}
