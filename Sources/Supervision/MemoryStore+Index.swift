import CivilTime

/// A row's key below something it is looked up by.
struct Indexed<Value: Comparable & Hashable, Key: Comparable & Hashable>: Comparable, Hashable {
    let value: Value
    let key: Key

    static func < (left: Indexed, right: Indexed) -> Bool {
        left.value == right.value ? left.key < right.key : left.value < right.value
    }
}

/// What is kept beside the duties so that no query goes through settled ones.
struct DutyIndex {
    private(set) var unsettled = SortedSet<Int64>()
    private(set) var wakes = SortedSet<Indexed<Instant, Int64>>()
    private(set) var byRoot: [Int64: SortedSet<Int64>] = [:]
    private(set) var ids: [TextKey: Int64] = [:]

    mutating func move(_ old: Duty?, _ new: Duty?) {
        unsettled.move(Self.unsettled(old), Self.unsettled(new))
        wakes.move(Self.wake(old), Self.wake(new))
        if old?.id != new?.id {
            if let old { ids[TextKey(old.id)] = nil }
            if let new { ids[TextKey(new.id)] = new.number }
        }
        let before = old.flatMap(Self.root)
        let after = new.flatMap(Self.root)
        guard before != after else { return }
        if let before { byRoot[before.value]?.remove(before.key) }
        if let after { byRoot[after.value, default: SortedSet()].insert(after.key) }
    }

    private static func unsettled(_ duty: Duty?) -> Int64? {
        duty.flatMap { $0.state.isSettled ? nil : $0.number }
    }

    private static func wake(_ duty: Duty?) -> Indexed<Instant, Int64>? {
        guard let duty, let wake = duty.wakeAt else { return nil }
        return Indexed(value: wake, key: duty.number)
    }

    private static func root(_ duty: Duty) -> Indexed<Int64, Int64>? {
        duty.kind.isSuperiors ? Indexed(value: duty.root, key: duty.number) : nil
    }
}

/// What is kept beside the jobs so that no query goes through ended ones.
struct JobIndex {
    private(set) var ready = SortedSet<Int64>()
    private(set) var leased = SortedSet<Int64>()
    private(set) var quarantined: Int64 = 0

    mutating func move(_ old: Job?, _ new: Job?) {
        ready.move(Self.id(old, in: .ready), Self.id(new, in: .ready))
        leased.move(Self.id(old, in: .leased), Self.id(new, in: .leased))
        if old?.state == .quarantined { quarantined -= 1 }
        if new?.state == .quarantined { quarantined += 1 }
    }

    private static func id(_ job: Job?, in state: JobState) -> Int64? {
        job.flatMap { $0.state == state ? $0.id : nil }
    }
}
