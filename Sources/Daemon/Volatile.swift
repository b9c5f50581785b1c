import Ledger
import Supervision
import Varlink

/// What the engine holds beside the store.
///
/// All of it may be lost, and follows again from rows and callers. A turn changes a copy, which
/// counts once the turn is committed.
struct Volatile {
    /// The adopted plans.
    var book = PlanBook()
    /// The attached workers by session.
    var sessions: [String: Session] = [:]
    /// One-shot workers that wait for a job.
    var waiting: [Waiting] = []
    /// Callers that read the ledger along.
    var followers: [ConnectionID: Follower] = [:]
    /// Plan files on their way in, by digest.
    var uploads: [Digest: Upload] = [:]
    /// Verifications under way, by cursor.
    var verifications: [String: VerificationRun] = [:]
    /// Calls that wait for a step of a verification: one step a turn.
    var verifying: [CallContext] = []
    /// Connections whose output is not being read.
    var blocked: Set<ConnectionID> = []
    /// Whether jobs are ready that the last turn could not hand out.
    var mustDispatch = true
    /// Whether ended leases are left from the last sweep.
    var mustSweep = false
    /// The daemon's own verification after its start.
    var startVerification: Verification?
    /// Whether everything is taken.
    var mode = Mode.running
    /// Whether the last turn left work that needs no waiting.
    var isUnfinished = true
    /// Whether schedules or thresholds that are due are left from the last turn.
    var isBehind = false
    /// When the next schedule, threshold or job is due; distant past at the start.
    var nextWall: Int64 = .min
    /// When the next lease or wait ends, in microseconds of the boot clock.
    var nextBoot: Int64 = .min
    /// When the watchdog was fed last, on the boot clock.
    var fedAt: Int64 = .min
    /// When old answers are deleted next, in wall microseconds.
    var forgetAt: Int64 = .min
    /// When the ledger is told next that the service runs, in wall microseconds.
    var tickAt: Int64 = .min
    /// What became of the clocks, and whether the wall clock is believed.
    var watch = ClockWatch()
    /// Zone and calendar data that are being read again, and what is wrong with those in use.
    var timeData = TimeDataState()
}

/// A verification that a caller takes step by step.
struct VerificationRun {
    /// When the last step was taken, in microseconds of the boot clock.
    var usedAt: Int64
    var verification: Verification
}

/// An attached worker.
struct Session {
    let id: String
    let name: String
    let uid: UInt32
    let queues: [String]
    let labels: [String]
    let capacity: Int
    let connection: ConnectionID
    let responder: Responder
    let attachedMicros: Int64
}

/// A `Reserve` call that waits for its first job.
struct Waiting {
    let call: IncomingCall
    let parameters: ReserveParameters
    let session: String
    /// When it is answered empty, in microseconds of the boot clock.
    let until: Int64
}

/// A caller that is sent ledger entries.
struct Follower {
    let responder: Responder
    /// The next entry it gets.
    var next: Int64
    /// Whether it stays when it has seen all.
    let stays: Bool
    /// Whether a page is on its way and the event loop has not taken it yet.
    var isBusy = false
}

/// A plan file on its way in.
struct Upload {
    let uid: UInt32
    var bytes: [UInt8]
}
