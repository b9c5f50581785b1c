import CivilTime
import PlanFile
import Supervision
import Testing

@Suite struct ShippedPlanTests {
    @Test func `the ten-line plan has ten lines and every default`() throws {
        let path = "\(Fixtures.etc)/plans/office.yaml"
        let plan = try Fixtures.reader.readFile(path)
        let summary = PlanSummary(plan)
        #expect(summary.items == 4)
        #expect(summary.projects == 1)
        #expect(summary.persons == 3)
        #expect(summary.schedules == 4)
        #expect(plan.projects.map(\.id) == ["office"])
        #expect(plan.timekeeper.zone.name == "Europe/Berlin")
        #expect(plan.timekeeper.calendar == .mondayToFriday)
        #expect(plan.ladder == .standard)
        #expect(plan.fallback == Fallback(name: "root", mail: "root@localhost"))
        let carol = try #require(plan.persons["carol"])
        #expect(
            carol
                == Person(
                    id: "carol",
                    name: "carol",
                    login: "carol",
                    uids: [],
                    mail: "carol@localhost"
                )
        )
        let report = try #require(plan.itemsByID["report"])
        #expect(report.itemClass == .routine)
        #expect(report.requirements == "Monthly report")
        #expect(report.criteria == ["done, with a note"])
        #expect(report.account == .period(.month, roll: .before))
        #expect(plan.units["office"]?.category == "default")
    }

    @Test func `the demonstration has three levels, real checks and one silent item`() throws {
        let plan = try Fixtures.reader.readFile("\(Fixtures.etc)/plans/demo.yaml")
        let summary = PlanSummary(plan)
        #expect(summary.levels == 3)
        #expect(summary.persons == 10)
        #expect(summary.units == 4)
        #expect(summary.leadUnits == 2)
        #expect(summary.projects == 2)
        #expect(summary.items == 6)
        #expect(summary.accounts == 2)
        #expect(summary.inspections == 4)
        let uids = plan.persons.values.flatMap(\.uids).sorted()
        #expect(uids == Array(61_001...61_010))
        for inspection in plan.items.flatMap(\.inspections) {
            let program = try #require(inspection.run.first)
            #expect(program.hasPrefix("/etc/duban/checks/"))
            #expect(inspection.timeLimitSeconds == 5)
        }
        let age = try #require(plan.itemsByID["backup.fresh"]?.inspections.first)
        #expect(age.run.last == "/run/duban/demo/backup.stamp")
        #expect(plan.ladder.supervise == .elapsed(.seconds(5)))
    }

    @Test func `the county is complete: 7 projects, 60 items, 42 lead units`() throws {
        let path = "\(Fixtures.etc)/plans/pingchang-2019.yaml"
        let clock = ContinuousClock()
        let start = clock.now
        let plan = try Fixtures.reader.readFile(path)
        let took = clock.now - start
        let summary = PlanSummary(plan)
        print("pingchang-2019.yaml read in \(took): \(summary.line)")
        #expect(took < .seconds(1))
        #expect(summary.projects == 7)
        #expect(summary.items == 60)
        #expect(summary.keyItems == 15)
        #expect(summary.routineItems == 45)
        #expect(summary.leadUnits == 42)
        #expect(summary.units == 53)
        #expect(summary.persons == 113)
        #expect(summary.levels == 3)
        #expect(summary.accounts == 60)
        #expect(summary.stages == 60)
        #expect(summary.finals == 0)
        #expect(summary.schedules == 120)
        #expect(plan.timekeeper.zone.name == "Asia/Shanghai")
        #expect(plan.timekeeper.calendar.id == "cn")
        for item in plan.items {
            let owner = try #require(item.owner)
            let head = try #require(plan.units[item.lead]).head
            #expect(owner != head)
            #expect(plan.persons[owner]?.login == nil)
            let kind: PeriodKind = item.itemClass == .key ? .dekad : .month
            #expect(item.account == .period(kind, roll: .before))
            #expect(item.stages.isEmpty == (item.itemClass == .routine))
            #expect(item.stages.last?.end == item.due)
            #expect(item.criteria.count >= 2)
        }
    }

    @Test func `the summary reads in one line`() throws {
        let plan = try Fixtures.reader.readFile("\(Fixtures.etc)/plans/office.yaml")
        #expect(
            PlanSummary(plan).line
                == "office: 3 persons, 2 units (2 levels, 2 lead units), 1 project, "
                + "4 items (0 key, 4 routine), "
                + "4 schedules (4 accounts, 0 stages, 0 end dates, 0 inspections)"
        )
    }

    @Test func `a summary counts every schedule once`() throws {
        let text = Fixtures.base.replacing("account: month", with: "due: 2019-06-28")
        let plan = try Fixtures.reader.read(text, name: "t.yaml")
        let summary = PlanSummary(plan)
        #expect(summary.schedules == Schedule.all(of: plan).count)
        #expect(
            summary.rows.last?.count == "4 (0 accounts, 2 stages, 1 end date, 1 inspection)"
        )
    }

    @Test func `stages are laid out backwards as the vector of the reference says`() throws {
        let text = Fixtures.base.replacing(
            "stages: [ { name: survey, workdays: 15 }, { name: works, workdays: 60 } ]",
            with: "stages: [ { name: s1, workdays: 15 }, { name: s2, workdays: 60 }, "
                + "{ name: s3, workdays: 25 }, { name: s4, workdays: 10 } ]"
        )
        let plan = try Fixtures.reader.read(text, name: "t.yaml")
        let windows = try #require(plan.itemsByID["two"]).stages.map { "\($0.start)..\($0.end)" }
        #expect(
            windows == [
                "2019-07-12..2019-08-01", "2019-08-07..2019-11-04", "2019-11-08..2019-12-12",
                "2019-12-18..2019-12-31",
            ]
        )
    }
}
