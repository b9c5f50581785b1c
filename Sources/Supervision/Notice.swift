public import CivilTime
public import Ledger

/// What a `deliver` job says to whom: the input of the job as it is stored.
///
/// The text itself is made when the job is handed out, from the rows as they stand then.
public struct Notice: Codable, Hashable, Sendable {
    /// What a notice is about.
    public enum Matter: String, CaseIterable, Codable, Hashable, Sendable {
        /// The due date comes near.
        case reminder
        /// The due date has passed.
        case overdue
        /// A review or supervise duty was opened.
        case opened
        /// A submission was returned.
        case returned
        /// A superior urges.
        case urged
        /// Nobody above is left to act.
        case unattended
        /// The only senior signed alone.
        case singleSignature = "single-signature"
        /// A check could not be performed.
        case quarantined
    }

    /// What it is about.
    public var matter: Matter
    /// The address, from the plan.
    public var to: String
    /// The recipient by name.
    public var toName: String
    /// The duty.
    public var number: Int64
    /// The duty at the bottom, where `number` is a superior's.
    public var about: Int64?
    /// The commitment to what a superior wrote.
    public var note: Digest?
    /// A line of a check.
    public var line: String?
    /// When the next level is asked.
    public var nextAt: Instant?
    /// Who is asked then.
    public var nextName: String?
    /// How many thresholds passed at once.
    public var passed: Int64
    /// Distinguishes the messages of one duty.
    public var ordinal: String
}
