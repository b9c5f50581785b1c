public import CivilTime

/// Terms and reminders of the chain: how long superiors have, and who is reminded when.
public struct Ladder: Hashable, Sendable {
    /// How long a superior has to review a submission.
    public let review: Term
    /// How long a superior has to act on a late duty, and the default follow-up of an act.
    public let supervise: Term
    /// The least time that a returned duty gets.
    public let returned: Term
    /// Offsets before the due date at which the obligor is reminded.
    public let before: [Term]
    /// Offsets after the due date at which the obligor of an unsettled duty is reminded again.
    public let after: [Term]

    /// The ladder of a plan that says nothing: two working days for each act, reminders three and
    /// one working day before the due date and one after it.
    public static let standard = Ladder(
        review: .workdays(2),
        supervise: .workdays(2),
        returned: .workdays(2),
        before: [.workdays(3), .workdays(1)],
        after: [.workdays(1)]
    )

    /// Makes a ladder.
    public init(review: Term, supervise: Term, returned: Term, before: [Term], after: [Term]) {
        self.review = review
        self.supervise = supervise
        self.returned = returned
        self.before = before
        self.after = after
    }
}
