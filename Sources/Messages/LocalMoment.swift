import CivilTime

/// An instant as a clock on the wall of a zone shows it.
struct LocalMoment: Hashable, Sendable {
    /// Calendar and clock.
    let reading: CivilDateTime
    /// The offset from UTC in seconds.
    let offsetSeconds: Int

    /// Makes the moment of an instant.
    init(micros: Int64, zone: Zone) {
        let instant = Instant(microseconds: micros)
        reading = zone.local(instant)
        offsetSeconds = zone.offset(at: instant).seconds
    }

    /// The day.
    var day: CivilDate {
        reading.date
    }

    /// Whether the day begins here.
    var isMidnight: Bool {
        reading.time == .midnight
    }

    /// The time of day, `09:00:06`, or `09:00` on a full minute.
    var clock: String {
        reading.time.second == 0 ? String(fullClock.prefix(5)) : fullClock
    }

    /// The time of day with its seconds.
    var fullClock: String {
        let parts = [reading.time.hour, reading.time.minute, reading.time.second]
        return parts.map(Self.two).joined(separator: ":")
    }

    /// The day and the time of day with its seconds, `2019-01-31 09:00:06`.
    var full: String {
        day.description + " " + fullClock
    }

    /// The offset as RFC 5322 has it, `+0800`.
    var mailOffset: String {
        let minutes = abs(offsetSeconds) / 60
        let sign = offsetSeconds < 0 ? "-" : "+"
        return sign + Self.two(minutes / 60) + Self.two(minutes % 60)
    }

    /// Returns two digits.
    static func two(_ value: Int) -> String {
        value < 10 ? "0\(value)" : String(value)
    }
}
