public import CivilTime

/// A point in time as people write it on a command line.
public enum TimeArgument {
    /// Returns the instant of `2019-01-01`, `2019-01-01 09:00[:00]` (both read in the zone) or of
    /// an RFC 3339 text such as `2019-01-01T09:00:00+08:00`; nil for anything else.
    public static func instant(_ text: String, zone: Zone) -> Instant? {
        if let date = CivilDate(text) {
            return zone.startOfDay(date)
        }
        if let local = CivilDateTime(text) {
            return zone.instant(local)
        }
        return universal(text)
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
