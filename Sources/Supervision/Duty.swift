public import CivilTime
public import Ledger

// The life of a duty. Each arrow names the action of the record that makes it, and the function
// that decides it.
//
//                    submit                     accept
//     open ──────────────────────► submitted ──────────► accepted
//      │  ▲   Decide+Act.submit     │             Decide+Act.accept
//      │  │                         │ return
//      │  │  submit                 ▼ Decide+Act.sendBack
//      │  └─────────────────── returned
//      │
//      ├── settle ──► accepted      the job was performed (Decide+Job), or a superior's act on the
//      │                            subject settles the superior's own duty (Decide+Act)
//      └── moot ────► moot          review and supervise: what it was about is settled
//                                   (Decide.endChain); inspect: the overlap policy put a newer
//                                   run in its place (Decide+Overlap.supersede)
//
// Overdue is a predicate, never a state: an overdue duty closes only by one of the arrows above.

/// What a duty asks of its obligor.
public enum DutyKind: String, CaseIterable, Codable, Hashable, Sendable {
    /// To account for an item, period by period or phase by phase.
    case account
    /// To have a check run by a machine.
    case inspect
    /// To put a finding right.
    case rectify
    /// To accept or return a submission.
    case review
    /// To act on a duty that is late.
    case supervise

    /// Whether the obligor hands something in that a superior then reviews.
    public var isSubmitted: Bool { self == .account || self == .rectify }
    /// Whether only superiors owe it, about another duty.
    public var isSuperiors: Bool { self == .review || self == .supervise }
}

/// Where a duty stands.
public enum DutyState: String, CaseIterable, Codable, Hashable, Sendable {
    /// Owed.
    case open
    /// Handed in; the next act is the superior's.
    case submitted
    /// Sent back with a new due date; owed again.
    case returned
    /// Settled.
    case accepted
    /// Ended because what it was about is settled; accrued lateness stays.
    case moot

    /// Whether nothing is owed any more.
    public var isSettled: Bool { self == .accepted || self == .moot }
    /// Whether the obligor owes the next act, so that lateness is the obligor's.
    public var isOwed: Bool { self == .open || self == .returned }
}

/// Something that a post owes by a date; the only thing that has a deadline.
public struct Duty: Codable, Hashable, Sendable {
    /// The register number; people write it D-0137.
    public var number: Int64
    /// The identity, `programme/item/role@nominal` or one derived from the subject's number.
    public var id: String
    /// What is owed.
    public var kind: DutyKind
    /// Where it stands.
    public var state: DutyState
    /// The programme it belongs to.
    public var programme: String
    /// The item it is about.
    public var item: String
    /// The organisational unit that owes it.
    public var unit: String
    /// The post that owes it.
    public var obligor: Post
    /// The person who held that post when it opened.
    public var person: String
    /// The post that reviews and supervises it; nil at the top of the line.
    public var superior: Post?
    /// When it opened.
    public var openAt: Instant
    /// When it is due, exclusive: on time is strictly before.
    public var dueAt: Instant
    /// When it was due first; a returned duty has a later due date.
    public var originalDueAt: Instant
    /// Whether the due date rests on a part of the work calendar that may still change.
    public var isProvisional: Bool
    /// How long the obligor has: the bound of every term that derives from this duty.
    public var term: Term
    /// The period that an account is for.
    public var period: String?
    /// The schedule it comes from.
    public var schedule: String?
    /// The duty that a review or supervise duty is about.
    public var subject: Int64?
    /// The duty that people name: itself, or the one at the bottom of the chain.
    public var root: Int64
    /// The finding that a rectify duty puts right.
    public var finding: Int64?
    /// How often it was handed out: 1, and one more for each return.
    public var attempt: Int64
    /// Counts the due dates it had.
    public var cycle: Int64
    /// How often rule B fired for it.
    public var round: Int64
    /// When rule B looks at it next: the due date, or the follow-up date of an act.
    public var escalateAt: Instant?
    /// Whether `escalateAt` is the follow-up date of a recorded act.
    public var followsUp: Bool
    /// The highest post that a supervise duty about it was opened on.
    public var reached: Post?
    /// Whether it passed at the top with nobody above to act.
    public var isUnattended: Bool
    /// The instants at which the obligor is reminded, ascending.
    public var reminders: [Instant]
    /// How many of them have fired.
    public var remindersFired: Int64
    /// When it was handed in last.
    public var submittedAt: Instant?
    /// Who handed it in.
    public var submittedBy: String?
    /// The commitment to what the obligor wrote.
    public var note: Digest?
    /// When it was settled.
    public var settledAt: Instant?
    /// Who settled it; nil where a rule did.
    public var settledBy: String?
    /// Why it was settled.
    public var settledReason: Reason?

    /// Whether the obligor is late at an instant: owed and due, or handed in after the due date.
    public func isLate(at now: Instant) -> Bool {
        if state.isOwed { return dueAt <= now }
        let done = submittedAt ?? settledAt
        return done.map { dueAt <= $0 } ?? false
    }

    /// When this duty next needs the engine, if ever; what `dueDuties` goes by.
    public var wakeAt: Instant? {
        guard state.isOwed else { return nil }
        let fired = Int(remindersFired)
        let reminder = fired < reminders.count ? reminders[fired] : nil
        return [reminder, escalateAt].compactMap { $0 }.min()
    }
}
