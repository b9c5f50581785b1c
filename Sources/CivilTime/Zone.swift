/// A zone of the tz database: which offset its clocks have at each instant.
///
/// It is made from the bytes of a TZif file (RFC 9636). Files that list every transition and files
/// that leave them to the rule at the end give the same answers.
public struct Zone: Sendable {
    /// The name in the tz database, as written.
    public let name: String
    /// The FNV-1a hash of the file's bytes in 16 hexadecimal digits, for records.
    public let version: String

    private let transitions: [Int64]
    private let kinds: [UInt8]
    private let offsets: [Offset]
    private let rule: PosixRule?

    /// Coordinated universal time.
    public static let utc = Zone()

    private init() {
        name = "UTC"
        version = "built-in"
        transitions = []
        kinds = []
        offsets = [Offset(seconds: 0, isDaylight: false, abbreviation: "UTC")]
        rule = nil
    }

    /// Reads a zone from the bytes of its file.
    ///
    /// - Parameters:
    ///   - name: The name in the tz database, such as `Asia/Shanghai`.
    ///   - tzif: The bytes of the file.
    /// - Throws: ``ZoneError`` if the name or the bytes are not usable.
    public init(name: String, tzif: [UInt8]) throws(ZoneError) {
        guard Zone.isValidName(name) else { throw .invalidName(name) }
        let file = try TZif(tzif, zone: name)
        self.name = name
        version = Zone.hash(tzif)
        transitions = file.transitions
        kinds = file.kinds
        offsets = file.offsets
        rule = file.rule
    }

    /// Whether a text could name a zone: never a path that leaves the tree, and no leap seconds.
    public static func isValidName(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first) else { return false }
        guard !name.hasPrefix("posix/"), !name.hasPrefix("right/") else { return false }
        let parts = name.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { isNameByte($0) }
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == 0x5F || byte == 0x2D || byte == 0x2B
    }

    private static func hash(_ bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Returns the offset of the zone's clocks at an instant.
    public func offset(at instant: Instant) -> Offset {
        offset(atSeconds: instant.wholeSeconds)
    }

    /// Returns what the zone's clocks show at an instant.
    public func local(_ instant: Instant) -> CivilDateTime {
        let seconds = Int64(offset(at: instant).seconds)
        return CivilDateTime(reading: instant.microseconds + seconds * 1_000_000)
    }

    /// Returns the instant in local time with its numeric offset, `2019-01-11T00:00:00+08:00`.
    ///
    /// RFC 3339 has no seconds in an offset, so the local mean times of old are cut to minutes; the
    /// text still names exactly the instant.
    public func rfc3339(_ instant: Instant) -> String {
        let minutes = offset(at: instant).seconds / 60
        let reading = instant.microseconds + Int64(minutes) * 60_000_000
        let local = CivilDateTime(reading: reading)
        let sign = minutes < 0 ? "-" : "+"
        let hour = (abs(minutes) / 60).padded(to: 2)
        let minute = (abs(minutes) % 60).padded(to: 2)
        return "\(local.date)T\(local.time)\(sign)\(hour):\(minute)"
    }

    // MARK: - Segments

    /// A stretch of time with one offset.
    struct Segment {
        let offset: Int64
        /// The instant, in seconds, at which the next one begins; nil if there is none.
        let end: Int64?
    }

    /// The stretch in which an instant lies.
    func segment(atSeconds seconds: Int64) -> Segment {
        Segment(
            offset: Int64(offset(atSeconds: seconds).seconds),
            end: change(afterSeconds: seconds)
        )
    }

    /// The first transition after an instant.
    private func change(afterSeconds seconds: Int64) -> Int64? {
        let index = firstTransition(after: seconds)
        if index < transitions.count {
            return transitions[index]
        }
        return rule?.changes(around: seconds).first { $0.at > seconds }?.at
    }

    func offset(atSeconds seconds: Int64) -> Offset {
        // RFC 9636: the rule speaks for everything after the last transition, or for all time.
        if let rule, seconds > transitions.last ?? Int64.min {
            return rule.offset(at: seconds)
        }
        let index = firstTransition(after: seconds)
        return index == 0 ? offsets[0] : offsets[Int(kinds[index - 1])]
    }

    /// The index of the first transition after an instant, by binary search.
    private func firstTransition(after seconds: Int64) -> Int {
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= seconds {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}

extension Zone: CustomStringConvertible {
    /// The zone's name.
    public var description: String { name }
}
