extension CalendarExpression {
    /// Returns where a slot that was given earlier lies by the zone and calendar of today; nil if
    /// the expression has it no more, or if an exception takes it now.
    ///
    /// Cost: one look at the slot's date and the clock changes around it.
    public func instant(of id: SlotID, in keeper: Timekeeper) -> Instant? {
        guard let keeper = keeper.keeper(for: self),
            calendarNames.allSatisfy({ keeper.calendar(named: $0) != nil })
        else { return nil }
        for part in rule.parts {
            let days = SlotDays(rule: rule, part: part, keeper: keeper)
            if let name = SlotName(id.text, of: part), let found = days.instant(of: name) {
                return Instant(microseconds: found)
            }
        }
        return nil
    }
}

/// The text of an identity, taken apart.
private struct SlotName {
    /// `2020-10 wd3`, nil where the date itself is the name.
    var counted: String?
    /// The nominal time; with a counted name only its time of day says something.
    var time: Int64
    var day = 0
    var fold = 0

    /// Nil if the text cannot name a slot of this alternative.
    init?(_ text: String, of part: CalendarPart) {
        guard text.hasSuffix(part.suffix) else { return nil }
        var text = String(text.dropLast(part.suffix.count))
        if part.isInterval {
            guard text.hasSuffix("Z"), let local = CivilDateTime(String(text.dropLast())) else {
                return nil
            }
            (day, time) = (local.date.dayNumber, local.time.microsecondOfDay)
            return
        }
        if text.hasSuffix(" fold 1") {
            (text, fold) = (String(text.dropLast(7)), 1)
        }
        let words = text.split(separator: " ").map(String.init)
        guard let last = words.last, let clock = TimeOfDay(last) else { return nil }
        time = clock.microsecondOfDay
        if words.count == 3 {
            counted = "\(words[0]) \(words[1])"
            guard let first = CalendarPeriodSpan.firstDay(of: words[0]) else { return nil }
            day = first
        } else {
            guard words.count == 2, let date = CivilDate(words[0]) else { return nil }
            day = date.dayNumber
        }
    }
}

extension CalendarPeriodSpan {
    /// The first day of the period of an id, nil if it is none.
    fileprivate static func firstDay(of id: String) -> Int? {
        for kind in CalendarPeriod.Kind.allCases {
            guard let year = Int(id.prefix(4)), (1...9999).contains(year) else { return nil }
            var span = CalendarPeriodSpan(kind, containing: CivilDate(valid: year, 1, 1).dayNumber)
            while CivilDate(dayNumber: span.first).year == year {
                if span.id == id { return span.first }
                span = CalendarPeriodSpan(kind, containing: span.last + 1)
            }
        }
        return nil
    }
}

extension SlotDays {
    /// Where a named slot lies, in microseconds.
    fileprivate func instant(of name: SlotName) -> Int64? {
        guard let (anchor, target) = place(of: name) else { return nil }
        let start = Int64(target) * SlotCursor.day
        // No offset reaches 26 hours, so the slot lies within two days of its reading in UTC.
        var cursor = SlotCursor(
            self,
            after: start + name.time - SlotStretch.reach + part.instantShift,
            through: start + name.time + SlotStretch.reach + part.instantShift,
            wantsSkipped: true,
            joinsRuns: false
        )
        guard cursor.time(of: anchor, from: name.time) == name.time else { return nil }
        return cursor.instant(ofReading: start + name.time, anchor, fold: name.fold)
            .map { $0 + part.instantShift }
    }

    /// The date of the rule that a name means, and the date on which it lies.
    private func place(of name: SlotName) -> (SlotPlan.Anchor, Int)? {
        guard let counted = name.counted else {
            let source = name.day - part.dayBias
            guard let anchor = anchors(on: source).first(where: { $0.name == nil }) else {
                return nil
            }
            return anchor.cause == nil ? (anchor, image(of: source)) : nil
        }
        guard part.countsWorkdays else { return nil }
        var day = name.day
        while let (found, anchors) = nextAnchors(from: day), found <= name.day + 366 {
            if let anchor = anchors.first(where: { $0.name == counted }) {
                return anchor.cause == nil ? (anchor, image(of: found)) : nil
            }
            day = found + 1
        }
        return nil
    }

    private func anchors(on day: Int) -> [SlotPlan.Anchor] {
        guard let (found, anchors) = nextAnchors(from: day), found == day else { return [] }
        return anchors
    }
}
