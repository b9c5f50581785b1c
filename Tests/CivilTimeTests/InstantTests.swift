import CivilTime
import Foundation
import Testing

@Suite struct InstantTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"),
        (1_602_345_600_000_000, "2020-10-10T16:00:00Z"),
        (1_602_345_600_500_000, "2020-10-10T16:00:00.5Z"),
        (1_602_345_600_000_001, "2020-10-10T16:00:00.000001Z"),
        (-1, "1969-12-31T23:59:59.999999Z"),
        (9_007_199_254_740_991, "2255-06-05T23:47:34.740991Z"),
        (-9_007_199_254_740_991, "1684-07-28T00:12:25.259009Z"),
    ])
    func `instants print in UTC`(microseconds: Int64, text: String) {
        #expect(Instant(microseconds: microseconds).rfc3339 == text)
    }

    @Test func `arithmetic stops at the ends`() {
        let longest = Span(microseconds: .max)
        let deepest = Span(microseconds: .min)
        let now = Instant(seconds: 1_000)
        #expect(now + longest == .distantFuture)
        #expect(now + deepest == .distantPast)
        #expect(now - longest == .distantPast)
        #expect(now - deepest == .distantFuture)
        #expect(Instant(seconds: .max) == .distantFuture)
        #expect(Instant(seconds: .min) == .distantPast)
        #expect(Instant.distantFuture - Instant.distantPast > .days(200_000))
        #expect(now + .hours(1) - now == .minutes(60))
    }

    @Test func `an instant is one integer in JSON`() throws {
        let data = try JSONEncoder().encode([Instant(seconds: 2), Instant(microseconds: -7)])
        #expect(String(decoding: data, as: UTF8.self) == "[2000000,-7]")
        let back = try JSONDecoder().decode([Instant].self, from: data)
        #expect(back == [Instant(seconds: 2), Instant(microseconds: -7)])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Instant].self, from: Data("[9007199254740992]".utf8))
        }
    }

    @Test(arguments: [
        (Span.zero, "0s"),
        (.seconds(15), "15s"),
        (.minutes(90), "1h 30min"),
        (.hours(-3), "-3h"),
        (.days(2), "2d"),
        (Span(microseconds: 1_500_000), "1.5s"),
        (Span(microseconds: 60_000_001), "1min 0.000001s"),
        (Span(microseconds: .min), "-106751991d 4h 54.775808s"),
    ])
    func `spans print in their units`(span: Span, text: String) {
        #expect(span.description == text)
    }

    @Test func `a span too long for 64 bits is the longest`() {
        #expect(Span.days(.max).microseconds == .max)
        #expect(Span.hours(.min).microseconds == -.max)
    }
}
