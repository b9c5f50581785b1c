extension RecurrenceParser {
    /// A time as it is written: local, or in UTC with a `Z` behind it.
    struct Moment {
        let local: CivilDateTime
        let isUTC: Bool
        let isDate: Bool
    }

    /// Reads the value of DTSTART.
    mutating func readStart(isDate: Bool) throws(CalendarExpressionError) {
        let place = cursor.position
        let moment = try moment()
        guard moment.isDate || !isDate else {
            throw error("VALUE=DATE asks for a date without a time", at: place)
        }
        guard CalendarDates.years.contains(moment.local.date.year) else {
            throw error("the year does not fit into 1970..2199", at: place)
        }
        if moment.isUTC {
            guard zoneName == nil || zoneName == "UTC" else {
                throw error("a time with TZID has no “Z”", at: place)
            }
            zoneName = "UTC"
        }
        self.isDate = moment.isDate
        start = moment.local
    }

    /// Reads the times of an RDATE or EXDATE, which have the form of DTSTART.
    mutating func list() throws(CalendarExpressionError) -> [CivilDateTime] {
        var times: [CivilDateTime] = []
        repeat {
            let place = cursor.position
            let moment = try moment()
            guard moment.isDate == isDate, !moment.isUTC || zoneName == "UTC" else {
                throw error("it has another form than DTSTART; write \(formText)", at: place)
            }
            times.append(moment.local)
            guard times.count <= RecurrenceParser.listLimit else {
                throw error("more than \(RecurrenceParser.listLimit) dates are not taken")
            }
        } while cursor.take(",")
        return times
    }

    /// Reads the value of UNTIL.
    ///
    /// RFC 5545: in UTC if DTSTART has a zone, else in the form of DTSTART.
    mutating func until() throws(CalendarExpressionError) -> RecurrenceBound {
        let place = cursor.position
        let moment = try moment()
        let isZoned = zoneName != nil
        guard moment.isDate == isDate, moment.isUTC == isZoned || isDate else {
            let form = isZoned && !isDate ? "in UTC, such as 20261231T225959Z" : formText
            throw error("UNTIL does not go with DTSTART; write it \(form)", at: place)
        }
        if !isDate, let zoneName, zoneName != "UTC" {
            return .instant(Instant(microseconds: moment.local.reading))
        }
        return .local(moment.local)
    }

    /// The form of DTSTART by an example.
    private var formText: String {
        isDate ? "as 20261231" : zoneName == "UTC" ? "as 20261231T235959Z" : "as 20261231T235959"
    }

    /// Reads `YYYYMMDD`, `YYYYMMDDTHHMMSS` or the latter with `Z`; a date is read as its midnight.
    private mutating func moment() throws(CalendarExpressionError) -> Moment {
        let place = cursor.position
        guard let year = cursor.number(digits: 4...4), let month = cursor.number(digits: 2...2),
            let day = cursor.number(digits: 2...2),
            let date = CivilDate(year: year, month: month, day: day)
        else { throw error("a day such as 20261231 is expected", at: place) }
        guard cursor.take("T") || cursor.take("t") else {
            return Moment(
                local: CivilDateTime(date: date, time: .midnight),
                isUTC: false,
                isDate: true
            )
        }
        let clock = cursor.position
        guard let hour = cursor.number(digits: 2...2), let minute = cursor.number(digits: 2...2),
            let second = cursor.number(digits: 2...2),
            let time = TimeOfDay(hour: hour, minute: minute, second: second)
        else { throw error("a time such as 090000 is expected, at most 235959", at: clock) }
        return Moment(
            local: CivilDateTime(date: date, time: time),
            isUTC: cursor.take("Z") || cursor.take("z"),
            isDate: false
        )
    }
}
