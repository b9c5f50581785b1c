/// Which of the five fields of a crontab line.
enum CronFieldKind: String, CaseIterable, Sendable {
    case minute, hour
    case day = "day of the month"
    case month, weekday

    var bounds: ClosedRange<Int> {
        switch self {
        case .minute: 0...59
        case .hour: 0...23
        case .day: 1...31
        case .month: 1...12
        // 0 and 7 are both Sunday.
        case .weekday: 0...7
        }
    }

    /// The names that stand for values, the first one for the smallest.
    var names: [String] {
        switch self {
        case .month:
            ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        case .weekday: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
        default: []
        }
    }
}

/// A field of a crontab line as read.
struct CronField: Hashable, Sendable {
    /// A weekday and which one of the month; 0 is the last.
    struct Numbered: Hashable {
        let weekday: Int
        let ordinal: Int
    }

    let kind: CronFieldKind
    /// Where it begins, in bytes from 0.
    let place: Int
    /// Whether its text begins with `*`, which Debian's cron looks at.
    let beginsWithStar: Bool
    var values: Set<Int> = []
    /// `L` among the days of the month.
    var hasLastDay = false
    /// `LW` among the days of the month.
    var hasLastWorkday = false
    /// `5#3` and `5L` among the weekdays.
    var numbered: Set<Numbered> = []

    /// Whether it takes every value.
    var isAll: Bool { values.count == kind.bounds.count }

    /// The field as in a calendar expression.
    func text(width: Int) -> String {
        isAll ? "*" : CronField.text(values, through: kind.bounds.upperBound, width: width)
    }

    /// The field as a list of two-digit values and ranges, never with a step.
    var listText: String { CronField.listText(values.sorted(), width: 2) }

    /// Values as `start/step` or `start..stop/step` where they are evenly spaced, else as a list with
    /// three and more in a row as a range.
    static func text(_ values: Set<Int>, through last: Int, width: Int) -> String {
        let sorted = values.sorted()
        guard sorted.count > 2, let first = sorted.first, let end = sorted.last,
            let step = evenStep(sorted), step > 1
        else { return listText(sorted, width: width) }
        let start = first.padded(to: width)
        return end + step > last
            ? "\(start)/\(step)" : "\(start)..\(end.padded(to: width))/\(step)"
    }

    private static func evenStep(_ sorted: [Int]) -> Int? {
        let steps = Set(zip(sorted.dropFirst(), sorted).map { $0 - $1 })
        return steps.count == 1 ? steps.first : nil
    }

    private static func listText(_ sorted: [Int], width: Int) -> String {
        var parts: [String] = []
        var rest = sorted[...]
        while let first = rest.first {
            let run = rest.enumerated().prefix { $0.element == first + $0.offset }.count
            let stop = (first + run - 1).padded(to: width)
            if run > 2 {
                parts.append("\(first.padded(to: width))..\(stop)")
                rest = rest.dropFirst(run)
            } else {
                parts.append(first.padded(to: width))
                rest = rest.dropFirst()
            }
        }
        return parts.joined(separator: ",")
    }
}
