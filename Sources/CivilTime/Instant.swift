/// A point on the UTC time line, in whole microseconds.
///
/// Instants lie within ±(2^53 − 1) µs (years 1684 to 2255), so that every JSON reader keeps them
/// exactly. Arithmetic stops at the ends and never traps.
public struct Instant: Comparable, Hashable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z, without leap seconds.
    public let microseconds: Int64

    private static let limit: Int64 = 9_007_199_254_740_991

    /// The last instant.
    public static let distantFuture = Instant(microseconds: limit)
    /// The first instant.
    public static let distantPast = Instant(microseconds: -limit)

    /// Creates an instant; a value beyond the ends becomes the nearest end.
    ///
    /// - Parameter microseconds: Microseconds since 1970-01-01T00:00:00Z.
    public init(microseconds: Int64) {
        self.microseconds = min(max(microseconds, -Instant.limit), Instant.limit)
    }

    /// Creates an instant; a value beyond the ends becomes the nearest end.
    ///
    /// - Parameter seconds: Seconds since 1970-01-01T00:00:00Z.
    public init(seconds: Int64) {
        self.init(microseconds: Span.seconds(seconds).microseconds)
    }

    /// Orders by time.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    /// Returns the instant a span later.
    public static func + (instant: Instant, span: Span) -> Instant {
        let (sum, overflow) = instant.microseconds.addingReportingOverflow(span.microseconds)
        guard overflow else { return Instant(microseconds: sum) }
        return span.microseconds < 0 ? distantPast : distantFuture
    }

    /// Returns the instant a span earlier.
    public static func - (instant: Instant, span: Span) -> Instant {
        let (difference, overflow) = instant.microseconds.subtractingReportingOverflow(
            span.microseconds
        )
        guard overflow else { return Instant(microseconds: difference) }
        return span.microseconds < 0 ? distantFuture : distantPast
    }

    /// Returns the span from the right instant to the left one.
    public static func - (left: Instant, right: Instant) -> Span {
        // Both lie within 2^53, so the difference cannot overflow.
        Span(microseconds: left.microseconds - right.microseconds)
    }

    /// The instant in UTC, `2020-10-10T16:00:00Z`, with a fraction only if there is one.
    public var rfc3339: String {
        let local = CivilDateTime(reading: microseconds)
        return "\(local.date)T\(local.time)Z"
    }

    /// Seconds since 1970, rounded towards the past.
    var wholeSeconds: Int64 { floorDivide(microseconds, by: 1_000_000) }
}

extension Instant: Codable {
    /// Reads the microseconds as one integer.
    ///
    /// - Throws: `DecodingError` if there is no integer, or one beyond the ends.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let value = try container.decode(Int64.self)
        guard value.magnitude <= Instant.limit.magnitude else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "an instant is within ±(2^53 - 1) µs, not \(value)"
            )
        }
        self.init(microseconds: value)
    }

    /// Writes the microseconds as one integer.
    ///
    /// - Throws: Whatever the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }
}

extension Instant: CustomStringConvertible {
    /// The instant in UTC as of RFC 3339.
    public var description: String { rfc3339 }
}
