import CivilTime
import DubanAPI
import Ledger
import Supervision
import Varlink

/// How many changed schedules one page shows.
private let changePage = 50
/// How many slots of a schedule are compared.
private let comparedSlots = 1_000
/// How far ahead slots are compared where the caller names no end.
private let horizon = Span.days(90)

extension Engine {
    /// Compares an uploaded plan with the one in force; the upload stays, so that the next page and
    /// the adoption need none.
    func diff(_ context: CallContext, _ turn: Turn) throws -> JSON? {
        let call = try context.parameters(PlanAPI.DiffCall.self)
        let text = try uploaded(call.digest, turn)
        reading(text, call.digest, call.name, turn.now.wall, for: context.call)()
        return nil
    }

    func diff(_ reading: PlanReading, _ context: CallContext, _ turn: Turn) throws -> JSON {
        let call = try context.parameters(PlanAPI.DiffCall.self)
        let plan = try fit(reading, turn)
        let id = plan.programme.id
        let from = call.fromMicros.map { Instant(microseconds: $0) } ?? turn.now.wall
        let until = call.untilMicros.map { Instant(microseconds: $0) } ?? from + horizon
        guard from < until else {
            throw WireFailure.badArgument(
                context.interface,
                "untilMicros",
                "the window is empty; name an end after its start"
            )
        }
        let rows = try turn.tx.schedules(programme: id)
        let changes = PlanDiff.changes(
            from: turn.state.book.plans[id],
            to: plan,
            after: from,
            until: until,
            planned: Dictionary(rows.map { ($0.id, $0.plannedThrough) }) { first, _ in first },
            limit: comparedSlots
        )
        let shown = changes.filter { $0.kind != .kept && $0.schedule > call.after ?? "" }
        let slots = max(0, min(pageLimit, Int(call.limit ?? 10)))
        let old = turn.state.book.plans[id]
        let reply = PlanAPI.DiffReply(
            programme: id,
            digest: reading.digest.description,
            oldDigest: try turn.tx.programme(id)?.digest.description,
            zone: plan.timekeeper.zone.name,
            fromMicros: from.microseconds,
            untilMicros: until.microseconds,
            changes: shown.prefix(changePage).map { wire($0, old, plan, slots) },
            kept: Int64(changes.count { $0.kind == .kept }),
            next: shown.count > changePage ? shown[changePage - 1].schedule : nil
        )
        return try JSONCoder.encode(reply)
    }

    private func wire(
        _ change: PlanDiff.Change,
        _ old: Plan?,
        _ new: Plan,
        _ limit: Int
    ) -> PlanAPI.Change {
        let parts = change.schedule.split(separator: "/", maxSplits: 2).map(String.init)
        let id = parts.count > 1 ? parts[1] : ""
        let item = new.itemsByID[id] ?? old?.itemsByID[id]
        let unit = item.flatMap { new.units[$0.lead] ?? old?.units[$0.lead] }
        let lists = [change.appear.count, change.vanish.count, change.moved.count]
        return PlanAPI.Change(
            schedule: change.schedule,
            item: id,
            itemNames: names(item?.names),
            unit: item?.lead ?? "",
            unitNames: names(unit?.names),
            fate: PlanAPI.Fate(rawValue: change.kind.rawValue) ?? .changed,
            oldRule: change.oldRule,
            newRule: change.newRule,
            appear: change.appear.prefix(limit).map(wire),
            vanish: change.vanish.prefix(limit).map(wire),
            moved: change.moved.prefix(limit).map { moved in
                PlanAPI.Move(
                    nominal: moved.before.key,
                    oldOpenMicros: moved.before.openAt.microseconds,
                    oldDueMicros: moved.before.dueAt.microseconds,
                    openMicros: moved.after.openAt.microseconds,
                    dueMicros: moved.after.dueAt.microseconds
                )
            },
            truncated: change.isCut || lists.contains { $0 > limit }
        )
    }

    private func wire(_ slot: Occurrence) -> PlanAPI.Slot {
        PlanAPI.Slot(
            nominal: slot.key,
            openMicros: slot.openAt.microseconds,
            dueMicros: slot.dueAt.microseconds,
            provisional: slot.isProvisional
        )
    }
}
