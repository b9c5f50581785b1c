/// A binary heap of next instants, the earliest on top.
struct DueHeap {
    /// A schedule and when it is due, in microseconds since 1970.
    struct Entry {
        var due: Int64
        var schedule: Int32
    }

    private var entries: [Entry]

    init(_ entries: [Entry]) {
        self.entries = entries
        for index in stride(from: entries.count / 2 - 1, through: 0, by: -1) {
            sink(index)
        }
    }

    var count: Int { entries.count }
    var earliest: Entry? { entries.first }

    /// Gives the earliest entry a new instant.
    mutating func replaceEarliest(due: Int64) {
        entries[0].due = due
        sink(0)
    }

    private mutating func sink(_ index: Int) {
        let entry = entries[index]
        var hole = index
        while true {
            var child = 2 * hole + 1
            guard child < entries.count else { break }
            if child + 1 < entries.count, entries[child + 1].due < entries[child].due {
                child += 1
            }
            guard entries[child].due < entry.due else { break }
            entries[hole] = entries[child]
            hole = child
        }
        entries[hole] = entry
    }
}
