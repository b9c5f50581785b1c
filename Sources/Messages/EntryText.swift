public import DubanAPI

/// One ledger entry as one sentence for people.
///
/// Times on the day of the entry show the clock only; the sentence leaves out when it was recorded,
/// which stands in front of it in `stamped`.
public enum EntryText {
    /// Returns the sentence.
    public static func line(_ entry: DutyAPI.Entry, _ rendering: Rendering) -> String {
        let facts = EntryFacts(entry: entry, rendering: rendering)
        return rendering.isChinese ? facts.chinese : facts.english
    }

    /// Returns the sentence after the number and the time of the entry.
    public static func stamped(_ entry: DutyAPI.Entry, _ rendering: Rendering) -> String {
        let time = rendering.stamp(entry.atMicros, zone: entry.zone)
        return "#\(entry.seq) " + time + " " + line(entry, rendering)
    }
}
