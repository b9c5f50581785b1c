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
    private(set) var bySchedule: [TextKey: SortedSet<Int64>] = [:]
    private(set) var ids: [TextKey: Int64] = [:]

    mutating func move(_ old: Duty?, _ new: Duty?) {
        unsettled.move(Self.unsettled(old), Self.unsettled(new))
        wakes.move(Self.wake(old), Self.wake(new))
        if old?.id != new?.id {
            if let old { ids[TextKey(old.id)] = nil }
            if let new { ids[TextKey(new.id)] = new.number }
        }
        moveSchedule(old, new)
        let before = old.flatMap(Self.root)
        let after = new.flatMap(Self.root)
        guard before != after else { return }
        if let before { byRoot[before.value]?.remove(before.key) }
        if let after { byRoot[after.value, default: SortedSet()].insert(after.key) }
    }

    private mutating func moveSchedule(_ old: Duty?, _ new: Duty?) {
        let before = old.flatMap(Self.schedule)
        let after = new.flatMap(Self.schedule)
        guard before != after else { return }
        if let before { bySchedule[before.value]?.remove(before.key) }
        if let after { bySchedule[after.value, default: SortedSet()].insert(after.key) }
    }

    private static func unsettled(_ duty: Duty?) -> Int64? {
        duty.flatMap { $0.state.isSettled ? nil : $0.number }
    }

    private static func wake(_ duty: Duty?) -> Indexed<Instant, Int64>? {
        guard let duty, let wake = duty.wakeAt else { return nil }
        return Indexed(value: wake, key: duty.number)
    }

    /// The schedule that opened the duty itself, and not a finding or another duty.
    private static func schedule(_ duty: Duty) -> Indexed<TextKey, Int64>? {
        guard duty.finding == nil, duty.kind == .account || duty.kind == .inspect,
            let schedule = duty.schedule
        else { return nil }
        return Indexed(value: TextKey(schedule), key: duty.number)
    }

    private static func root(_ duty: Duty) -> Indexed<Int64, Int64>? {
        duty.kind.isSuperiors ? Indexed(value: duty.root, key: duty.number) : nil
    }
}

/// What is kept beside the jobs so that no query goes through ended ones.
struct JobIndex {
    private(set) var ready = SortedSet<Int64>()
    private(set) var leased = SortedSet<Int64>()
    /// The ready catch-up jobs by when they may be handed out.
    private(set) var catchUps = SortedSet<Indexed<Instant, Int64>>()
    /// The unended jobs that wait for another, by that one.
    private(set) var waiting: [Int64: SortedSet<Int64>] = [:]
    private(set) var quarantined: Int64 = 0
    private(set) var leasedCatchUps = 0

    mutating func move(_ old: Job?, _ new: Job?) {
        ready.move(Self.id(old, in: .ready), Self.id(new, in: .ready))
        leased.move(Self.id(old, in: .leased), Self.id(new, in: .leased))
        catchUps.move(old.flatMap(Self.catchUp), new.flatMap(Self.catchUp))
        if old?.state == .quarantined { quarantined -= 1 }
        if new?.state == .quarantined { quarantined += 1 }
        if Self.isLeasedCatchUp(old) { leasedCatchUps -= 1 }
        if Self.isLeasedCatchUp(new) { leasedCatchUps += 1 }
        let before = old.flatMap(Self.waiting)
        let after = new.flatMap(Self.waiting)
        guard before != after else { return }
        if let before { waiting[before.value]?.remove(before.key) }
        if let after { waiting[after.value, default: SortedSet()].insert(after.key) }
    }

    private static func catchUp(_ job: Job) -> Indexed<Instant, Int64>? {
        guard job.origin == .catchUp, job.state == .ready else { return nil }
        return Indexed(value: job.notBefore, key: job.id)
    }

    private static func isLeasedCatchUp(_ job: Job?) -> Bool {
        job.map { $0.origin == .catchUp && $0.state == .leased } ?? false
    }

    private static func waiting(_ job: Job) -> Indexed<Int64, Int64>? {
        guard let awaited = job.after, !job.state.isEnded else { return nil }
        return Indexed(value: awaited, key: job.id)
    }

    private static func id(_ job: Job?, in state: JobState) -> Int64? {
        job.flatMap { $0.state == state ? $0.id : nil }
    }
}
