import CivilTime
import DubanAPI
import Ledger
import Supervision
import Varlink

/// One pass of the loop: all items that wait, one transaction, one checkpoint.
struct Turn {
    /// The clocks, read once.
    let now: Now
    /// The rows.
    let tx: any Transaction
    /// The engine's memory as this turn leaves it.
    var state: Volatile
    /// The ledger as this turn leaves it.
    var tree: Tree
    /// What is done once the turn is on disk, in this order.
    var effects: [@Sendable () -> Void] = []
    /// The records of the turn with their roots.
    var records: [Record] = []
    /// Whether jobs may be handed out: something became ready, or somebody has room.
    var mayDispatch = false
    /// The ledger before the turn.
    let sizeBefore: UInt64

    init(now: Now, tx: any Transaction, state: Volatile, tree: Tree) {
        self.now = now
        self.tx = tx
        self.state = state
        self.tree = tree
        self.sizeBefore = tree.size
    }

    /// What the core may know.
    var known: Known {
        Known(view: tx, plans: state.book, now: now, nextSeq: Int64(tree.size))
    }

    /// Decides an event and applies the decision: rows, leaves, tree.
    ///
    /// - Throws: what the store throws.
    mutating func decide(_ event: Event) throws -> Reply {
        let decision = try Decide.decide(event, known)
        let (tree, count) = (self.tree, records.count)
        do {
            if !decision.writes.isEmpty || !decision.records.isEmpty {
                try tx.savepoint { try apply(decision) }
            }
        } catch {
            self.tree = tree
            records.removeLast(records.count - count)
            throw error
        }
        if decision.isUnfinished { state.isUnfinished = true }
        return decision.reply
    }

    private mutating func apply(_ decision: Decision) throws {
        for write in decision.writes {
            switch write {
            case .programme(let row): try tx.put(row)
            case .schedule(let row): try tx.put(row)
            case .duty(let duty, let prior): try tx.put(duty, prior: prior)
            case .finding(let finding): try tx.put(finding)
            case .revision(let row): try tx.put(row)
            case .passed(let row): try tx.put(row)
            case .job(let job):
                try tx.put(job)
                if job.state == .ready { mayDispatch = true }
            case .note(let note): try tx.put(note)
            case .planText(let text, let digest): try tx.put(planText: text, digest: digest)
            }
        }
        for (record, root) in zip(decision.records, decision.roots) {
            let leaf = try record.leaf(root: root)
            try tx.append(leaf)
            tree.append(leaf: leaf.bytes)
            records.append(record)
        }
    }

    /// Answers a call once the turn is on disk.
    mutating func reply(_ responder: Responder, _ parameters: JSON) {
        effects.append { responder.reply(parameters) }
    }

    /// Refuses a call once the turn is on disk.
    mutating func fail(_ responder: Responder, _ failure: WireFailure) {
        effects.append { responder.fail(failure.name, failure.parameters) }
    }
}
