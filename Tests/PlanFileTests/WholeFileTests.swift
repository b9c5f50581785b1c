import CivilTime
import PlanFile
import Supervision
import Testing

@Suite struct WholeFileTests {
    @Test func `all mistakes of a file are named in one go, in its order`() {
        let text = """
            programme: { id: p }
            zone: Mars/Olympus
            calendar: none
            units:
              - { id: a, superior: b, head: ann }
              - { id: b, superior: a, head: bob }
              - { id: c }
            items:
              - { id: i, lead: d, account: moon, account: month, ower: ann }
              - { id: i, lead: c, account: { every: "*-02-30", within: 2x } }
            """
        let places = Fixtures.problems(in: text).map { $0.prefix { $0 != " " } }
        #expect(
            places == [
                "2:7:", "3:11:", "5:24:", "7:5:", "9:20:", "9:32:", "9:38:", "9:54:", "10:11:",
                "10:47:", "10:60:",
            ]
        )
    }

    @Test func `a chain that ends with the obligor alone is refused`() {
        let text = """
            programme: solo
            units: [ { id: me, head: ann } ]
            items: [ { id: tax, lead: me, account: year } ]
            fallback: { mail: ann@localhost }
            """
        let chain = "`tax` can end with only `ann`, who owes it and is the fallback, too"
        #expect(
            Fixtures.problems(in: text) == [
                "3:16: escalation of item \(chain); name another `fallback` or a superior"
            ]
        )
        let other = text.replacing("ann@localhost", with: "bob@localhost")
        #expect(Fixtures.problems(in: other) == [])
    }

    @Test func `a superior above the obligor alone is enough`() {
        let text = """
            programme: duo
            units: [ { id: top, head: bob }, { id: me, superior: top, head: ann } ]
            items: [ { id: tax, lead: me, account: year } ]
            fallback: { mail: ann@localhost }
            """
        #expect(Fixtures.problems(in: text) == [])
        let alone = text.replacing("bob", with: "ann")
        #expect(Fixtures.problems(in: alone).count == 1)
    }

    @Test func `one person may head two units`() throws {
        let text = Fixtures.base.replacing("head: bob", with: "head: ann")
        let plan = try Fixtures.reader.read(text, name: "t.yaml")
        #expect(plan.units.values.map(\.head) == ["ann", "ann"])
    }

    @Test func `a plan without persons does not take root for one`() {
        let text = """
            programme: p
            units: [ { id: u, head: root } ]
            items: [ { id: i, lead: u, account: year } ]
            fallback: { mail: board@example.org }
            """
        let hint = "name a person as the head of unit `u`"
        #expect(Fixtures.problems(in: text) == ["2:25: root operates and never signs; \(hint)"])
    }

    @Test func `everything that an item can say is kept`() throws {
        let text = """
            programme: p
            units: [ { id: u, head: ann } ]
            items:
              - id: i
                name: { en: Lamps, zh: 路灯 }
                lead: u
                requirements: |
                  every street
                  is lit
                account: { period: dekad, roll: none }
                inspect:
                  - { every: "Mon 09:00", within: 1wd, run: [ /x/check_lamps, --district, 3 ],
                      on: field, rectify: 3wd, attempts: 5, limit: 2min, review: exception }
            ladder: { review: 1wd, before: [] }
            """
        let plan = try Fixtures.reader.read(text, name: "t.yaml")
        let item = try #require(plan.items.first)
        #expect(item.names == Names(en: "Lamps", zh: "路灯"))
        #expect(item.requirements == "every street\nis lit")
        #expect(item.account == .period(.dekad, roll: .none))
        let inspection = Inspection(
            name: "check_lamps",
            every: try CalendarExpression("Mon 09:00"),
            within: .workdays(1),
            run: ["/x/check_lamps", "--district", "3"],
            on: "field",
            rectify: .workdays(3),
            attempts: 5,
            timeLimitSeconds: 120
        )
        #expect(item.inspections == [inspection])
        #expect(plan.ladder.review == .workdays(1))
        #expect(plan.ladder.supervise == Ladder.standard.supervise)
        #expect(plan.ladder.before == [])
        #expect(plan.ladder.after == Ladder.standard.after)
    }

    @Test(arguments: [
        ("Report", Names(en: "Report")), ("月报", Names(zh: "月报")),
        ("{ zh: 月报 }", Names(zh: "月报")), ("A 级 report", Names(zh: "A 级 report")),
    ])
    func `a plain name is Chinese if it has a Chinese character`(
        text: String,
        names: Names
    ) throws {
        let plan = """
            programme: p
            units: [ { id: u, head: ann } ]
            items: [ { id: i, name: \(text), lead: u, account: year } ]
            """
        #expect(try Fixtures.reader.read(plan, name: "t.yaml").items.first?.names == names)
    }

    @Test func `carriage returns and a byte order mark do not matter`() {
        let text = "\u{FEFF}" + Fixtures.base.replacing("\n", with: "\r\n")
        #expect(Fixtures.problems(in: text) == [])
        let bad = Fixtures.base.replacing("owner: cid", with: "owner: cid\r")
            .replacing("zone: Asia", with: "zone:\r Asia")
        let problem = "2:6: a carriage return without a line feed; end lines with a line feed"
        #expect(Fixtures.problems(in: bad).first == problem)
    }

    @Test(arguments: [
        ("/nonexistent/plan.yaml", "cannot be read: No such file or directory"),
        ("/", "not a regular file; name a file"),
        ("/dev/null", "not a regular file; name a file"),
    ])
    func `a file that cannot be read is one problem`(path: String, message: String) {
        let error = #expect(throws: PlanProblems.self) { try Fixtures.reader.readFile(path) }
        #expect(error?.description == "\(path):1:1: \(message)")
    }

    @Test func `the zone of this host can be read`() throws {
        let reader = PlanReader(calendarDirectories: [], hostZone: PlanReader.hostZone())
        let plan = try reader.read("\(oneItem)", name: "t.yaml")
        #expect(plan.timekeeper.zone.name == PlanReader.hostZone())
    }

    @Test func `a host zone that is gone is named`() {
        let reader = PlanReader(
            calendarDirectories: [],
            zoneDirectory: "/nonexistent",
            hostZone: "Asia/Shanghai"
        )
        let error = #expect(throws: PlanProblems.self) { try reader.read(oneItem, name: "t.yaml") }
        let message =
            "this host's zone, Asia/Shanghai, cannot be used: not found below /nonexistent"
        #expect(error?.problems.map(\.message) == ["\(message); write `zone`"])
    }
}

private let oneItem = """
    programme: p
    units: [ { id: u, head: ann } ]
    items: [ { id: i, lead: u, account: year } ]
    """
