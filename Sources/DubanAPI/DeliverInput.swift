/// The input of a `deliver` job: who is told what about which duty.
public struct DeliverInput: Codable, Hashable, Sendable {
    /// What a message is about.
    public enum Matter: String, CaseIterable, Codable, Hashable, Sendable {
        /// The due date comes near.
        case reminder
        /// The due date has passed.
        case overdue
        /// A duty was opened for a superior: something is to be reviewed or supervised.
        case opened
        /// A submission was returned with a new due date.
        case returned
        /// A superior urges.
        case urged
        /// Nobody above is left to act; goes to the fallback addressee.
        case unattended
        /// The only senior signed alone; goes to the fallback addressee.
        case singleSignature = "single-signature"
        /// A check could not be performed however often it was tried.
        case quarantined
    }

    /// The address, from the plan and from nowhere else.
    public var to: String
    /// The recipient by name.
    public var toName: String
    /// What the message is about.
    public var matter: Matter
    /// The duty as it stood when the message was decided.
    public var duty: DutyAPI.Duty
    /// The duty that a superior is asked to look at, if this is about a review or supervise duty.
    public var about: DutyAPI.Duty?
    /// What a superior or a check said, if it belongs here.
    public var note: String?
    /// When the next level is asked, in microseconds; absent at the top.
    public var nextMicros: Int64?
    /// Who is asked then.
    public var nextName: String?
    /// How many thresholds passed unseen before this message, while the service was down.
    public var passed: Int64
    /// Distinguishes the messages of one duty; the same message sent again has the same one.
    public var ordinal: String
    /// The right-hand side of Message-ID and the host of List-Id.
    public var domain: String
    /// The sender's address.
    public var from: String
    /// When the message was decided, in microseconds.
    public var atMicros: Int64
    /// Size of the ledger when the message was decided.
    public var ledgerSize: Int64
    /// Root of the ledger at that size, in hex.
    public var ledgerRoot: String

    /// Makes an input from its fields.
    public init(
        to: String,
        toName: String,
        matter: Matter,
        duty: DutyAPI.Duty,
        about: DutyAPI.Duty? = nil,
        note: String? = nil,
        nextMicros: Int64? = nil,
        nextName: String? = nil,
        passed: Int64 = 0,
        ordinal: String,
        domain: String,
        from: String,
        atMicros: Int64,
        ledgerSize: Int64,
        ledgerRoot: String
    ) {
        self.to = to
        self.toName = toName
        self.matter = matter
        self.duty = duty
        self.about = about
        self.note = note
        self.nextMicros = nextMicros
        self.nextName = nextName
        self.passed = passed
        self.ordinal = ordinal
        self.domain = domain
        self.from = from
        self.atMicros = atMicros
        self.ledgerSize = ledgerSize
        self.ledgerRoot = ledgerRoot
    }
}
