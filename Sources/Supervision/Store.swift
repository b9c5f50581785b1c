public import CivilTime
public import Ledger

/// Where everything is kept.
///
/// An implementation keeps these promises, and `StoreConformance` tests them:
/// - `transact` runs its body once and commits everything it wrote, or nothing if it throws;
/// - when `transact` has returned, what it wrote survives a power cut (a memory store excepted);
/// - reads in a transaction see its own writes;
/// - leaves are append-only and gap-free: `append` of any `seq` but the next one throws;
/// - a `put` of a duty whose stored state differs from `prior` throws and changes nothing;
/// - one store is open at most once: a second opener is refused with a clear text.
public protocol Store: AnyObject {
    /// Runs the body in one transaction and makes it durable.
    ///
    /// - Throws: what the body throws, or `StoreError` if the store failed.
    func transact<T>(_ body: (any Transaction) throws -> T) throws -> T
}

/// One transaction of a store.
public protocol Transaction: View {
    /// Runs the body so that what it wrote is undone if it throws, while the rest of the
    /// transaction stands.
    func savepoint<T>(_ body: () throws -> T) throws -> T

    // Accountability tables: a fold of the ledger.

    /// Inserts or replaces a programme.
    func put(_ row: ProgrammeRow) throws
    /// Inserts or replaces a schedule.
    func put(_ row: ScheduleRow) throws
    /// Inserts (prior nil) or moves a duty on from the state it is expected to be in.
    func put(_ duty: Duty, prior: DutyState?) throws
    /// Inserts or replaces a finding.
    func put(_ finding: Finding) throws
    /// Inserts a revision; a second one of the same programme and number throws.
    func put(_ row: RevisionRow) throws
    /// Inserts a run of passed slots; a second one of the same record and part throws.
    func put(_ row: PassedRow) throws
    /// Returns all programmes by id.
    func programmes() throws -> [ProgrammeRow]
    /// Returns schedules by id, after the given one.
    func schedules(after id: String, limit: Int) throws -> [ScheduleRow]
    /// Returns duties by number that fit the filter, after the given number.
    func duties(_ filter: DutyFilter, after number: Int64, limit: Int) throws -> [Duty]
    /// Returns findings by number, after the given one.
    func findings(after number: Int64, limit: Int) throws -> [Finding]
    /// Returns runs of passed slots by record and part, after the given ones.
    func passed(after seq: Int64, part: Int64, limit: Int) throws -> [PassedRow]

    // Jobs and answers: not ledgered.

    /// Inserts or replaces a job.
    func put(_ job: Job) throws
    /// Returns jobs by id that fit the filter, after the given id.
    func jobs(_ filter: JobFilter, after id: Int64, limit: Int) throws -> [Job]
    /// Returns the answer recorded under a caller's request id, or nil.
    func answer(uid: UInt32, requestID: String) throws -> Answer?
    /// Records an answer.
    func put(_ answer: Answer) throws
    /// Deletes the answers recorded before an instant, at most 1,000 of them, and returns how many.
    @discardableResult
    func forgetAnswers(before: Instant) throws -> Int

    // Texts that leaves commit to.

    /// Returns a person's text by its commitment, or nil if it was erased or never kept.
    func note(_ digest: Digest) throws -> Note?
    /// Keeps a person's text.
    func put(_ note: Note) throws
    /// Returns commitments and texts by digest, after the given one.
    func notes(after digest: Digest?, limit: Int) throws -> [Note]
    /// Returns the plan text of a digest, or nil.
    func planText(_ digest: Digest) throws -> String?
    /// Keeps a plan text under its SHA-256.
    func put(planText: String, digest: Digest) throws

    // The ledger.

    /// Appends a leaf.
    func append(_ leaf: Leaf) throws
    /// Returns leaves by sequence number, from one on.
    func leaves(from seq: Int64, limit: Int) throws -> [Leaf]
    /// Returns the leaves about a duty and its chain, oldest first.
    func leaves(root: Int64, limit: Int) throws -> [Leaf]
    /// Replaces the tree head and adds a signed checkpoint of the same size.
    func seal(_ head: LedgerHead) throws
    /// Returns the newest tree head, or nil in an empty store.
    func head() throws -> LedgerHead?
    /// Returns the checkpoints by size, from one on.
    func checkpoints(from size: Int64, limit: Int) throws -> [StoredCheckpoint]

    // What the loop and the status need.

    /// Returns the earliest instant at which a schedule, a duty or a waiting job needs a turn.
    func nextWake(after now: Instant) throws -> Instant?
    /// Returns the earliest end of a lease that counts in this boot, in microseconds of the boot
    /// clock.
    func nextLeaseEnd(bootID: String) throws -> Int64?
    /// Returns the counts of the status screen.
    func counts(at now: Instant) throws -> Counts
    /// Returns a named setting of the store, such as the ledger's origin.
    func setting(_ name: String) throws -> String?
    /// Sets a named setting.
    func put(setting name: String, value: String) throws
}

