/// A length of time on the UTC line, in whole microseconds; it may be negative.
public struct Span: Comparable, Hashable, Sendable {
    /// The length.
    public let microseconds: Int64

    /// No time at all.
    public static let zero = Span(microseconds: 0)

    /// Creates a span.
    ///
    /// - Parameter microseconds: Its length.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Returns a span of seconds; a length beyond 64 bits becomes the longest one.
    public static func seconds(_ count: Int64) -> Span { multiple(of: 1_000_000, count) }

    /// Returns a span of minutes; a length beyond 64 bits becomes the longest one.
    public static func minutes(_ count: Int64) -> Span { multiple(of: 60_000_000, count) }

    /// Returns a span of hours; a length beyond 64 bits becomes the longest one.
    public static func hours(_ count: Int64) -> Span { multiple(of: 3_600_000_000, count) }

    /// Returns a span of days of 24 hours; a length beyond 64 bits becomes the longest one.
    public static func days(_ count: Int64) -> Span { multiple(of: 86_400_000_000, count) }

    private static func multiple(of unit: Int64, _ count: Int64) -> Span {
        let (product, overflow) = unit.multipliedReportingOverflow(by: count)
        guard overflow else { return Span(microseconds: product) }
        return Span(microseconds: count < 0 ? -Int64.max : Int64.max)
    }

    /// Orders by length.
    public static func < (left: Span, right: Span) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension Span: Codable {
    /// Reads the microseconds as one integer.
    ///
    /// - Throws: `DecodingError` if there is no integer.
    public init(from decoder: any Decoder) throws {
        self.init(microseconds: try decoder.singleValueContainer().decode(Int64.self))
    }

    /// Writes the microseconds as one integer.
    ///
    /// - Throws: Whatever the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }
}

extension Span: CustomStringConvertible {
    /// The length in days, hours, minutes and seconds, `1h 30min`; nothing is rounded.
    public var description: String {
        var rest = microseconds.magnitude
        var parts: [String] = []
        for (name, unit) in Span.units {
            let count = rest / unit
            rest %= unit
            if count > 0 {
                parts.append("\(count)\(name)")
            }
        }
        let fraction = fractionText(microseconds: Int(rest % 1_000_000))
        let seconds = rest / 1_000_000
        if seconds > 0 || !fraction.isEmpty || parts.isEmpty {
            parts.append("\(seconds)\(fraction)s")
        }
        return (microseconds < 0 ? "-" : "") + parts.joined(separator: " ")
    }

    private static let units: [(String, UInt64)] = [
        ("d", 86_400_000_000), ("h", 3_600_000_000), ("min", 60_000_000),
    ]
}
