import CivilTime
import Ledger

/// An answer's key: the caller and the caller's request id.
struct AnswerKey: Hashable, Comparable {
    let uid: UInt32
    let requestID: TextKey

    static func < (left: AnswerKey, right: AnswerKey) -> Bool {
        left.uid == right.uid ? left.requestID < right.requestID : left.uid < right.uid
    }
}

/// Everything that a memory store holds; each setter keeps the indexes right, also when it undoes.
struct MemoryRows {
    var programmes = SortedTable<TextKey, ProgrammeRow>()
    var notes = SortedTable<Digest, Note>()
    var planTexts: [Digest: String] = [:]
    var settings: [TextKey: String] = [:]
    var findings = SortedTable<Int64, Finding>()
    private(set) var schedules = SortedTable<TextKey, ScheduleRow>()
    private(set) var nextSchedules = SortedSet<Indexed<Instant, TextKey>>()
    private(set) var duties = SortedTable<Int64, Duty>()
    private(set) var dutyIndex = DutyIndex()
    private(set) var jobs = SortedTable<Int64, Job>()
    private(set) var jobIndex = JobIndex()
    private(set) var answers: [AnswerKey: Answer] = [:]
    private(set) var answersByTime = SortedSet<Indexed<Instant, AnswerKey>>()
    private(set) var leaves: [Leaf] = []
    private(set) var leavesByRoot: [Int64: [Int]] = [:]
    private(set) var checkpoints: [StoredCheckpoint] = []
    private(set) var head: LedgerHead?

    subscript(schedule id: TextKey) -> ScheduleRow? {
        get { schedules[id] }
        set {
            let old = schedules[id]
            schedules[id] = newValue
            nextSchedules.move(Self.next(old), Self.next(newValue))
        }
    }

    subscript(duty number: Int64) -> Duty? {
        get { duties[number] }
        set {
            dutyIndex.move(duties[number], newValue)
            duties[number] = newValue
        }
    }

    subscript(job id: Int64) -> Job? {
        get { jobs[id] }
        set {
            jobIndex.move(jobs[id], newValue)
            jobs[id] = newValue
        }
    }

    subscript(answer key: AnswerKey) -> Answer? {
        get { answers[key] }
        set {
            let old = answers[key]
            answers[key] = newValue
            answersByTime.move(
                old.map { Indexed(value: $0.at, key: key) },
                newValue.map { Indexed(value: $0.at, key: key) }
            )
        }
    }

    mutating func append(_ leaf: Leaf) {
        if let root = leaf.root { leavesByRoot[root, default: []].append(leaves.count) }
        leaves.append(leaf)
    }

    mutating func removeLastLeaf() {
        guard let leaf = leaves.popLast(), let root = leaf.root else { return }
        leavesByRoot[root]?.removeLast()
    }

    mutating func seal(_ new: LedgerHead, as checkpoint: StoredCheckpoint) {
        checkpoints.append(checkpoint)
        head = new
    }

    mutating func unseal(to old: LedgerHead?) {
        checkpoints.removeLast()
        head = old
    }

    private static func next(_ row: ScheduleRow?) -> Indexed<Instant, TextKey>? {
        guard let row, let next = row.nextAt else { return nil }
        return Indexed(value: next, key: TextKey(row.id))
    }
}
