public import DubanAPI

/// What every view of a duty says the same way.
extension Rendering {
    /// Returns the number and the kind: `D-0007 account`, `D-0007(交账)`.
    func title(_ duty: DutyAPI.Duty) -> String {
        let number = DutyNumber.text(duty.number)
        let kind = word(.kind, duty.kind.rawValue)
        return pick(number + " " + kind, number + bracketed(kind))
    }

    /// Returns the person and the unit that owe it.
    func obligor(_ duty: DutyAPI.Duty) -> String {
        let unit = name(duty.unitNames, id: duty.unit)
        return Escape.line(duty.personName) + bracketed(unit)
    }

    /// Returns what it is about in the plan; for a superior's duty the item of its subject.
    func item(_ duty: DutyAPI.Duty) -> String {
        name(duty.itemNames, id: duty.item)
    }

    /// Returns how much time is left, or how late it is: `in 2h`, `3wd late`, 逾期3个工作日.
    public func left(_ duty: DutyAPI.Duty) -> String {
        if duty.state == .accepted || duty.state == .moot {
            return duty.late ? pick("was late", "曾逾期") : ""
        }
        if duty.state == .submitted {
            return duty.late ? pick("late", "逾期") : ""
        }
        if duty.dueMicros > nowMicros {
            return distance(duty.dueMicros)
        }
        return lateness(duty)
    }

    /// Returns how late a duty is, in working days or, within the first, as a span.
    func lateness(_ duty: DutyAPI.Duty) -> String {
        if duty.lateWorkdays > 0 {
            return pick("\(duty.lateWorkdays)wd late", "逾期\(duty.lateWorkdays)个工作日")
        }
        let span = span(nowMicros - duty.dueMicros)
        return pick(span + " late", "逾期" + span)
    }

    /// Whether a duty should be seen first.
    func isAlarming(_ duty: DutyAPI.Duty) -> Bool {
        switch duty.state {
        case .accepted, .moot, .submitted: false
        default: duty.late || duty.dueMicros <= nowMicros || duty.unattended
        }
    }
}
