/// A nominal slot, or a run of them that do not elapse, as a search comes across it.
struct SlotEvent {
    /// When it is due, or would be, in microseconds.
    var instant: Int64
    /// The local time that names it, as a reading.
    var nominal: Int64
    /// The reading at which it lies after rolling and shifting.
    var target: Int64
    var fold = 0
    /// Why it does not elapse, nil if it does.
    var cause: SkipCause?
    var isProvisional = false
    /// What names it instead of the nominal date, and what is put behind.
    var name: String?
    var suffix = ""
    /// How many there are in a run, and its last one.
    var count = 1
    var lastInstant: Int64 = 0
    var lastNominal: Int64 = 0
    /// Whether it runs on the UTC line.
    var isInterval = false
    /// Whether clocks jump over it.
    var isInGap = false

    /// The slot, or the first of the run.
    var slot: Slot { slot(nominal, instant) }

    /// The last of the run.
    var lastSlot: Slot { count == 1 ? slot : slot(lastNominal, lastInstant) }

    private func slot(_ reading: Int64, _ instant: Int64) -> Slot {
        let nominal = CivilDateTime(reading: reading)
        return Slot(
            nominal,
            fold,
            Instant(microseconds: instant),
            isProvisional: isProvisional,
            name: identity(nominal)
        )
    }

    private func identity(_ nominal: CivilDateTime) -> String? {
        if isInterval { return Instant(microseconds: nominal.reading).rfc3339 + suffix }
        guard name != nil || !suffix.isEmpty else { return nil }
        let date = name ?? "\(nominal.date)"
        return "\(date) \(nominal.time)" + (fold == 0 ? "" : " fold \(fold)") + suffix
    }
}
