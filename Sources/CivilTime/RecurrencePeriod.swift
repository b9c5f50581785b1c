/// The instances that one period of a recurrence could have: each of its dates with each time.
///
/// They are counted, never listed, so that BYSETPOS and COUNT cost no more than the lists of a rule.
struct RecurrencePeriod {
    let dates: [CivilDate]
    let hours: [Int]
    let minutes: [Int]
    let seconds: [Int]
    /// BYSETPOS; empty takes all.
    let positions: [Int]

    private var timesInDay: Int { hours.count * minutes.count * seconds.count }

    /// How many there are before BYSETPOS.
    private var total: Int { dates.count * timesInDay }

    /// The local time at an index, in order of time.
    private func element(_ index: Int) -> CivilDateTime {
        let (day, rest) = index.quotientAndRemainder(dividingBy: timesInDay)
        let second = seconds[rest % seconds.count]
        let minute = minutes[rest / seconds.count % minutes.count]
        let hour = hours[rest / seconds.count / minutes.count]
        let clock = Int64((hour * 60 + minute) * 60 + second) * 1_000_000
        return CivilDateTime(date: dates[day], time: TimeOfDay(microsecondOfDay: clock))
    }

    /// The smallest index whose local time is at least `start`, by binary search.
    private func index(from start: CivilDateTime) -> Int {
        var (low, high) = (0, total)
        while low < high {
            let middle = (low + high) / 2
            if element(middle) < start {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// The indices that BYSETPOS takes, in order.
    private var chosen: [Int] {
        let total = total
        let indices = positions.map { $0 > 0 ? $0 - 1 : total + $0 }
        return Set(indices.filter { (0..<total).contains($0) }).sorted()
    }

    /// The instance `count` places after the first one that is at least `start`, nil if the period
    /// has not so many; `left` is then how many are still to be passed over.
    func instance(_ count: Int, from start: CivilDateTime) -> (found: CivilDateTime?, left: Int) {
        let first = index(from: start)
        guard positions.isEmpty else {
            let rest = chosen.drop { $0 < first }
            let place = rest.startIndex + count
            return place < rest.endIndex ? (element(rest[place]), 0) : (nil, count - rest.count)
        }
        let place = first + count
        return place < total ? (element(place), 0) : (nil, count - (total - first))
    }
}
