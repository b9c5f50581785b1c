/// What an alternative has on one local date: which nominal dates come to lie there.
struct SlotPlan {
    /// A nominal date.
    struct Anchor {
        /// The date that names the slot, in days since 1970-01-01.
        let nominalDay: Int
        /// The date that the rule names; the day before for the exclusive end of a day.
        let sourceDay: Int
        /// What names the slot instead of the date, `2020-10 wd3`.
        var name: String?
        /// Why its slots do not elapse, whatever their time.
        var cause: SkipCause?
        var isProvisional = false
    }

    /// The date on which the slots lie.
    let day: Int
    let anchors: [Anchor]
}
