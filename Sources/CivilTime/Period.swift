/// A dekad, month, quarter, half or whole year, `2020-D28`, `2020-09`, `2020-Q3`, `2020-H2` or `2020`.
public struct Period: Hashable, Sendable {
    /// Its length.
    public let kind: PeriodKind
    /// The year in which it lies.
    public let year: Int
    /// Its number in the year, from 1.
    public let index: Int

    /// Creates a period, nil if the year or the number in it does not exist.
    public init?(kind: PeriodKind, year: Int, index: Int) {
        guard (1...9999).contains(year), (1...kind.countPerYear).contains(index) else { return nil }
        self.init(valid: kind, year, index)
    }

    /// Creates the period in which a day lies.
    public init(kind: PeriodKind, containing date: CivilDate) {
        let index =
            switch kind {
            case .dekad: (date.month - 1) * 3 + min((date.day - 1) / 10, 2) + 1
            case .month: date.month
            case .quarter: (date.month - 1) / 3 + 1
            case .half: (date.month - 1) / 6 + 1
            case .year: 1
            }
        self.init(valid: kind, date.year, index)
    }

    private init(valid kind: PeriodKind, _ year: Int, _ index: Int) {
        self.kind = kind
        self.year = year
        self.index = index
    }

    /// The first day.
    public var firstDay: CivilDate {
        switch kind {
        case .dekad: CivilDate(valid: year, (index - 1) / 3 + 1, (index - 1) % 3 * 10 + 1)
        case .month: CivilDate(valid: year, index, 1)
        case .quarter: CivilDate(valid: year, index * 3 - 2, 1)
        case .half: CivilDate(valid: year, index * 6 - 5, 1)
        case .year: CivilDate(valid: year, 1, 1)
        }
    }

    /// The last day, whose end is the cut-off.
    public var lastDay: CivilDate {
        let first = firstDay
        return switch kind {
        case .dekad: first.day == 21 ? first.lastOfMonth : first.adding(days: 9)
        case .month: first.lastOfMonth
        case .quarter: first.adding(months: 2).lastOfMonth
        case .half: first.adding(months: 5).lastOfMonth
        case .year: CivilDate(valid: year, 12, 31)
        }
    }

    /// The period after it; the last of the year 9999 is its own.
    public var next: Period { Period(kind: kind, containing: lastDay.adding(days: 1)) }

    /// The period before it; the first of the year 1 is its own.
    public var previous: Period { Period(kind: kind, containing: firstDay.adding(days: -1)) }

    /// The identifier, `2020-D28`.
    public var id: String {
        let year = year.padded(to: 4)
        return switch kind {
        case .dekad: "\(year)-D\(index.padded(to: 2))"
        case .month: "\(year)-\(index.padded(to: 2))"
        case .quarter: "\(year)-Q\(index)"
        case .half: "\(year)-H\(index)"
        case .year: year
        }
    }
}

extension Period: Comparable {
    /// Orders by the last day; of two that end together the shorter comes first.
    public static func < (left: Period, right: Period) -> Bool {
        let (leftEnd, rightEnd) = (left.lastDay, right.lastDay)
        guard leftEnd == rightEnd else { return leftEnd < rightEnd }
        return left.kind.countPerYear > right.kind.countPerYear
    }
}

extension Period: CustomStringConvertible, LosslessStringConvertible {
    /// Reads an identifier, nil if it names no period.
    ///
    /// - Parameter id: The identifier, `2020-D28`, `2020-09`, `2020-Q3`, `2020-H2` or `2020`.
    public init?(_ id: String) {
        var cursor = TextCursor(id)
        guard let year = cursor.number(digits: 4...4) else { return nil }
        var kind = PeriodKind.year
        var index = 1
        if cursor.take("-") {
            kind =
                cursor.take("D")
                ? .dekad : cursor.take("Q") ? .quarter : cursor.take("H") ? .half : .month
            let width = kind == .quarter || kind == .half ? 1 : 2
            guard let number = cursor.number(digits: width...width) else { return nil }
            index = number
        }
        guard cursor.isAtEnd else { return nil }
        self.init(kind: kind, year: year, index: index)
    }

    /// The identifier.
    public var description: String { id }
}

extension Period: Codable {
    /// Reads the identifier.
    ///
    /// - Throws: `DecodingError` if the text names no period.
    public init(from decoder: any Decoder) throws {
        self = try decodeText(from: decoder, what: "a period such as 2020-D28", Period.init(_:))
    }

    /// Writes the identifier.
    ///
    /// - Throws: Whatever the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        try encodeText(id, to: encoder)
    }
}
