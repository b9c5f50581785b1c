import CivilTime

/// Times and spans as people read them.
extension Rendering {
    private static let weekdays = [
        ("Mon", "周一"), ("Tue", "周二"), ("Wed", "周三"), ("Thu", "周四"), ("Fri", "周五"),
        ("Sat", "周六"), ("Sun", "周日"),
    ]

    /// Returns day, weekday and time of an instant: `2019-01-31 Thu 09:00`.
    public func moment(_ micros: Int64, zone: String) -> String {
        text(local(micros, zone), zone: zone)
    }

    /// Returns day, weekday and time of a due date, where a due date at midnight is the end of the
    /// day before: `2019-01-31 Thu 24:00`.
    public func due(_ micros: Int64, zone: String) -> String {
        let due = local(micros, zone)
        guard due.isMidnight else {
            return text(due, zone: zone)
        }
        return text(local(micros - 1, zone), zone: zone, clock: "24:00")
    }

    /// Returns the time of an instant as it is told to somebody who stands at another: only the
    /// clock on the same day, with the day otherwise.
    public func brief(_ micros: Int64, near other: Int64, zone: String) -> String {
        let moment = local(micros, zone)
        let here = local(other, zone)
        if moment.day == here.day {
            return moment.clock
        }
        if moment.isMidnight {
            let before = local(micros - 1, zone)
            return before.day == here.day ? "24:00" : "\(before.day) 24:00"
        }
        return moment.day.description + " " + moment.clock
    }

    /// Returns the clock of an instant with its day in front unless that is today.
    public func stamp(_ micros: Int64, zone: String) -> String {
        let moment = local(micros, zone)
        return moment.day.description + " " + moment.fullClock
    }

    /// Returns the local time and the offset of an RFC 3339 text: `2019-01-31 Thu 09:00:00 +08:00`;
    /// any other text as it is.
    func local(_ text: String) -> String {
        let offset = text.suffix(6)
        let bare = String(text.dropLast(6))
        guard let local = CivilDateTime(bare) else { return Escape.line(text) }
        return "\(local.date) \(weekday(local.date)) \(local.time) \(offset)"
    }

    /// Returns the time of an RFC 3339 text in UTC: `2019-01-31 01:00:00Z`; any other text as it is.
    func universal(_ text: String) -> String {
        guard text.hasSuffix("Z"), let time = CivilDateTime(String(text.dropLast())) else {
            return Escape.line(text)
        }
        return "\(time)Z"
    }

    /// Returns how far an instant is away: `in 2h 5min`, `5s ago`, in Chinese 2小时5分后, 5秒前.
    public func distance(_ micros: Int64) -> String {
        let left = micros - nowMicros
        return left >= 0
            ? pick("in " + span(left), span(left) + "后")
            : pick(span(-left) + " ago", span(-left) + "前")
    }

    /// Returns a span of time in its two largest units.
    public func span(_ micros: Int64) -> String {
        let seconds = max(0, micros) / 1_000_000
        let parts: [(Int64, String, String)] = [
            (seconds / 86_400, "d", "天"), (seconds / 3_600 % 24, "h", "小时"),
            (seconds / 60 % 60, "min", "分"), (seconds % 60, "s", "秒"),
        ]
        let first = parts.firstIndex { $0.0 > 0 } ?? 3
        let shown = parts[first...].prefix(2).filter { $0.0 > 0 }
        if shown.isEmpty {
            return pick("0s", "0秒")
        }
        return shown.map { "\($0.0)" + pick($0.1, $0.2) }.joined(separator: pick(" ", ""))
    }

    /// Returns the weekday of a day.
    func weekday(_ day: CivilDate) -> String {
        let name = Self.weekdays[day.weekday.rawValue - 1]
        return pick(name.0, name.1)
    }

    /// Returns a weekday of three letters in the reader's language; any other text as it is.
    public func weekday(_ name: String) -> String {
        let found = Self.weekdays.first { $0.0 == name }
        return found.map { pick($0.0, $0.1) } ?? Escape.line(name)
    }

    /// Returns the local moment of an instant in a zone by name.
    func local(_ micros: Int64, _ zone: String) -> LocalMoment {
        LocalMoment(micros: micros, zone: zones[zone] ?? .utc)
    }

    private func text(_ moment: LocalMoment, zone: String, clock: String? = nil) -> String {
        let label = zones[zone] == nil && zone != "UTC" ? " UTC" : ""
        let time = clock ?? moment.clock
        return moment.day.description + " " + weekday(moment.day) + " " + time + label
    }
}
