/// The slots of an expression after an instant, one after the other.
///
/// It keeps the day and the stretch of one offset between steps, which makes it much faster than
/// asking for each next slot anew.
public struct SlotSequence: Sequence, IteratorProtocol {
    private var stream: SlotStream?

    init(_ expression: CalendarExpression, after instant: Instant, in keeper: Timekeeper) {
        stream = SlotStream(
            expression,
            after: instant,
            through: .distantFuture,
            in: keeper,
            wantsSkipped: false
        )
    }

    /// Returns the next slot that elapses, nil if there is none before 2200.
    public mutating func next() -> Slot? {
        while let group = stream?.next() {
            if let slot = group.slot?.slot { return slot }
        }
        return nil
    }
}
