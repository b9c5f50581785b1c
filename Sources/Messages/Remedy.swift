public import DubanAPI

/// The commands with which an obligor settles a duty.
public enum Remedy {
    /// Returns the commands, one for each way.
    ///
    /// People name the subject duty, so that the command of a review or supervise duty carries the
    /// number of what it is about.
    public static func commands(for duty: DutyAPI.Duty) -> [String] {
        duty.settledBy.compactMap { verb in
            switch verb {
            case "submit":
                return "dubanctl submit \(DutyNumber.text(duty.number)) --note TEXT"
            case "accept":
                return "dubanctl accept \(subject(duty))"
            case "return":
                return "dubanctl return \(subject(duty)) --reason TEXT"
            case "urge":
                return "dubanctl urge \(DutyNumber.text(duty.root))"
            default:
                return nil
            }
        }
    }

    private static func subject(_ duty: DutyAPI.Duty) -> String {
        DutyNumber.text(duty.subject ?? duty.number)
    }
}
