import Ledger
import Supervision

/// Recomputes the ledger of a store from its leaves, a step at a time while the engine goes on:
/// leaf hashes, tree, every checkpoint, and then each cell of the accountability tables.
///
/// A class, so that a step costs what it looks at and copies nothing; a turn that fails drops it.
final class Verification {
    /// How many leaves or rows one step takes.
    private static let stepSize = 256
    /// How many problems are kept.
    private static let problemLimit = 100

    private enum Phase {
        case leaves
        case duties
        case passed
        case others
        case done
    }

    /// What is wrong.
    private(set) var problems: [Problem] = []
    private let key: VerifierKey
    private var phase = Phase.leaves
    private var tree = Tree()
    private var accounts = Accounts()
    private var next: Int64 = 0
    private var checkpoints: ArraySlice<StoredCheckpoint> = []
    private var lastCheckpoint: StoredCheckpoint?
    private var notes: Set<Digest> = []
    private var genesis: Genesis?
    private var numbers: ArraySlice<Int64> = []
    /// How many runs of passed slots of the ledger were looked for.
    private var sought = 0
    /// The last run of passed slots that was read from the store.
    private var lastPassed: (seq: Int64, part: Int64) = (.min, .min)

    init(key: VerifierKey) { self.key = key }

    /// How many leaves were recomputed.
    var checked: Int64 { next }
    /// Whether everything was looked at, or what was found makes going on pointless.
    var isDone: Bool { phase == .done }

    /// Does one step; `head` is the ledger as this turn knows it.
    func step(_ tx: any Transaction, head: Tree) {
        do {
            switch phase {
            case .leaves: try readLeaves(tx, head)
            case .duties: try compareDuties(tx, head)
            case .passed: try comparePassed(tx, head)
            case .others: try compareOthers(tx, head)
            case .done: break
            }
        } catch {
            add("store", "\(error)")
            phase = .done
        }
        if problems.count >= Self.problemLimit { phase = .done }
    }

    private func add(_ place: String, _ what: String) {
        if problems.count < Self.problemLimit { problems.append(Problem(place: place, what: what)) }
    }

    // MARK: Leaves

    private func readLeaves(_ tx: any Transaction, _ head: Tree) throws {
        let leaves = try tx.leaves(from: next, limit: Self.stepSize)
        for leaf in leaves {
            guard leaf.seq == next else {
                add("leaf \(next)", "it is missing; the next one is leaf \(leaf.seq)")
                phase = .done
                return
            }
            try check(leaf, tx)
            guard phase == .leaves else { return }
        }
        guard leaves.count < Self.stepSize else { return }
        guard UInt64(next) == head.size else {
            add("leaf \(next)", "it is missing: the ledger has \(head.size) leaves")
            phase = .done
            return
        }
        phase = .duties
        numbers = accounts.duties.keys.sorted()[...]
    }

    private func check(_ leaf: Leaf, _ tx: any Transaction) throws {
        tree.append(leaf: leaf.bytes)
        next += 1
        do {
            let record = try Record(leaf: leaf.bytes)
            guard record.seq == leaf.seq else {
                add("leaf \(leaf.seq)", "it says that it is leaf \(record.seq)")
                return
            }
            try accounts.apply(record)
            collect(record)
            let root = record.number.flatMap { accounts.duties[$0]?.root }
            if root != leaf.root {
                let told = leaf.root.map { "D-\($0)" } ?? "no duty"
                let right = root.map { "D-\($0)" } ?? "no duty"
                add(
                    "leaf \(leaf.seq)",
                    "its row is filed under \(told), the leaf is about \(right)"
                )
            }
        } catch {
            add("leaf \(leaf.seq)", "it is no record: \(error)")
        }
        try checkCheckpoint(tx)
        // After a changed leaf every later root differs: naming the first one is enough.
        if !problems.isEmpty { phase = .done }
    }

    private func collect(_ record: Record) {
        switch record.payload {
        case .genesis(let genesis): self.genesis = genesis
        case .submit(let submission): notes.insert(submission.note)
        case .accept(let acceptance): if let note = acceptance.note { notes.insert(note) }
        case .return(let returning): notes.insert(returning.note)
        case .urge(let urging): if let note = urging.note { notes.insert(note) }
        case .pause(let pausing): notes.insert(pausing.pause.note)
        case .resume(let resuming): if let note = resuming.note { notes.insert(note) }
        default: break
        }
    }

