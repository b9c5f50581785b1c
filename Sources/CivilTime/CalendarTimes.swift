/// The times of a day that a rule names, as bit masks: hours, minutes and seconds are chosen
/// independently of each other.
struct CalendarTimes: Hashable, Sendable {
    private static let day: Int64 = 86_400_000_000
    private static let hour: Int64 = 3_600_000_000
    private static let minute: Int64 = 60_000_000
    private static let second: Int64 = 1_000_000

    private let hours: UInt32
    private let minutes: UInt64
    private let seconds: UInt64
    /// The seconds in microseconds where one has a fraction; empty if the mask says all.
    private let fractions: [CalendarField.Component]
    private let distinctSeconds: Int32

    /// 00:00:00.
    static let midnight = CalendarTimes(
        hour: CalendarField(0),
        minute: CalendarField(0),
        second: CalendarField(0, unit: 1_000_000)
    )

    init(hour: CalendarField, minute: CalendarField, second: CalendarField) {
        hours = UInt32(truncatingIfNeeded: hour.mask(0...23))
        minutes = minute.mask(0...59)
        let isWhole = second.components.allSatisfy { component in
            [component.start, component.stop ?? 0, component.step].allSatisfy {
                $0 % 1_000_000 == 0
            }
        }
        if isWhole {
            seconds = second.wholeSeconds.mask(0...59)
            fractions = []
            distinctSeconds = Int32(seconds.nonzeroBitCount)
        } else {
            seconds = 0
            fractions = second.components
            distinctSeconds = Int32(CalendarTimes.count(second.components, below: 60_000_000))
        }
    }

    /// The first time, in microseconds of the day, that is at least `time`.
    func first(from time: Int64) -> Int64? {
        guard time < CalendarTimes.day else { return nil }
        let hour = time / CalendarTimes.hour
        let inHour = time - hour * CalendarTimes.hour
        if hours >> UInt32(hour) & 1 == 1, let found = first(inHour: inHour) {
            return hour * CalendarTimes.hour + found
        }
        let later = hours >> UInt32(hour + 1)
        guard later != 0, let found = first(inHour: 0) else { return nil }
        return (hour + 1 + Int64(later.trailingZeroBitCount)) * CalendarTimes.hour + found
    }

    private func first(inHour time: Int64) -> Int64? {
        let minute = time / CalendarTimes.minute
        let inMinute = time - minute * CalendarTimes.minute
        if minutes >> UInt64(minute) & 1 == 1, let found = first(inMinute: inMinute) {
            return minute * CalendarTimes.minute + found
        }
        let later = minutes >> UInt64(minute + 1)
        guard later != 0, let found = first(inMinute: 0) else { return nil }
        return (minute + 1 + Int64(later.trailingZeroBitCount)) * CalendarTimes.minute + found
    }

    private func first(inMinute time: Int64) -> Int64? {
        guard fractions.isEmpty else {
            let field = CalendarField(components: fractions, unit: 1_000_000)
            return field.next(from: Int(time), through: 59_999_999).map(Int64.init)
        }
        let second = (time + CalendarTimes.second - 1) / CalendarTimes.second
        let later = seconds >> UInt64(second)
        guard later != 0 else { return nil }
        return (second + Int64(later.trailingZeroBitCount)) * CalendarTimes.second
    }

    /// The last time of a day.
    var last: Int64 { last(before: CalendarTimes.day) }

    /// The last time before a limit, which must have one before it.
    func last(before limit: Int64) -> Int64 {
        var (low, high) = (Int64(0), limit)
        // Counting is arithmetic, so halving finds it in 37 steps whatever the fields are.
        let wanted = count(before: limit)
        while high - low > 1 {
            let middle = (low + high) / 2
            if count(before: middle) < wanted {
                low = middle
            } else {
                high = middle
            }
        }
        return low
    }

    private var secondCount: Int { Int(distinctSeconds) }

    /// How many times a day has.
    var count: Int {
        hours.nonzeroBitCount * minutes.nonzeroBitCount * secondCount
    }

    /// How many times lie before `time`, by arithmetic and not by going through them.
    func count(before time: Int64) -> Int {
        guard time < CalendarTimes.day else { return count }
        let hour = time / CalendarTimes.hour
        let minute = time / CalendarTimes.minute % 60
        let inMinute = time % CalendarTimes.minute
        let perHour = minutes.nonzeroBitCount * secondCount
        var total = (hours & (1 << UInt32(hour) - 1)).nonzeroBitCount * perHour
        guard hours >> UInt32(hour) & 1 == 1 else { return total }
        total += (minutes & (1 << UInt64(minute) - 1)).nonzeroBitCount * secondCount
        guard minutes >> UInt64(minute) & 1 == 1 else { return total }
        if fractions.isEmpty {
            let second = (inMinute + CalendarTimes.second - 1) / CalendarTimes.second
            return total + (seconds & (1 << UInt64(second) - 1)).nonzeroBitCount
        }
        return total + CalendarTimes.count(fractions, below: Int(inMinute))
    }

    /// How many values of a field of microseconds lie below a limit.
    private static func count(_ components: [CalendarField.Component], below limit: Int) -> Int {
        if components.count == 1, let only = components.first {
            let end = min(limit - 1, only.stop ?? (only.step == 0 ? only.start : 59_999_999))
            guard end >= only.start else { return 0 }
            return only.step == 0 ? 1 : (end - only.start) / only.step + 1
        }
        let field = CalendarField(components: components, unit: 1_000_000)
        var count = 0
        var value = 0
        while let found = field.next(from: value, through: limit - 1) {
            count += 1
            value = found + 1
        }
        return count
    }

    /// Whether every time of `other` is one of these.
    func contains(all other: CalendarTimes) -> Bool {
        guard fractions.isEmpty, other.fractions.isEmpty else {
            return self == other
        }
        return hours & other.hours == other.hours && minutes & other.minutes == other.minutes
            && seconds & other.seconds == other.seconds
    }
}

extension CalendarField {
    /// The values in the bounds as bits; the unit has to be 1.
    func mask(_ bounds: ClosedRange<Int>) -> UInt64 {
        var mask: UInt64 = 0
        var value = bounds.lowerBound
        while let found = next(from: value, through: bounds.upperBound) {
            mask |= 1 << UInt64(found)
            value = found + 1
        }
        return mask
    }

    /// The same field of seconds in whole seconds.
    fileprivate var wholeSeconds: CalendarField {
        let whole = components.map { component in
            Component(
                start: component.start / unit,
                stop: component.stop.map { $0 / unit },
                step: component.step / unit
            )
        }
        return CalendarField(components: whole, unit: 1)
    }
}
