/// The offsets of a zone over the whole time line, as stretches in order.
///
/// The rule at the end of a zone file is worked out when the file is read, to the end of the time
/// line: files that list their changes and files that leave them to the rule become equal tables,
/// and each question is one binary search, in the year 2090 as in 2026. It is 9 bytes a change for
/// the search and some 4 KiB for a zone with daylight saving time; nothing of it ever changes.
final class ZoneTable: Sendable {
    /// When each stretch begins, in seconds; the first one at the beginning of time.
    private let starts: [Int64]
    /// For each stretch its offset in seconds, beside the search that finds it.
    private let seconds: [Int32]
    /// For each stretch the index of its offset.
    private let kinds: [UInt8]
    private let offsets: [Offset]

    /// A zone with one offset for all time.
    init(_ offset: Offset) {
        starts = [.min]
        seconds = [Int32(clamping: offset.seconds)]
        kinds = [0]
        offsets = [offset]
    }

    /// Works out what a file says.
    ///
    /// - Throws: `ZoneError.malformed` if file and rule name more offsets than the format can.
    init(_ file: TZif, zone: String) throws(ZoneError) {
        var draft = Draft(file.offsets)
        for (start, kind) in zip(file.transitions, file.kinds) where start <= Draft.horizon {
            draft.append(start, kind: kind)
        }
        if let rule = file.rule {
            // RFC 9636, 3.3: the rule speaks for everything after the last transition; without a
            // transition, for all time.
            let last = file.transitions.last ?? .min
            let start = min(max(last, -Draft.horizon), Draft.horizon)
            for change in rule.changes(after: start) {
                guard let kind = draft.kind(of: change.offset) else {
                    throw .malformed(zone: zone, reason: "the file names more than 256 offsets")
                }
                draft.append(
                    file.transitions.isEmpty && draft.isAtStart ? .min : change.at,
                    kind: kind
                )
            }
        }
        starts = draft.starts
        kinds = draft.kinds
        offsets = draft.offsets
        seconds = draft.kinds.map { Int32(clamping: draft.offsets[Int($0)].seconds) }
    }

    /// The stretches as far as they are known.
    private struct Draft {
        /// The last second of the time line.
        static let horizon = Instant.distantFuture.wholeSeconds

        var starts: [Int64] = [.min]
        /// RFC 9636, 3.2: the first offset of a file is the one before the first transition.
        var kinds: [UInt8] = [0]
        var offsets: [Offset]
        /// Whether nothing has been appended yet.
        var isAtStart = true

        init(_ offsets: [Offset]) {
            self.offsets = offsets
        }

        /// Adds a change of the offset; one before the time line stands for its beginning.
        mutating func append(_ start: Int64, kind: UInt8) {
            isAtStart = false
            if start <= -Draft.horizon {
                kinds = [kind]
                return
            }
            if starts.last == start {
                // Daylight time all year round ends and begins again in one instant.
                starts.removeLast()
                kinds.removeLast()
            }
            // A file may name one offset twice.
            guard let last = kinds.last, offsets[Int(last)] != offsets[Int(kind)] else { return }
            starts.append(start)
            kinds.append(kind)
        }

        /// The index of an offset, which is added if it is new; nil if there is no room.
        mutating func kind(of offset: Offset) -> UInt8? {
            if let index = offsets.firstIndex(of: offset) { return UInt8(exactly: index) }
            offsets.append(offset)
            return UInt8(exactly: offsets.count - 1)
        }
    }

    /// The offset at an instant in seconds.
    func offset(at second: Int64) -> Offset {
        offsets[Int(kinds[index(at: second)])]
    }

    /// The offset at an instant, in seconds.
    func seconds(at second: Int64) -> Int64 {
        Int64(seconds[index(at: second)])
    }

    /// The stretch in which an instant lies.
    func segment(at second: Int64) -> Zone.Segment {
        let index = index(at: second)
        let next = index + 1
        return Zone.Segment(
            offset: Int64(seconds[index]),
            end: next < starts.count ? starts[next] : nil
        )
    }

    /// The stretch that began last, by binary search.
    private func index(at second: Int64) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= second {
                low = middle
            } else {
                high = middle
            }
        }
        return low
    }
}
