public import CivilTime

/// A work calendar file by itself: what it adds to the calendar that it extends.
public struct CalendarFile: Sendable {
    /// The name, which is also the name of the file.
    public let id: String
    /// The id of the calendar that it extends; nil if it stands alone.
    public let base: String?
    /// The weekly pattern; nil if it is that of the calendar below.
    public let week: WorkWeek?
    /// The hours of work; nil if they are those of the calendar below.
    public let hours: WorkingHours?
    /// Its notices and revisions.
    public let layers: [WorkCalendarLayer]
    /// The name of the file as it was given.
    public let path: String
    /// Tells this text from any other.
    public let fingerprint: String
    /// Where `extends` stands.
    let baseSpot: Spot
}

extension CalendarFile {
    /// Returns the calendar that files make together, the lowest first.
    ///
    /// - Parameters:
    ///   - files: At least one file.
    ///   - id: What to call the calendar.
    /// - Returns: The calendar; nil if no day is known to all of them.
    static func calendar(_ files: [CalendarFile], id: String) -> WorkCalendar? {
        let make = { (version: String) in
            WorkCalendar(
                id: id,
                version: version,
                week: files.compactMap(\.week).last ?? .mondayToFriday,
                hours: files.compactMap(\.hours).last,
                layers: files.flatMap(\.layers)
            )
        }
        guard let through = make("").validThrough else { return nil }
        let prints = files.map(\.fingerprint)
        let print = prints.count == 1 ? prints[0] : Fingerprint.text(of: prints.joined())
        return make("\(through)-\(print)")
    }
}

/// Tells one version of a file from another in records; it guards against nothing.
enum Fingerprint {
    /// Returns the 64-bit FNV-1a hash of a text as 16 hexadecimal digits.
    static func text(of text: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
