/// Terms of two standards for how often something is done, as rules.
///
/// Both tables are read from secondary sources; compare them with the edition that binds you.
public enum ComplianceTerm: String, CaseIterable, Hashable, Sendable {
    /// PCI DSS v4: every day of the year, not only business days.
    case pciDaily = "pci-daily"
    /// PCI DSS v4: at most 7 days after the last time.
    case pciWeekly = "pci-weekly"
    /// PCI DSS v4: 30 to 31 days after the last time.
    case pciMonthly = "pci-monthly"
    /// PCI DSS v4: 90 to 92 days after the last time.
    case pciEveryThreeMonths = "pci-3-months"
    /// PCI DSS v4: 180 to 184 days after the last time.
    case pciEverySixMonths = "pci-6-months"
    /// PCI DSS v4: 365 to 366 days after the last time.
    case pciEveryTwelveMonths = "pci-12-months"
    /// Joint Commission: once in a calendar week.
    case jointCommissionWeekly = "tjc-weekly"
    /// Joint Commission: once in a calendar month.
    case jointCommissionMonthly = "tjc-monthly"
    /// Joint Commission: 3 months after the last event, 10 days more or less.
    case jointCommissionQuarterly = "tjc-quarterly"
    /// Joint Commission: 6 months after the last event, 20 days more or less.
    case jointCommissionSemiannual = "tjc-semiannual"
    /// Joint Commission: 12 months after the last event, 30 days more or less.
    case jointCommissionAnnual = "tjc-annual"
    /// Joint Commission: 36 months after the last event, 45 days more or less.
    case jointCommissionEveryThreeYears = "tjc-3-years"
    /// Joint Commission: 60 months after the last event, 45 days more or less.
    case jointCommissionEveryFiveYears = "tjc-5-years"
    /// Joint Commission: 72 months after the last event, 45 days more or less.
    case jointCommissionEverySixYears = "tjc-6-years"

    /// The rule that counts from the last event.
    public var rule: ComplianceRule {
        switch self {
        case .pciDaily: Self.after(.days(1), early: 0, late: 0)
        case .pciWeekly: Self.after(.days(7), early: 6, late: 0)
        case .pciMonthly: Self.after(.days(31), early: 1, late: 0)
        case .pciEveryThreeMonths: Self.after(.days(92), early: 2, late: 0)
        case .pciEverySixMonths: Self.after(.days(184), early: 4, late: 0)
        case .pciEveryTwelveMonths: Self.after(.days(366), early: 1, late: 0)
        case .jointCommissionWeekly:
            ComplianceRule(grid: .fromCompletion, step: .days(7), window: .week)
        case .jointCommissionMonthly:
            ComplianceRule(grid: .fromCompletion, step: .months(1), window: .month)
        case .jointCommissionQuarterly: Self.after(.months(3), early: 10, late: 10)
        case .jointCommissionSemiannual: Self.after(.months(6), early: 20, late: 20)
        case .jointCommissionAnnual: Self.after(.months(12), early: 30, late: 30)
        case .jointCommissionEveryThreeYears: Self.after(.months(36), early: 45, late: 45)
        case .jointCommissionEveryFiveYears: Self.after(.months(60), early: 45, late: 45)
        case .jointCommissionEverySixYears: Self.after(.months(72), early: 45, late: 45)
        }
    }

    /// The other reading that PCI DSS gives for terms of months: the same day of each month, third
    /// month and so on, counted from an anchor; nil for all other terms.
    public func fixedRule(anchor: CivilDate) -> ComplianceRule? {
        let months: Int? =
            switch self {
            case .pciMonthly: 1
            case .pciEveryThreeMonths: 3
            case .pciEverySixMonths: 6
            case .pciEveryTwelveMonths: 12
            default: nil
            }
        return months.map {
            ComplianceRule(
                grid: .fixed(anchor: anchor),
                step: .months($0),
                window: .days(early: 0, late: 0)
            )
        }
    }

    private static func after(
        _ step: ComplianceRule.Step,
        early: Int,
        late: Int
    ) -> ComplianceRule {
        ComplianceRule(
            grid: .fromCompletion,
            step: step,
            window: .days(early: early, late: late)
        )
    }
}