    private func checkCheckpoint(_ tx: any Transaction) throws {
        if checkpoints.isEmpty {
            checkpoints = try tx.checkpoints(from: next, limit: Self.stepSize)[...]
        }
        guard let stored = checkpoints.first, stored.size <= next else { return }
        checkpoints.removeFirst()
        lastCheckpoint = stored
        let place = "checkpoint \(stored.size)"
        guard stored.size == next else { return add(place, "no turn ended at this size") }
        guard stored.root == tree.root else {
            return add(place, "its root is not that of leaves 0 to \(next - 1)")
        }
        do {
            let signed = try key.open(stored.note)
            if signed.size != UInt64(next) || signed.root != tree.root {
                add(place, "the signed note speaks of another tree")
            }
        } catch {
            add(place, "its signed note does not hold: \(error)")
        }
    }

    /// Folds in what was recorded since the last step, so that the comparison is exact.
    private func catchUp(_ tx: any Transaction, _ head: Tree) throws {
        while UInt64(next) < head.size, phase != .done {
            let leaves = try tx.leaves(from: next, limit: Self.stepSize)
            guard !leaves.isEmpty else { return add("leaf \(next)", "it is missing") }
            for leaf in leaves where phase != .done {
                let before = phase
                phase = .leaves
                try check(leaf, tx)
                if phase == .leaves { phase = before }
            }
        }
    }

    // MARK: Tables

    private func compareDuties(_ tx: any Transaction, _ head: Tree) throws {
        try catchUp(tx, head)
        for number in numbers.prefix(Self.stepSize) {
            let place = "duty D-\(number)"
            do {
                compare(place, try tx.duty(number), accounts.duties[number])
            } catch {
                add(place, "\(error)")
            }
        }
        numbers = numbers.dropFirst(Self.stepSize)
        if numbers.isEmpty, phase != .done { phase = .passed }
    }

    /// Compares runs of passed slots; the store and the ledger have them in the same order.
    private func comparePassed(_ tx: any Transaction, _ head: Tree) throws {
        try catchUp(tx, head)
        guard phase != .done else { return }
        let (seq, part) = lastPassed
        let rows = try tx.passed(after: seq, part: part, limit: Self.stepSize)
        for row in rows {
            seekPassed { ($0.seq, $0.part) < (row.seq, row.part) }
            let right = sought < accounts.passed.count ? accounts.passed[sought] : nil
            let isTold = right.map { ($0.seq, $0.part) == (row.seq, row.part) } ?? false
            if isTold { sought += 1 }
            compare(place(row), row, isTold ? right : nil)
            lastPassed = (row.seq, row.part)
        }
        guard rows.count < Self.stepSize else { return }
        seekPassed { _ in true }
        phase = .others
    }

    /// Names the runs that the store leaves out, up to the one that it goes on with.
    private func seekPassed(while isBefore: (PassedRow) -> Bool) {
        while sought < accounts.passed.count, isBefore(accounts.passed[sought]) {
            add(place(accounts.passed[sought]), "its row is missing")
            sought += 1
        }
    }

    private func place(_ row: PassedRow) -> String {
        "passed slots of leaf \(row.seq), part \(row.part)"
    }

    private func compareOthers(_ tx: any Transaction, _ head: Tree) throws {
        try catchUp(tx, head)
        try count("duty", tx.lastDuty(), Int64(accounts.duties.count))
        var stored = Set<String>()
        for row in try tx.programmes() {
            stored.insert(row.id)
            compare("programme \(row.id)", row, accounts.programmes[row.id])
            try comparePlan(row.digest, tx)
        }
        for id in accounts.programmes.keys where !stored.contains(id) {
            add("programme \(id)", "its row is missing")
        }
        try compareRevisions(stored, tx)
        try compareSchedules(tx)
        try compareFindings(tx)
        try compareNotes(tx)
        try compareHead(tx, head)
        phase = .done
    }

