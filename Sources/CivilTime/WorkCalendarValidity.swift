/// The days that every level of a calendar knows.
struct WorkCalendarValidity: Hashable, Sendable {
    /// Ranges of day numbers, ascending, with gaps between them.
    private let ranges: [ClosedRange<Int>]

    init(levels: [String], layers: [WorkCalendarLayer]) {
        ranges = levels.reduce([Int.min...Int.max]) { common, level in
            let own = layers.filter { $0.level == level }.compactMap(\.range)
            return Self.intersection(common, Self.merged(own))
        }
    }

    /// The first day, nil if there is none.
    var first: CivilDate? { bound(ranges.first?.lowerBound, open: .min) }

    /// The last day, nil if there is none.
    var last: CivilDate? { bound(ranges.last?.upperBound, open: .max) }

    private func bound(_ number: Int?, open: Int) -> CivilDate? {
        number.flatMap { $0 == open ? nil : CivilDate(dayNumber: $0) }
    }

    func contains(_ number: Int) -> Bool {
        ranges.contains { $0.contains(number) }
    }

    private static func merged(_ ranges: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
        var result: [ClosedRange<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            // Days that follow each other leave no gap; nothing follows the end of time.
            if let last = result.last,
                last.upperBound == .max || range.lowerBound <= last.upperBound + 1
            {
                let end = max(last.upperBound, range.upperBound)
                result[result.count - 1] = last.lowerBound...end
            } else {
                result.append(range)
            }
        }
        return result
    }

    private static func intersection(
        _ left: [ClosedRange<Int>],
        _ right: [ClosedRange<Int>]
    ) -> [ClosedRange<Int>] {
        left.flatMap { one in
            right.compactMap { one.overlaps($0) ? one.clamped(to: $0) : nil }
        }
    }
}
