/// What a decision may know: rows, plans, the time and the place of its records in the ledger.
public struct Known {
    /// The rows.
    public let view: any View
    /// The adopted plans.
    public let plans: PlanBook
    /// The time.
    public let now: Now
    /// The sequence number that the first record gets.
    public let nextSeq: Int64

    /// Makes the knowledge of one decision.
    public init(view: any View, plans: PlanBook, now: Now, nextSeq: Int64) {
        self.view = view
        self.plans = plans
        self.now = now
        self.nextSeq = nextSeq
    }
}
