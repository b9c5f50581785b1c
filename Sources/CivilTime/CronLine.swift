/// The schedule of a line of a crontab in Debian's dialect, turned into a calendar expression.
///
/// It is five fields (minute, hour, day of month, month, weekday) or a word such as `@daily`. Besides
/// what cron takes, `L` (last day) and `LW` (last day from Monday to Friday) name days of the month,
/// `5#3` (third Friday) and `5L` (last Friday) name weekdays.
public struct CronLine: Hashable, Sendable {
    /// The alternatives of the expression, none of them empty.
    private let alternatives: [String]
    /// What cron makes of clock changes where the expression alone would be read another way.
    private let clock: String?

    /// The calendar expression that means the same, in normal form and without a zone.
    public var expression: String { expression(zone: nil) }

    /// Returns the calendar expression that means the same.
    ///
    /// - Parameter zone: The zone that a CRON_TZ line names, nil for none.
    /// - Returns: The expression in normal form.
    public func expression(zone: String?) -> String {
        let words = [alternatives.joined(separator: " | "), zone, clock].compactMap { $0 }
        return words.joined(separator: " ")
    }

    /// Reads the schedule of a crontab line, without user and command.
    ///
    /// - Parameter text: The five fields, or the word that begins with `@`.
    /// - Throws: ``CalendarExpressionError`` with message and column, also for `@reboot`, and for days
    ///   that no month has.
    public init(_ text: String) throws(CalendarExpressionError) {
        var parser = CronParser(text)
        self = try parser.parse()
    }

    init(_ fields: CronFields) throws(CalendarExpressionError) {
        // Debian's cron(8): a job whose hour or minute begins with `*` runs straight through clock
        // changes, any other is moved or run once. Our own rule looks at the values (time.md, 4.1).
        let isElapsed = fields.hour.beginsWithStar || fields.minute.beginsWithStar
        let minute = isElapsed ? fields.minute.text(width: 2) : fields.minute.listText
        let time = "\(fields.hour.text(width: 2)):\(minute):00"
        let month = fields.month.text(width: 2)
        alternatives = try fields.days().map { "\($0.text(month: month)) \(time)" }
        let looksElapsed = minute == "*" || minute.contains("/") || fields.hour.isAll
        clock = isElapsed == looksElapsed ? nil : isElapsed ? "clock=elapsed" : "clock=fixed"
    }

    /// What the words mean in fields; crontab(5).
    static let shorthands: [String: String] = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *",
        "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *",
        "@annually": "0 0 1 1 *",
    ]
}
