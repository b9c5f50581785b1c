import CivilTime
import DubanAPI
import Ledger
import Supervision

extension PlanAPI.DiffReply {
    /// How many slots of a schedule are compared, as the daemon does it.
    private static let comparedSlots = 1_000

    /// Compares two plan files as the daemon compares an upload with the plan in force; a list
    /// shows at most `limit` slots.
    init(
        from old: PlanUpload,
        to new: PlanUpload,
        after: Instant,
        until: Instant,
        limit: Int
    ) {
        let changes = PlanDiff.changes(
            from: old.plan,
            to: new.plan,
            after: after,
            until: until,
            limit: Self.comparedSlots
        )
        self.init(
            programme: new.plan.programme.id,
            digest: new.digest,
            oldDigest: old.digest,
            zone: new.plan.timekeeper.zone.name,
            fromMicros: after.microseconds,
            untilMicros: until.microseconds,
            changes: changes.filter { $0.kind != .kept }.map {
                PlanAPI.Change($0, old.plan, new.plan, limit)
            },
            kept: Int64(changes.count { $0.kind == .kept })
        )
    }
}

extension PlanAPI.Change {
    fileprivate init(_ change: PlanDiff.Change, _ old: Plan, _ new: Plan, _ limit: Int) {
        let parts = change.schedule.split(separator: "/", maxSplits: 2)
        let id = parts.count > 1 ? String(parts[1]) : ""
        let item = new.itemsByID[id] ?? old.itemsByID[id]
        let unit = item.flatMap { new.units[$0.lead] ?? old.units[$0.lead] }
        let lists = [change.appear.count, change.vanish.count, change.moved.count]
        self.init(
            schedule: change.schedule,
            item: id,
            itemNames: DubanAPI.Names(en: item?.names.en, zh: item?.names.zh),
            unit: item?.lead ?? "",
            unitNames: DubanAPI.Names(en: unit?.names.en, zh: unit?.names.zh),
            fate: PlanAPI.Fate(rawValue: change.kind.rawValue) ?? .changed,
            oldRule: change.oldRule,
            newRule: change.newRule,
            appear: change.appear.prefix(limit).map { PlanAPI.Slot($0) },
            vanish: change.vanish.prefix(limit).map { PlanAPI.Slot($0) },
            moved: change.moved.prefix(limit).map { PlanAPI.Move($0) },
            truncated: change.isCut || lists.contains { $0 > limit }
        )
    }
}

extension PlanAPI.Slot {
    fileprivate init(_ slot: Occurrence) {
        self.init(
            nominal: slot.key,
            openMicros: slot.openAt.microseconds,
            dueMicros: slot.dueAt.microseconds,
            provisional: slot.isProvisional
        )
    }
}

extension PlanAPI.Move {
    fileprivate init(_ moved: PlanDiff.Moved) {
        self.init(
            nominal: moved.before.key,
            oldOpenMicros: moved.before.openAt.microseconds,
            oldDueMicros: moved.before.dueAt.microseconds,
            openMicros: moved.after.openAt.microseconds,
            dueMicros: moved.after.dueAt.microseconds
        )
    }
}
