/// When work goes on within a day: open stretches for each weekday, and for half days.
public struct WorkingHours: Hashable, Sendable {
    /// An open stretch of a day.
    public struct Stretch: Hashable, Sendable {
        /// Where it begins, in seconds of the day.
        public let start: Int
        /// Where it ends, in seconds of the day, itself not included; 86,400 is the day's end.
        public let end: Int

        /// Creates a stretch, nil if it is empty or leaves the day.
        public init?(start: Int, end: Int) {
            guard start >= 0, start < end, end <= 86_400 else { return nil }
            self.start = start
            self.end = end
        }
    }

    /// Stretches of the weekdays, Monday first.
    private let week: [[Stretch]]
    private let half: [Stretch]?

    /// Creates hours; nil if stretches overlap or are out of order, or if nothing is ever open.
    ///
    /// - Parameters:
    ///   - work: The stretches of a working day.
    ///   - half: Those of a half day; nil for the first half of what its weekday has.
    ///   - weekdays: Those of single weekdays instead of `work`.
    public init?(work: [Stretch], half: [Stretch]? = nil, weekdays: [Weekday: [Stretch]] = [:]) {
        week = Weekday.allCases.map { weekdays[$0] ?? work }
        self.half = half
        let lists = week + [half ?? []]
        guard lists.allSatisfy(WorkingHours.isInOrder), week.contains(where: { !$0.isEmpty }) else {
            return nil
        }
    }

    private static func isInOrder(_ list: [Stretch]) -> Bool {
        zip(list, list.dropFirst()).allSatisfy { $0.end <= $1.start }
    }

    /// Returns the open stretches of a day, in order.
    ///
    /// - Parameters:
    ///   - kind: What the day is.
    ///   - weekday: As which weekday it is worked.
    /// - Returns: The stretches, none if the day is off.
    public func stretches(_ kind: WorkCalendar.DayKind, _ weekday: Weekday) -> [Stretch] {
        let full = week[weekday.rawValue - 1]
        return switch kind {
        case .off: []
        case .work: full
        case .half: half ?? WorkingHours.firstHalf(of: full)
        }
    }

    private static func firstHalf(of list: [Stretch]) -> [Stretch] {
        var rest = list.reduce(0) { $0 + $1.end - $1.start } / 2
        return list.compactMap { stretch in
            let length = min(rest, stretch.end - stretch.start)
            rest -= length
            return Stretch(start: stretch.start, end: stretch.start + length)
        }
    }
}

extension WorkingHours.Stretch: CustomStringConvertible, LosslessStringConvertible {
    /// Reads `09:00-12:00`, nil for any other text; the end may be `24:00`.
    ///
    /// - Parameter text: The whole text.
    public init?(_ text: String) {
        var cursor = TextCursor(text)
        guard let start = TimeOfDay(&cursor), cursor.take("-") else { return nil }
        let end: Int
        if String(decoding: cursor.bytes[cursor.position...], as: UTF8.self) == "24:00" {
            end = 86_400
        } else {
            guard let time = TimeOfDay(&cursor), cursor.isAtEnd, time.microsecond == 0 else {
                return nil
            }
            end = time.secondOfDay
        }
        guard start.microsecond == 0 else { return nil }
        self.init(start: start.secondOfDay, end: end)
    }

    /// The stretch as `09:00-12:00`.
    public var description: String { "\(text(start))-\(text(end))" }

    private func text(_ second: Int) -> String {
        let base = "\((second / 3_600).padded(to: 2)):\((second / 60 % 60).padded(to: 2))"
        return second % 60 == 0 ? base : base + ":\((second % 60).padded(to: 2))"
    }
}

extension TimeOfDay {
    /// Whole seconds since midnight.
    fileprivate var secondOfDay: Int { (hour * 60 + minute) * 60 + second }
}
