/// The days that layers name, in order, with sums: counting working days takes two binary searches.
struct WorkCalendarTable: Hashable, Sendable {
    /// Day numbers, ascending.
    let numbers: [Int]
    /// What each of them is.
    let days: [WorkCalendar.Day]
    /// By how many working days the days before an index differ from the weekly pattern; one longer
    /// than `numbers`.
    private let sums: [Int]
    private let leastSum: Int
    private let greatestSum: Int
    /// Worked days of a week before a weekday, Monday first; the last element is those of a week.
    private let week: [Int]

    /// From day numbers to days since a Monday long before the year 1, never negative.
    private static let shift = 3 + 7 * 200_000

    init(week: WorkWeek, layers: [WorkCalendarLayer]) {
        var table: [CivilDate: WorkCalendar.Day] = [:]
        for layer in layers {
            table.merge(layer.days) { $1 }
        }
        let sorted = table.sorted { $0.key < $1.key }
        numbers = sorted.map(\.key.dayNumber)
        days = sorted.map(\.value)
        var sums = [0]
        for (date, day) in sorted {
            let isWorked = day.kind != .off
            let isUsual = week[date.weekday] != .off
            sums.append(sums[sums.count - 1] + (isWorked ? 1 : 0) - (isUsual ? 1 : 0))
        }
        self.sums = sums
        leastSum = sums.min() ?? 0
        greatestSum = sums.max() ?? 0
        self.week = week.kinds.reduce(into: [0]) { prefix, kind in
            prefix.append(prefix[prefix.count - 1] + (kind == .off ? 0 : 1))
        }
    }

    /// What a layer says of a day, nil if none names it.
    func day(_ number: Int) -> WorkCalendar.Day? {
        let index = index(of: number)
        return index < numbers.count && numbers[index] == number ? days[index] : nil
    }

    /// How many working days lie before a day, counted from a day long before the year 1.
    func count(before number: Int) -> Int {
        let (weeks, rest) = (number + Self.shift).quotientAndRemainder(dividingBy: 7)
        return weeks * week[7] + week[rest] + sums[index(of: number)]
    }

    /// Returns the day within bounds before which there are `rank` working days and which is one,
    /// or the bound that it lies behind.
    func day(rank: Int, within bounds: ClosedRange<Int>) -> Int {
        guard rank >= count(before: bounds.lowerBound) else { return bounds.lowerBound }
        guard rank < count(before: bounds.upperBound + 1) else { return bounds.upperBound }
        // The sums say how far the weekly pattern alone can be wrong.
        let earliest = ((rank - greatestSum) / week[7] - 1) * 7 - Self.shift
        let latest = ((rank - leastSum) / week[7] + 2) * 7 - Self.shift
        var low = max(earliest, bounds.lowerBound)
        var high = min(latest, bounds.upperBound)
        while low < high {
            let middle = (low + high) / 2 - (low + high < 0 && (low + high) % 2 != 0 ? 1 : 0)
            if count(before: middle + 1) > rank {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }

    /// The index of the first number that is not before a day, by binary search.
    private func index(of number: Int) -> Int {
        var low = 0
        var high = numbers.count
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < number {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
