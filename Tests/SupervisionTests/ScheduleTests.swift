import CivilTime
import Supervision
import Testing

/// Slots of schedules, and what the agenda says of them.
@Suite struct ScheduleTests {
    @Test(arguments: [
        (PeriodKind.dekad, Roll.before, "2019-03-31", "2019-03-29"),
        (.dekad, .after, "2019-03-31", "2019-04-01"),
        (.dekad, .none, "2019-03-31", "2019-03-31"),
        (.dekad, .before, "2020-01-31", "2020-01-23"),
        (.dekad, .after, "2020-01-31", "2020-02-03"),
        (.dekad, .before, "2020-10-10", "2020-10-10"),
        (.month, .before, "2019-03-31", "2019-03-29"),
        (.month, .before, "2020-05-31", "2020-05-29"),
        (.quarter, .before, "2019-06-30", "2019-06-28"),
        (.year, .before, "2019-12-31", "2019-12-31"),
    ])
    func `a cut-off is rolled off days off:`(
        line: (kind: PeriodKind, roll: Roll, last: String, due: String)
    ) throws {
        let (plan, schedule) = try schedule(.period(line.kind, roll: line.roll))
        let last = try date(line.last)
        let first = Period(kind: line.kind, containing: last).firstDay
        let zone = plan.timekeeper.zone
        let start = zone.startOfDay(first)
        let slot = try #require(schedule.next(after: start, activation: start, in: plan))
        #expect(slot.key == Period(kind: line.kind, containing: last).id)
        #expect(slot.openAt == start)
        #expect(slot.nominal == zone.endOfDay(last))
        #expect(slot.dueAt == zone.endOfDay(try date(line.due)))
        #expect(slot.dueDay == (try date(line.due)))
    }

    @Test func `activated in mid-period, the period falls due unless its due date has passed`()
        throws
    {
        let (plan, schedule) = try schedule(.period(.dekad, roll: .before))
        let zone = plan.timekeeper.zone
        for (text, period) in [
            ("2019-03-25 12:00:00", "2019-D09"), ("2019-03-29 23:59:59", "2019-D09"),
            ("2019-03-30 00:00:00", "2019-D10"), ("2019-03-31 12:00:00", "2019-D10"),
        ] {
            let start = try at(text, zone)
            let slot = schedule.next(after: start, activation: start, in: plan)
            #expect(slot?.period == period, "\(text)")
        }
    }

    @Test(arguments: [Roll.before, .after, .none])
    func `a period that ended before the programme began is not accounted for:`(
        roll: Roll
    ) throws {
        let from = try date("2019-01-01")
        let (plan, schedule) = try schedule(.period(.dekad, roll: roll), from: from)
        let start = try at("2018-12-01 00:00:00", plan.timekeeper.zone)
        let slot = schedule.next(after: start, activation: start, in: plan)
        #expect(slot?.period == "2019-D01")
    }

    @Test func `a programme that begins in mid-period accounts for it`() throws {
        let from = try date("2019-01-05")
        let (plan, schedule) = try schedule(.period(.dekad, roll: .before), from: from)
        let start = try at("2018-12-01 00:00:00", plan.timekeeper.zone)
        let slot = schedule.next(after: start, activation: start, in: plan)
        #expect(slot?.period == "2019-D01")
    }

    @Test(arguments: [
        (Roll.before, ["2019-D08", "2019-D09"]), (.none, ["2019-D08", "2019-D09"]),
        (.after, ["2019-D08"]),
    ])
    func `nothing falls due after the programme's last day:`(
        line: (roll: Roll, periods: [String])
    ) throws {
        let until = try date("2019-03-31")
        let (plan, schedule) = try schedule(.period(.dekad, roll: line.roll), until: until)
        let start = try at("2019-03-12 00:00:00", plan.timekeeper.zone)
        #expect(slots(schedule, plan, start).compactMap(\.period) == line.periods)
    }

    @Test func `a slot at midnight belongs to the day that begins`() throws {
        let every = Account.every(try CalendarExpression("daily"), within: .elapsed(.hours(1)))
        let (from, until) = (try date("2019-03-04"), try date("2019-03-06"))
        let (plan, schedule) = try schedule(every, from: from, until: until)
        let start = try at("2019-03-01 12:00:00", plan.timekeeper.zone)
        let keys = slots(schedule, plan, start).map(\.key)
        #expect(keys == ["2019-03-04 00:00:00", "2019-03-05 00:00:00", "2019-03-06 00:00:00"])
    }

    @Test func `every and within: a slot opens at its elapse and is due after the term`() throws {
        let every = Account.every(try CalendarExpression("*-*-01 09:00"), within: .workdays(5))
        let (plan, schedule) = try schedule(every)
        let zone = plan.timekeeper.zone
        let start = try at("2019-09-15 00:00:00", zone)
        let slot = try #require(schedule.next(after: start, activation: start, in: plan))
        #expect(slot.openAt == (try at("2019-10-01 09:00:00", zone)))
        // 10-08 to 10-12, a working Saturday among them.
        #expect(slot.dueDay == (try date("2019-10-12")))
        let none = try at("2019-10-01 09:00:00", zone)
        let next = try #require(schedule.next(after: none, activation: none, in: plan))
        #expect(next.openAt == (try at("2019-11-01 09:00:00", zone)))
    }

    @Test func `an old activation of a fast rule is passed over at once`() throws {
        let every = Account.every(try CalendarExpression("*:*:*"), within: .elapsed(.seconds(5)))
        let (plan, schedule) = try schedule(every, from: try date("2019-01-01"))
        let start = try at("2020-06-01 00:00:00", plan.timekeeper.zone)
        let slot = schedule.next(after: .distantPast, activation: start, in: plan)
        #expect(slot?.openAt == start - .seconds(4))
    }

