/// A day of the proleptic Gregorian calendar in the years 1 to 9999, in no particular zone.
public struct CivilDate: Hashable, Sendable {
    /// The year, 1 to 9999.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, 1 to 31.
    public let day: Int

    /// 0001-01-01 and 9999-12-31.
    private static let dayNumbers = -719_162...2_932_896

    /// Creates a date, nil if there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= CivilDate.daysInMonth(year: year, month: month)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Creates the date that lies a number of days after 1970-01-01.
    ///
    /// - Parameter dayNumber: Days since 1970-01-01; beyond the years 1 to 9999 the nearest end.
    public init(dayNumber: Int) {
        // Counts in eras of 400 years that begin in March, so that the leap day comes last.
        let bounds = CivilDate.dayNumbers
        let shifted = min(max(dayNumber, bounds.lowerBound), bounds.upperBound) + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let leaps = dayOfEra / 1_460 - dayOfEra / 36_524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leaps) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01.
    public var dayNumber: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear % 400
        let shiftedMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The day of the week.
    public var weekday: Weekday {
        // 1970-01-01 was a Thursday; the sum is positive for every date there is.
        Weekday.allCases[(dayNumber + 3 + 7 * 200_000) % 7]
    }

    /// Returns the number of days of a month.
    ///
    /// The month has to be 1 to 12.
    public static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// Returns the date some days later, or earlier for a negative count; it stops at 0001-01-01 and
    /// at 9999-12-31.
    public func adding(days: Int) -> CivilDate {
        let (sum, overflow) = dayNumber.addingReportingOverflow(days)
        return CivilDate(dayNumber: overflow ? (days < 0 ? Int.min : Int.max) : sum)
    }

    /// Returns the same day some months later, or the last day of a month that is too short.
    public func adding(months: Int) -> CivilDate {
        let bounded = min(max(months, -120_000), 120_000)
        let total = min(max(year * 12 + month - 1 + bounded, 12), 9_999 * 12 + 11)
        let newYear = total / 12
        let newMonth = total % 12 + 1
        let lastDay = CivilDate.daysInMonth(year: newYear, month: newMonth)
        return CivilDate(valid: newYear, newMonth, min(day, lastDay))
    }

    /// The first day of the date's month.
    public var firstOfMonth: CivilDate { CivilDate(valid: year, month, 1) }

    /// The last day of the date's month.
    public var lastOfMonth: CivilDate {
        CivilDate(valid: year, month, CivilDate.daysInMonth(year: year, month: month))
    }

    /// Takes three numbers that are known to be a date.
    init(valid year: Int, _ month: Int, _ day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }
}

extension CivilDate: Comparable {
    /// Orders by time.
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension CivilDate: CustomStringConvertible, LosslessStringConvertible {
    /// Reads `YYYY-MM-DD`, nil for any other text and for days that do not exist.
    ///
    /// - Parameter text: The whole text.
    public init?(_ text: String) {
        var cursor = TextCursor(text)
        guard let date = CivilDate(&cursor), cursor.isAtEnd else { return nil }
        self = date
    }

    init?(_ cursor: inout TextCursor) {
        guard let year = cursor.number(digits: 4...4), cursor.take("-"),
            let month = cursor.number(digits: 2...2), cursor.take("-"),
            let day = cursor.number(digits: 2...2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The date as `YYYY-MM-DD`.
    public var description: String {
        "\(year.padded(to: 4))-\(month.padded(to: 2))-\(day.padded(to: 2))"
    }
}

extension CivilDate: Codable {
    /// Reads the text `YYYY-MM-DD`.
    ///
    /// - Throws: `DecodingError` if the text is no date.
    public init(from decoder: any Decoder) throws {
        self = try decodeText(from: decoder, what: "a date YYYY-MM-DD", CivilDate.init(_:))
    }

    /// Writes the text `YYYY-MM-DD`.
    ///
    /// - Throws: Whatever the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        try encodeText(description, to: encoder)
    }
}