    private func count(_ table: String, _ stored: Int64, _ right: Int64) throws {
        if stored != right {
            add("table \(table)", "its last number is \(stored), the ledger says \(right)")
        }
    }

    private func comparePlan(_ digest: Digest, _ tx: any Transaction) throws {
        let text = try tx.planText(digest)
        guard let text, Digest.sha256(Array(text.utf8)) == digest else {
            return add("plan_text \(digest)", "the text is missing or not the one adopted")
        }
    }

    /// Compares the revisions of every programme that the store or the ledger knows, and the
    /// texts of those that are no more in force.
    private func compareRevisions(_ stored: Set<String>, _ tx: any Transaction) throws {
        let told = Dictionary(grouping: accounts.revisions, by: \.programme)
        for programme in stored.union(told.keys).sorted() {
            var missing: [Int64: RevisionRow] = [:]
            for row in told[programme] ?? [] { missing[row.revision] = row }
            let current = accounts.programmes[programme]?.digest
            for row in try tx.revisions(programme: programme) {
                let right = missing.removeValue(forKey: row.revision)
                compare("revision \(row.revision) of \(programme)", row, right)
                if let right, right.digest != current { try comparePlan(right.digest, tx) }
            }
            for revision in missing.keys.sorted() {
                add("revision \(revision) of \(programme)", "its row is missing")
            }
        }
    }

    private func compareSchedules(_ tx: any Transaction) throws {
        var after = ""
        var seen = 0
        while true {
            let rows = try tx.schedules(after: after, limit: Self.stepSize)
            for row in rows {
                compare("schedule \(row.id)", row, accounts.schedules[row.id])
                if accounts.schedules[row.id] != nil { seen += 1 }
            }
            guard let last = rows.last else { break }
            after = last.id
        }
        if seen != accounts.schedules.count {
            add("table schedule", "\(accounts.schedules.count - seen) rows are missing")
        }
    }

    private func compareFindings(_ tx: any Transaction) throws {
        try count("finding", tx.lastFinding(), Int64(accounts.findings.count))
        for number in accounts.findings.keys.sorted() {
            compare("finding F-\(number)", try tx.finding(number), accounts.findings[number])
        }
    }

    private func compareNotes(_ tx: any Transaction) throws {
        var after: Digest?
        var missing = notes
        while true {
            let rows = try tx.notes(after: after, limit: Self.stepSize)
            for note in rows {
                missing.remove(note.digest)
                guard let text = note.text else { continue }
                if Commitment.digest(salt: note.salt, text: text) != note.digest {
                    add("note \(note.digest)", "the text is not the one that was committed to")
                } else if !notes.contains(note.digest) {
                    add("note \(note.digest)", "no leaf commits to it")
                }
            }
            guard let last = rows.last else { break }
            after = last.digest
        }
        for digest in missing.sorted() {
            add("note \(digest)", "its row is missing; an erased text leaves its row")
        }
    }

    private func compareHead(_ tx: any Transaction, _ head: Tree) throws {
        let stored = try tx.head()
        if stored?.tree != tree || head != tree {
            add("tree_head", "it is not the tree of the leaves")
        }
        if stored?.note != lastCheckpoint?.note || lastCheckpoint?.size != next {
            add("tree_head", "its note is not the newest checkpoint's")
        }
        if let genesis, genesis.key != key.description || genesis.origin != key.name {
            add("leaf 0", "it names another key than \(key.name)'s: \(genesis.key)")
        }
        let origin = try tx.setting("origin")
        if origin != key.name { add("setting origin", "it is not \(key.name)") }
        // Checkpoints beyond the last leaf would claim a longer ledger.
        if let ahead = try tx.checkpoints(from: next + 1, limit: 1).first {
            add("checkpoint \(ahead.size)", "the ledger has only \(next) leaves")
        }
    }

    /// Names each cell in which a row differs from what the ledger says.
    private func compare<Row: Encodable & Equatable>(
        _ place: String,
        _ row: Row?,
        _ right: Row?
    ) {
        guard row != right else { return }
        guard let row else { return add(place, "its row is missing") }
        guard let right else { return add(place, "no leaf speaks of it") }
        for text in RowCells(row).differences(from: RowCells(right)) { add(place, text) }
    }
}