/// A leaf as the store keeps it.
public struct Leaf: Hashable, Sendable {
    /// The sequence number, from 0.
    public let seq: Int64
    /// The canonical bytes.
    public let bytes: [UInt8]
    /// The duty at the bottom of the chain that the record is about, for `history`.
    public let root: Int64?

    /// Makes a leaf.
    public init(seq: Int64, bytes: [UInt8], root: Int64?) {
        self.seq = seq
        self.bytes = bytes
        self.root = root
    }
}

/// A tree head with the checkpoint that signs it.
public struct LedgerHead: Hashable, Sendable {
    /// The tree.
    public let tree: Tree
    /// The signed note of its checkpoint.
    public let note: String

    /// Makes a head.
    public init(tree: Tree, note: String) {
        self.tree = tree
        self.note = note
    }
}

/// A checkpoint as the store keeps it.
public struct StoredCheckpoint: Hashable, Sendable {
    /// The size of the tree.
    public let size: Int64
    /// The root as a column of its own.
    public let root: Digest
    /// The signed note.
    public let note: String

    /// Makes a stored checkpoint.
    public init(size: Int64, root: Digest, note: String) {
        self.size = size
        self.root = root
        self.note = note
    }
}

/// A person's text, kept apart from the ledger so that it can be erased.
public struct Note: Hashable, Sendable {
    /// What the leaf holds: `Commitment.digest(salt:text:)`.
    public let digest: Digest
    /// Sixteen random bytes.
    public let salt: [UInt8]
    /// The text; nil once erased.
    public let text: String?

    /// Makes a note.
    public init(digest: Digest, salt: [UInt8], text: String?) {
        self.digest = digest
        self.salt = salt
        self.text = text
    }
}

/// The recorded answer of a mutating call, for callers who ask again.
public struct Answer: Hashable, Sendable {
    /// The caller.
    public let uid: UInt32
    /// The caller's request id.
    public let requestID: String
    /// The SHA-256 of the call: the same id with another call is a conflict.
    public let call: Digest
    /// The reply, as JSON text.
    public let reply: String
    /// When it was given.
    public let at: Instant

    /// Makes an answer.
    public init(uid: UInt32, requestID: String, call: Digest, reply: String, at: Instant) {
        self.uid = uid
        self.requestID = requestID
        self.call = call
        self.reply = reply
        self.at = at
    }
}

/// Which duties a list shows; nil does not restrict.
public struct DutyFilter: Hashable, Sendable {
    /// Settled ones too.
    public var all = false
    /// Only this kind.
    public var kind: DutyKind?
    /// Only this state.
    public var state: DutyState?
    /// Only those of this unit.
    public var unit: String?
    /// Only those of this item.
    public var item: String?
    /// Only those of this person.
    public var person: String?
    /// Only those owed and due at this instant.
    public var lateAt: Instant?
    /// Only those that passed at the top with nobody above.
    public var unattended = false

    /// Makes a filter that shows every unsettled duty.
    public init() {}
}

/// Which jobs a list shows; nil does not restrict.
public struct JobFilter: Hashable, Sendable {
    /// Ended ones too.
    public var all = false
    /// Only this queue.
    public var queue: String?
    /// Only this state.
    public var state: JobState?
    /// Only those of this duty.
    public var number: Int64?

    /// Makes a filter that shows every job that has not ended.
    public init() {}
}

/// The counts of the status screen.
public struct Counts: Hashable, Sendable {
    /// Duties neither accepted nor moot.
    public var unsettled: Int64 = 0
    /// Those of them that are owed and due.
    public var late: Int64 = 0
    /// All duties.
    public var duties: Int64 = 0
    /// Jobs that wait.
    public var ready: Int64 = 0
    /// Jobs in workers' hands.
    public var leased: Int64 = 0
    /// Jobs whose attempts are used up.
    public var quarantined: Int64 = 0
    /// All jobs.
    public var jobs: Int64 = 0
    /// All findings.
    public var findings: Int64 = 0

    /// Makes counts of nothing.
    public init() {}
}

/// Why a store could not do what it should.
public enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The disk is full; the transaction was undone.
    case full
    /// The state folder or the file cannot be used; the text says why and what would help.
    case unusable(String)
    /// A read or write failed; nothing of the transaction may be acknowledged.
    case inputOutput(String)
    /// The rows are not as they must be: a programmer's error or a changed file.
    case inconsistent(String)

    /// One line for people.
    public var description: String {
        switch self {
        case .full: "the disk is full"
        case .unusable(let text): text
        case .inputOutput(let text): "input or output failed: \(text)"
        case .inconsistent(let text): "the store is inconsistent: \(text)"
        }
    }
}
