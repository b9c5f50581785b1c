/// What a calendar and a clock on a wall show together, in no particular zone.
public struct CivilDateTime: Hashable, Sendable {
    /// The day.
    public let date: CivilDate
    /// The time of the day.
    public let time: TimeOfDay

    /// Creates a reading of calendar and clock.
    public init(date: CivilDate, time: TimeOfDay) {
        self.date = date
        self.time = time
    }

    private static let day: Int64 = 86_400_000_000

    /// Microseconds from 1970-01-01 00:00:00 to this reading if no clock were ever changed.
    var reading: Int64 {
        Int64(date.dayNumber) * CivilDateTime.day + time.microsecondOfDay
    }

    init(reading: Int64) {
        let dayNumber = floorDivide(reading, by: CivilDateTime.day)
        date = CivilDate(dayNumber: Int(dayNumber))
        time = TimeOfDay(microsecondOfDay: reading - dayNumber * CivilDateTime.day)
    }
}

extension CivilDateTime: Comparable {
    /// Orders by date, then by time.
    public static func < (left: CivilDateTime, right: CivilDateTime) -> Bool {
        (left.date, left.time) < (right.date, right.time)
    }
}

extension CivilDateTime: CustomStringConvertible, LosslessStringConvertible {
    /// Reads `YYYY-MM-DD HH:MM:SS`, nil for any other text; seconds may be left out.
    ///
    /// - Parameter text: The whole text; a `T` may stand for the space.
    public init?(_ text: String) {
        var cursor = TextCursor(text)
        guard let date = CivilDate(&cursor), cursor.take(" ") || cursor.take("T"),
            let time = TimeOfDay(&cursor), cursor.isAtEnd
        else { return nil }
        self.init(date: date, time: time)
    }

    /// The reading as `YYYY-MM-DD HH:MM:SS`, with a fraction only if there is one.
    public var description: String { "\(date) \(time)" }
}

extension CivilDateTime: Codable {
    /// Reads the text `YYYY-MM-DD HH:MM:SS`.
    ///
    /// - Throws: `DecodingError` if the text is no reading.
    public init(from decoder: any Decoder) throws {
        self = try decodeText(
            from: decoder,
            what: "a local time YYYY-MM-DD HH:MM:SS",
            CivilDateTime.init(_:)
        )
    }

    /// Writes the text `YYYY-MM-DD HH:MM:SS`.
    ///
    /// - Throws: Whatever the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        try encodeText(description, to: encoder)
    }
}
