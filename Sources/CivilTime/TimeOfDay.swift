/// A time on the clock of a day, from 00:00:00 to 23:59:59.999999.
public struct TimeOfDay: Hashable, Sendable {
    /// The hour, 0 to 23.
    public let hour: Int
    /// The minute, 0 to 59.
    public let minute: Int
    /// The second, 0 to 59.
    public let second: Int
    /// The microsecond, 0 to 999,999.
    public let microsecond: Int

    /// The beginning of the day, 00:00:00.
    public static let midnight = TimeOfDay(microsecondOfDay: 0)

    /// Creates a time, nil if the clock does not show it; there is no 24:00 and no second 60.
    public init?(hour: Int, minute: Int, second: Int = 0, microsecond: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
            (0...999_999).contains(microsecond)
        else { return nil }
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
    }

    /// Takes microseconds since midnight that are known to lie within one day.
    init(microsecondOfDay: Int64) {
        let total = Int(microsecondOfDay)
        hour = total / 3_600_000_000
        minute = total / 60_000_000 % 60
        second = total / 1_000_000 % 60
        microsecond = total % 1_000_000
    }

    /// Microseconds since midnight.
    var microsecondOfDay: Int64 {
        Int64((hour * 60 + minute) * 60 + second) * 1_000_000 + Int64(microsecond)
    }
}

extension TimeOfDay: Comparable {
    /// Orders by time.
    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool {
        left.microsecondOfDay < right.microsecondOfDay
    }
}

extension TimeOfDay: CustomStringConvertible, LosslessStringConvertible {
    /// Reads `HH:MM`, `HH:MM:SS` or `HH:MM:SS.ffffff`, nil for any other text.
    ///
    /// - Parameter text: The whole text.
    public init?(_ text: String) {
        var cursor = TextCursor(text)
        guard let time = TimeOfDay(&cursor), cursor.isAtEnd else { return nil }
        self = time
    }

    init?(_ cursor: inout TextCursor) {
        guard let hour = cursor.number(digits: 2...2), cursor.take(":"),
            let minute = cursor.number(digits: 2...2)
        else { return nil }
        var second = 0
        var microsecond = 0
        if cursor.take(":") {
            guard let read = cursor.number(digits: 2...2) else { return nil }
            second = read
            if cursor.take(".") {
                guard let fraction = cursor.fraction() else { return nil }
                microsecond = fraction
            }
        }
        self.init(hour: hour, minute: minute, second: second, microsecond: microsecond)
    }

    /// The time as `09:00:00`, with a fraction only if there is one.
    public var description: String {
        let clock = "\(hour.padded(to: 2)):\(minute.padded(to: 2)):\(second.padded(to: 2))"
        return clock + fractionText(microseconds: microsecond)
    }
}