    @Test func `stages scheduled backwards open and fall due once`() throws {
        let keeper = try China.keeper()
        let stages = BackwardSchedule.windows(
            end: try date("2019-12-31"),
            stages: [("survey", 15), ("works", 60), ("test", 25), ("handover", 10)],
            buffer: 3,
            calendar: keeper.calendar
        )
        let item = Item.sample(stages: stages)
        let plan = Plan.sample([item], keeper: keeper)
        let start = keeper.zone.startOfDay(try date("2019-07-01"))
        let entries = Agenda.occurrences(of: plan, from: start, count: 10)
        #expect(
            entries.map(\.role) == ["stage.survey", "stage.works", "stage.test", "stage.handover"]
        )
        let opens = entries.map { "\(keeper.zone.local($0.openAt).date)" }
        #expect(opens == ["2019-07-12", "2019-08-07", "2019-11-08", "2019-12-18"])
        let dues = entries.map { $0.dueDay?.description }
        #expect(dues == ["2019-08-01", "2019-11-04", "2019-12-12", "2019-12-31"])
        let world = try World(plan, at: start)
        try world.advance(to: keeper.zone.startOfDay(try date("2019-07-12")))
        #expect(world.duties(.account).map(\.id) == ["p/lamp/stage.survey@2019-08-01"])
    }

    @Test func `an item with a last day and no stages accounts once at the end`() throws {
        let item = Item.sample(due: try date("2026-01-07"))
        let world = try World(.sample([item], from: try date("2026-01-02")))
        try world.wake()
        #expect(try world.open(.account).id == "p/lamp/final@2026-01-07")
        #expect(try world.open(.account).dueAt == (try at("2026-01-08 00:00:00")))
        #expect(try world.open(.account).openAt == world.now.wall)
    }

    @Test func `a last day without a first one is owed from adoption on, with its reminders`()
        throws
    {
        let item = Item.sample(due: try date("2026-01-30"))
        let world = try World(.sample([item]))
        try world.wake()
        let duty = try world.open(.account)
        #expect(duty.openAt == world.now.wall)
        #expect(duty.dueAt == (try at("2026-01-31 00:00:00")))
        #expect(duty.reminders.contains { $0 < duty.dueAt })
        let first = Zone.utc.local(duty.openAt).date
        #expect(duty.term == .days(try date("2026-01-30").dayNumber - first.dayNumber + 1))
    }

    @Test func `the agenda is in order of due dates over all schedules`() throws {
        let keeper = try China.keeper()
        let items = [
            Item.sample("a", account: .period(.month, roll: .before)),
            Item.sample("b", lead: "sponsor", account: .period(.dekad, roll: .before)),
            try Item.inspected("Mon 09:00", within: .workdays(2)),
        ]
        let plan = Plan.sample(items, keeper: keeper, from: try date("2019-01-01"))
        let start = keeper.zone.startOfDay(try date("2019-01-01"))
        let entries = Agenda.occurrences(of: plan, from: start, count: 200)
        #expect(entries.count == 200)
        let order = entries.map { ($0.dueAt, $0.schedule) }
        #expect(zip(order, order.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(entries.allSatisfy { $0.dueAt > start })
        let lines = entries.prefix(6).map { "\($0.schedule) \($0.dueDay?.description ?? "")" }
        #expect(
            lines == [
                "p/lamp/inspect.check 2019-01-09", "p/b/account 2019-01-10",
                "p/lamp/inspect.check 2019-01-16", "p/b/account 2019-01-18",
                "p/lamp/inspect.check 2019-01-23", "p/lamp/inspect.check 2019-01-30",
            ]
        )
        let own = Agenda.occurrences(of: plan, from: start, count: 5, unit: "sponsor")
        #expect(own.map(\.period) == ["2019-D01", "2019-D02", "2019-D03", "2019-D04", "2019-D05"])
    }

    @Test func `what the agenda says is what falls due`() throws {
        let keeper = try China.keeper()
        let items = [
            Item.sample("a", account: .period(.dekad, roll: .after)),
            try Item.accounting("Mon,Thu 09:00", within: .workdays(1)),
        ]
        let plan = Plan.sample(items, ladder: .standard, keeper: keeper)
        let start = keeper.zone.startOfDay(try date("2019-09-21"))
        let entries = Agenda.occurrences(of: plan, from: start, count: 30)
        let world = try World(plan, at: start)
        try world.advance(to: try #require(entries.map(\.openAt).max()))
        let opened = Set(world.duties(.account).map { "\($0.schedule ?? "") \($0.dueAt)" })
        #expect(Set(entries.map { "\($0.schedule) \($0.dueAt)" }).isSubset(of: opened))
    }

    private func schedule(
        _ account: Account,
        from: CivilDate? = nil,
        until: CivilDate? = nil
    ) throws -> (Plan, Schedule) {
        let item = Item.sample(account: account)
        let plan = Plan.sample([item], keeper: try China.keeper(), from: from, until: until)
        return (plan, try #require(Schedule.all(of: plan).first))
    }

    private func slots(_ schedule: Schedule, _ plan: Plan, _ start: Instant) -> [Occurrence] {
        var found: [Occurrence] = []
        var cursor = start
        while found.count < 100,
            let slot = schedule.next(after: cursor, activation: start, in: plan)
        {
            found.append(slot)
            cursor = slot.nominal
        }
        return found
    }
}
