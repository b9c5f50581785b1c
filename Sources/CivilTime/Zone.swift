/// A zone of the tz database: which offset its clocks have at each instant.
///
/// It is made from the bytes of a TZif file (RFC 9636). Files that list every transition and files
/// that leave them to the rule at the end give the same answers.
public struct Zone: Sendable {
    /// The name in the tz database, as written.
    public let name: String
    /// The release of the tz database and the FNV-1a hash of the file's bytes in 16 hexadecimal
    /// digits, `2025b-0123456789abcdef`, for records; the hash alone where the release is not known,
    /// `missing` for a zone that is gone.
    public let version: String

    let table: ZoneTable

    /// Coordinated universal time.
    public static let utc = Zone()

    private init() {
        name = "UTC"
        version = "built-in"
        table = ZoneTable(Offset(seconds: 0, isDaylight: false, abbreviation: "UTC"))
    }

    init(name: String, version: String, table: ZoneTable) {
        self.name = name
        self.version = version
        self.table = table
    }

    /// Reads a zone from the bytes of its file.
    ///
    /// - Parameters:
    ///   - name: The name in the tz database, such as `Asia/Shanghai`.
    ///   - tzif: The bytes of the file.
    ///   - tzdata: The release of the tz database that the file belongs to, such as `2025b`, if it
    ///     is known; it becomes part of the version.
    /// - Throws: ``ZoneError`` if the name or the bytes are not usable.
    public init(name: String, tzif: [UInt8], tzdata: String? = nil) throws(ZoneError) {
        guard Zone.isValidName(name) else { throw .invalidName(name) }
        self.name = name
        version = (tzdata.map { "\($0)-" } ?? "") + Zone.hash(tzif)
        table = try ZoneTable(TZif(tzif, zone: name), zone: name)
    }

    /// Whether a text could name a zone: never a path that leaves the tree, and no leap seconds.
    ///
    /// `Z` is no name of the tz database, and neither are the files of a host's own settings beside
    /// its zones. An abbreviation such as `PST` passes here and has no file.
    public static func isValidName(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first) else { return false }
        guard !name.hasPrefix("posix/"), !name.hasPrefix("right/") else { return false }
        guard !["Z", "localtime", "posixrules"].contains(name) else { return false }
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
        table.offset(at: instant.wholeSeconds)
    }

    /// Returns what the zone's clocks show at an instant.
    public func local(_ instant: Instant) -> CivilDateTime {
        let seconds = table.seconds(at: instant.wholeSeconds)
        return CivilDateTime(reading: instant.microseconds + seconds * 1_000_000)
    }

    /// Returns the instant in local time with its numeric offset, `2019-01-11T00:00:00+08:00`.
    ///
    /// RFC 3339 has no seconds in an offset, so the local mean times of old are cut to minutes; the
    /// text still names exactly the instant.
    public func rfc3339(_ instant: Instant) -> String {
        let minutes = Int(table.seconds(at: instant.wholeSeconds)) / 60
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

    /// The stretch in which an instant lies: one binary search.
    func segment(atSeconds seconds: Int64) -> Segment {
        table.segment(at: seconds)
    }
}

extension Zone: CustomStringConvertible {
    /// The zone's name.
    public var description: String { name }
}
