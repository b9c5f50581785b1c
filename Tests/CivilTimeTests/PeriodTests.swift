import CivilTime
import Testing

@Suite struct PeriodTests {
    @Test(arguments: [
        (PeriodKind.dekad, "2020-10-10", "2020-D28", "2020-10-01", "2020-10-10"),
        (.dekad, "2020-10-11", "2020-D29", "2020-10-11", "2020-10-20"),
        (.dekad, "2020-02-29", "2020-D06", "2020-02-21", "2020-02-29"),
        (.dekad, "2019-12-31", "2019-D36", "2019-12-21", "2019-12-31"),
        (.month, "2020-09-15", "2020-09", "2020-09-01", "2020-09-30"),
        (.quarter, "2020-09-15", "2020-Q3", "2020-07-01", "2020-09-30"),
        (.quarter, "2020-11-30", "2020-Q4", "2020-10-01", "2020-12-31"),
        (.half, "2020-06-30", "2020-H1", "2020-01-01", "2020-06-30"),
        (.half, "2020-07-01", "2020-H2", "2020-07-01", "2020-12-31"),
        (.year, "2020-09-15", "2020", "2020-01-01", "2020-12-31"),
    ])
    func `a day lies in its period`(
        kind: PeriodKind,
        day: String,
        id: String,
        first: String,
        last: String
    ) throws {
        let period = Period(kind: kind, containing: try date(day))
        #expect(period.id == id)
        #expect(period.firstDay == (try date(first)))
        #expect(period.lastDay == (try date(last)))
        #expect(Period(id) == period)
    }

    @Test(arguments: zip(PeriodKind.allCases, [36, 12, 4, 2, 1]))
    func `periods tile a year`(kind: PeriodKind, count: Int) throws {
        var period = Period(kind: kind, containing: try date("2020-01-01"))
        var ids: [String] = []
        while period.year == 2020 {
            ids.append(period.id)
            #expect(period.next.firstDay == period.lastDay.adding(days: 1))
            #expect(period.next.previous == period)
            #expect(period < period.next)
            #expect(Period(period.id) == period)
            period = period.next
        }
        #expect(ids.count == count)
        #expect(Set(ids).count == count)
    }

    @Test(arguments: [
        "2020-D00", "2020-D37", "2020-13", "2020-00", "2020-Q0", "2020-Q5", "2020-Q03", "2020-H0",
        "2020-H3", "2020-H01", "2020-D1",
        "0000", "20", "2020-", "2020-W01", "2020-09-01", " 2020",
    ])
    func `texts that name no period`(id: String) {
        #expect(Period(id) == nil)
    }

    @Test func `a period sorts before the longer one that ends with it`() throws {
        let texts = ["2020", "2020-12", "2020-H2", "2020-D36", "2020-Q4", "2020-D35"]
        let sorted = try texts.map { try #require(Period($0)) }.sorted().map(\.id)
        #expect(sorted == ["2020-D35", "2020-D36", "2020-12", "2020-Q4", "2020-H2", "2020"])
    }
}
