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

/// A revision's key.
struct RevisionKey: Hashable, Comparable {
    let programme: TextKey
    let revision: Int64

    static func < (left: RevisionKey, right: RevisionKey) -> Bool {
        left.programme == right.programme
            ? left.revision < right.revision : left.programme < right.programme
    }
}

/// The key of a run of passed slots: its record and its place in it.
struct PassedKey: Hashable, Comparable {
    let seq: Int64
    let part: Int64

    static func < (left: PassedKey, right: PassedKey) -> Bool {
        left.seq == right.seq ? left.part < right.part : left.seq < right.seq
    }
}

/// Everything that a memory store holds; each setter keeps the indexes right, also when it undoes.
struct MemoryRows {
    var programmes = SortedTable<TextKey, ProgrammeRow>()
    var notes = SortedTable<Digest, Note>()
    var planTexts: [Digest: String] = [:]
    var settings: [TextKey: String] = [:]
    var findings = SortedTable<Int64, Finding>()
    var revisions = SortedTable<RevisionKey, RevisionRow>()
    private(set) var passed = SortedTable<PassedKey, PassedRow>()
    private(set) var passedBySchedule: [TextKey: SortedSet<Indexed<Instant, PassedKey>>] = [:]
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

    subscript(passed key: PassedKey) -> PassedRow? {
        get { passed[key] }
        set {
            if let old = passed[key] {
                let entry = Indexed(value: old.slots.through, key: key)
                passedBySchedule[TextKey(old.schedule)]?.remove(entry)
            }
            passed[key] = newValue
            guard let newValue else { return }
            let entry = Indexed(value: newValue.slots.through, key: key)
            passedBySchedule[TextKey(newValue.schedule), default: SortedSet()].insert(entry)
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
