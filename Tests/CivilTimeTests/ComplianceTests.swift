import CivilTime
import Testing

/// Recurrences with windows, as standards ask for them.
@Suite struct ComplianceTests {
    private func text(_ target: ComplianceTarget) -> String {
        "\(target.target) \(target.earliest) \(target.latest)"
    }

    @Test(arguments: [
        (ComplianceTerm.pciDaily, "2026-02-27", "2026-02-28 2026-02-28 2026-02-28"),
        (.pciDaily, "2026-12-25", "2026-12-26 2026-12-26 2026-12-26"),
        (.pciWeekly, "2026-02-27", "2026-03-06 2026-02-28 2026-03-06"),
        (.pciMonthly, "2026-01-31", "2026-03-03 2026-03-02 2026-03-03"),
        (.pciEveryThreeMonths, "2026-01-01", "2026-04-03 2026-04-01 2026-04-03"),
        (.pciEverySixMonths, "2026-01-01", "2026-07-04 2026-06-30 2026-07-04"),
        (.pciEveryTwelveMonths, "2026-01-01", "2027-01-02 2027-01-01 2027-01-02"),
        (.jointCommissionWeekly, "2026-02-25", "2026-03-04 2026-03-02 2026-03-08"),
        (.jointCommissionMonthly, "2026-01-31", "2026-02-28 2026-02-01 2026-02-28"),
        (.jointCommissionQuarterly, "2025-11-30", "2026-02-28 2026-02-18 2026-03-10"),
        (.jointCommissionSemiannual, "2025-08-31", "2026-02-28 2026-02-08 2026-03-20"),
        (.jointCommissionAnnual, "2024-02-29", "2025-02-28 2025-01-29 2025-03-30"),
        (.jointCommissionEveryThreeYears, "2024-02-29", "2027-02-28 2027-01-14 2027-04-14"),
        (.jointCommissionEveryFiveYears, "2020-06-15", "2025-06-15 2025-05-01 2025-07-30"),
        (.jointCommissionEverySixYears, "2020-06-15", "2026-06-15 2026-05-01 2026-07-30"),
    ])
    func `the tables of PCI DSS and of the Joint Commission`(
        term: ComplianceTerm,
        last: String,
        expected: String
    ) throws {
        let target = term.rule.next(after: try date(last), calendar: .mondayToFriday)
        #expect(text(target) == expected)
        #expect(!target.isProvisional)
    }

    @Test func `each term is in the table, and has a name of its own`() {
        #expect(ComplianceTerm.allCases.count == 14)
        #expect(Set(ComplianceTerm.allCases.map(\.rawValue)).count == 14)
    }

    @Test(arguments: [
        (ComplianceTerm.pciMonthly, "2026-01-31", "2026-02-28"),
        (.pciMonthly, "2026-02-28", "2026-03-31"),
        (.pciEveryThreeMonths, "2026-02-27", "2026-04-30"),
        (.pciEverySixMonths, "2026-01-31", "2026-07-31"),
        (.pciEveryTwelveMonths, "2026-02-01", "2027-01-31"),
        (.pciMonthly, "2025-06-01", "2026-01-31"),
    ])
    func `the same day of each month does not drift at short months`(
        term: ComplianceTerm,
        last: String,
        expected: String
    ) throws {
        let rule = try #require(term.fixedRule(anchor: try date("2026-01-31")))
        let target = rule.next(after: try date(last), calendar: .mondayToFriday)
        #expect(target.target == (try date(expected)))
    }

    @Test func `terms of days have no fixed day of the month`() throws {
        #expect(ComplianceTerm.pciWeekly.fixedRule(anchor: try date("2026-01-01")) == nil)
    }

    @Test(arguments: [
        // Within the window of 03-31 it counts for that target; before it for none yet.
        ("2026-03-20", "2026-03-31"), ("2026-03-21", "2026-06-30"), ("2026-04-10", "2026-06-30"),
        ("2026-04-11", "2026-06-30"), ("2026-06-19", "2026-06-30"), ("2026-06-20", "2026-09-30"),
    ])
    func `an event in a window counts for its target`(event: String, next: String) throws {
        let rule = ComplianceRule(
            grid: .fixed(anchor: try date("2025-12-31")),
            step: .months(3),
            window: .days(early: 10, late: 10)
        )
        let target = rule.next(after: try date(event), calendar: .mondayToFriday)
        #expect(target.target == (try date(next)))
    }

    @Test func `a window longer than a step skips what the event has used up`() throws {
        let rule = ComplianceRule(
            grid: .fixed(anchor: try date("2026-01-01")),
            step: .days(5),
            window: .days(early: 12, late: 0)
        )
        let target = rule.next(after: try date("2026-01-10"), calendar: .mondayToFriday)
        #expect(text(target) == "2026-01-26 2026-01-14 2026-01-26")
    }

    @Test(arguments: [
        (Roll.none, "2026-05-31"), (.before, "2026-05-29"), (.after, "2026-06-01"),
        (.modifiedAfter, "2026-05-29"),
    ])
    func `targets roll, never out of the window`(roll: Roll, expected: String) throws {
        let wide = ComplianceRule(
            grid: .fixed(anchor: try date("2026-05-31")),
            step: .months(1),
            window: .days(early: 5, late: 5),
            roll: roll
        )
        let rolled = wide.next(after: try date("2026-01-01"), calendar: .mondayToFriday)
        #expect(rolled.target == (try date(expected)))
        let narrow = ComplianceRule(
            grid: .fixed(anchor: try date("2026-05-31")),
            step: .months(1),
            window: .days(early: 0, late: 0),
            roll: roll
        )
        let held = narrow.next(after: try date("2026-01-01"), calendar: .mondayToFriday)
        #expect(held.target == (try date("2026-05-31")))
    }

    @Test func `a target beyond the notices is provisional if it rolls`() throws {
        let calendar = try China.calendar()
        let rule = ComplianceRule(
            grid: .fromCompletion,
            step: .months(3),
            window: .days(early: 5, late: 5),
            roll: .after
        )
        #expect(rule.next(after: try date("2026-11-01"), calendar: calendar).isProvisional)
        #expect(!rule.next(after: try date("2026-08-01"), calendar: calendar).isProvisional)
    }

    /// Maintenance that is done late is due again a full step after it was done.
    @Test func dumbassets59() throws {
        let due = try date("2025-06-01")
        let done = try date("2025-06-20")
        let fixed = ComplianceRule(
            grid: .fixed(anchor: due),
            step: .months(3),
            window: .days(early: 7, late: 7)
        )
        let fromCompletion = ComplianceRule(
            grid: .fromCompletion,
            step: .months(3),
            window: .days(early: 7, late: 7)
        )
        let calendar = WorkCalendar.mondayToFriday
        #expect(fixed.next(after: done, calendar: calendar).target == (try date("2025-09-01")))
        let next = fromCompletion.next(after: done, calendar: calendar).target
        #expect(next == (try date("2025-09-20")))
    }
}
