/// A rule that says when something falls due, written as systemd's `OnCalendar=` is and with the
/// clauses that systemd lacks: `Mon..Fri 09:00`, `*-*-10,20,~01 18:00`, `-3wd of month cut-off`.
///
/// It is read once into bit masks and then only a reference, so copies cost nothing. Expressions are
/// equal if their normal forms are.
public struct CalendarExpression: Sendable {
    let rule: CalendarRule

    /// Reads an expression.
    ///
    /// - Parameter text: Alternatives with `|` between them, then clauses; see duban.time(7).
    /// - Throws: ``CalendarExpressionError`` with message and column, also for a rule that could
    ///   never elapse.
    public init(_ text: String) throws(CalendarExpressionError) {
        var parser = CalendarParser(text)
        rule = try parser.parse()
    }

    init(rule: CalendarRule) {
        self.rule = rule
    }
}

extension CalendarExpression: Hashable {
    /// Whether the normal forms are the same.
    public static func == (left: CalendarExpression, right: CalendarExpression) -> Bool {
        left.rule === right.rule || left.rule.text == right.rule.text
    }

    /// Feeds the normal form.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(rule.text)
    }
}

extension CalendarExpression: CustomStringConvertible {
    /// The normal form; read again it gives the same expression.
    public var description: String { rule.text }
}

extension CalendarExpression {
    /// The zone that the expression names, nil if it leaves it to the schedule.
    public var zoneName: String? { rule.zoneName }

    /// The work calendars that its `except` rules name, sorted.
    public var calendarNames: [String] {
        let names = rule.exceptions.compactMap { exception -> String? in
            if case .calendar(let id) = exception { return id }
            return nil
        }
        return Set(names).sorted()
    }
}
