/// How long somebody has: an exact span, calendar days, working days, or working time.
///
/// It reads `15s`, `90min`, `4h`, `10d`, `2w`, `2wd`, `4wh`, `90wmin` and the ISO 8601 forms `PT1H30M`, `P10D`,
/// `P2W`. Zero and negative terms are refused.
public enum Term: Hashable, Sendable {
    /// A span on the UTC line.
    case elapsed(Span)
    /// Calendar days, each to the end of the local day.
    case days(Int)
    /// Working days, each to the end of the local day.
    case workdays(Int)
    /// Time during which the hours of the work calendar are open, in whole minutes.
    case workTime(Span)
}

extension Term: CustomStringConvertible, LosslessStringConvertible {
    /// Reads a term, nil if the text is none or the term is not positive.
    ///
    /// - Parameter text: The whole text.
    public init?(_ text: String) {
        var cursor = TextCursor(text)
        let term = cursor.take("P") ? Term(iso: &cursor) : Term(short: &cursor)
        guard let term, cursor.isAtEnd else { return nil }
        self = term
    }

    private static let units: [(name: String, microseconds: Int64)] = [
        ("h", 3_600_000_000), ("min", 60_000_000), ("s", 1_000_000), ("ms", 1_000), ("us", 1),
    ]

    private static let digits = 1...9

    private init?(short cursor: inout TextCursor) {
        guard let count = cursor.number(digits: Term.digits), count > 0 else { return nil }
        let name = String(decoding: cursor.bytes[cursor.position...], as: UTF8.self)
        cursor.position = cursor.bytes.count
        switch name {
        case "d": self = .days(count)
        case "w": self = .days(7 * count)
        case "wd": self = .workdays(count)
        case "wh": self = .workTime(.hours(Int64(count)))
        case "wmin": self = .workTime(.minutes(Int64(count)))
        default:
            guard let unit = Term.units.first(where: { $0.name == name }) else { return nil }
            self = .elapsed(Span(microseconds: unit.microseconds * Int64(count)))
        }
    }

    /// Reads what follows the `P`: days or weeks, or a time; a mix has no single meaning here.
    private init?(iso cursor: inout TextCursor) {
        if cursor.take("T") {
            self.init(isoTime: &cursor)
            return
        }
        guard let count = cursor.number(digits: Term.digits), count > 0 else { return nil }
        if cursor.take("D") {
            self = .days(count)
        } else if cursor.take("W") {
            self = .days(7 * count)
        } else {
            return nil
        }
    }

    private init?(isoTime cursor: inout TextCursor) {
        var total: Int64 = 0
        var remaining: [(Unicode.Scalar, Int64)] = [
            ("H", 3_600_000_000), ("M", 60_000_000), ("S", 1_000_000),
        ]
        while let count = cursor.number(digits: Term.digits) {
            while let (letter, unit) = remaining.first {
                remaining.removeFirst()
                if cursor.take(letter) {
                    total += unit * Int64(count)
                    break
                }
                guard !remaining.isEmpty else { return nil }
            }
            if remaining.isEmpty { break }
        }
        guard total > 0 else { return nil }
        self = .elapsed(Span(microseconds: total))
    }

    /// The short text, in the largest unit that needs no fraction: `90min`, `4h`, `2wd`, `4wh`.
    public var description: String {
        switch self {
        case .days(let count):
            return "\(count)d"
        case .workdays(let count):
            return "\(count)wd"
        case .workTime(let span):
            let minutes = span.microseconds / 60_000_000
            return minutes % 60 == 0 ? "\(minutes / 60)wh" : "\(minutes)wmin"
        case .elapsed(let span):
            for (name, unit) in Term.units where span.microseconds % unit == 0 {
                return "\(span.microseconds / unit)\(name)"
            }
            return "\(span.microseconds)us"
        }
    }
}

extension Term: Codable {
    /// Reads the text of a term.
    ///
    /// - Throws: `DecodingError` if the text is no term.
    public init(from decoder: any Decoder) throws {
        self = try decodeText(from: decoder, what: "a term such as 4h or 2wd", Term.init(_:))
    }

    /// Writes the canonical short text.
    ///
    /// - Throws: Whatever the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        try encodeText(description, to: encoder)
    }
}
