public import CivilTime

/// A point in time as people write it on a command line.
public enum TimeArgument {
    /// Returns the instant of `2019-01-01`, `2019-01-01 09:00[:00]` (both read in the zone) or of
    /// an RFC 3339 text such as `2019-01-01T09:00:00+08:00`, or of `@` and seconds since 1970; nil
    /// for anything else.
    public static func instant(_ text: String, zone: Zone) -> Instant? {
        if text.hasPrefix("@") {
            return seconds(text.dropFirst())
        }
        if let date = CivilDate(text) {
            return zone.startOfDay(date)
        }
        if let local = CivilDateTime(text) {
            return zone.instant(local)
        }
        return universal(text)
    }

    /// Reads seconds with up to six digits of a fraction.
    private static func seconds(_ text: Substring) -> Instant? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = Int64(parts[0]),
            whole.magnitude < 10_000_000_000
        else {
            return nil
        }
        let digits = parts.count == 2 ? parts[1] : "0"
        let fraction = digits + String(repeating: "0", count: max(0, 6 - digits.count))
        guard digits.count <= 6, let micros = Int64(fraction), micros >= 0,
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), !digits.isEmpty
        else {
            return nil
        }
        let isBefore = parts[0].hasPrefix("-")
        return Instant(microseconds: whole * 1_000_000 + (isBefore ? -micros : micros))
    }

    private static func universal(_ text: String) -> Instant? {
        if text.hasSuffix("Z") || text.hasSuffix("z") {
            return CivilDateTime(String(text.dropLast())).map { Zone.utc.instant($0) }
        }
        let offset = text.suffix(6)
        guard let sign = offset.first, sign == "+" || sign == "-",
            let local = CivilDateTime(String(text.dropLast(6))),
            let span = TimeOfDay(String(offset.dropFirst()))
        else {
            return nil
        }
        let seconds = Int64((span.hour * 60 + span.minute) * 60)
        return Zone.utc.instant(local) - Span.seconds(sign == "+" ? seconds : -seconds)
    }
}
