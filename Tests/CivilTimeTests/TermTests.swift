import CivilTime
import Foundation
import Testing

@Suite struct TermTests {
    @Test(arguments: [
        ("15s", Term.elapsed(.seconds(15)), "15s"),
        ("4h", .elapsed(.hours(4)), "4h"),
        ("90min", .elapsed(.minutes(90)), "90min"),
        ("120min", .elapsed(.hours(2)), "2h"),
        ("1500ms", .elapsed(Span(microseconds: 1_500_000)), "1500ms"),
        ("10us", .elapsed(Span(microseconds: 10)), "10us"),
        ("10d", .days(10), "10d"),
        ("2w", .days(14), "14d"),
        ("2wd", .workdays(2), "2wd"),
        ("4wh", .workTime(.hours(4)), "4wh"),
        ("90wmin", .workTime(.minutes(90)), "90wmin"),
        ("120wmin", .workTime(.hours(2)), "2wh"),
        ("PT90M", .elapsed(.minutes(90)), "90min"),
        ("PT1H30M5S", .elapsed(.seconds(5_405)), "5405s"),
        ("PT36H", .elapsed(.hours(36)), "36h"),
        ("P10D", .days(10), "10d"),
        ("P2W", .days(14), "14d"),
    ])
    func `terms read and print`(text: String, term: Term, printed: String) throws {
        let read = try #require(Term(text))
        #expect(read == term)
        #expect(read.description == printed)
        #expect(Term(printed) == term)
        let data = try JSONEncoder().encode([term])
        #expect(try JSONDecoder().decode([Term].self, from: data) == [term])
    }

    @Test(arguments: [
        "", "0s", "0wd", "-1d", "+1d", "1", "s", "1.5h", "4 h", "4H", "2WD", "1m", "1y", "PT0S",
        "P",
        "PT", "P0D", "P1M", "P1Y", "P1DT1H", "0wh", "4WH", "4ws", "1.5wh", "PT1M1H", "PT5", "P1D ",
        "pt1h", "9999999999d",
    ])
    func `texts that are no term`(text: String) {
        #expect(Term(text) == nil)
    }
}
