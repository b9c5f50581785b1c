import CivilTime
import Testing

/// Layers, revisions, half days and make-up days of work calendars.
@Suite struct WorkCalendarLayerTests {
    /// A layer of some days, written `2020-05-01 off`.
    private func layer(
        _ level: String,
        from: String? = nil,
        through: String? = nil,
        published: String? = nil,
        isRevision: Bool = false,
        _ days: [(String, WorkCalendar.Day)] = []
    ) throws -> WorkCalendarLayer {
        WorkCalendarLayer(
            level: level,
            validFrom: try from.map(date),
            validThrough: try through.map(date),
            published: try published.map(date),
            isRevision: isRevision,
            days: Dictionary(uniqueKeysWithValues: try days.map { (try date($0.0), $0.1) })
        )
    }

    private func calendar(
        _ layers: [WorkCalendarLayer],
        week: WorkWeek = .mondayToFriday
    ) -> WorkCalendar {
        WorkCalendar(id: "test", version: "1", week: week, layers: layers)
    }

    @Test func `later layers win, and revisions win over all`() throws {
        let revision = try layer(
            "national",
            published: "2020-03-01",
            isRevision: true,
            [("2020-05-03", .init(.work))]
        )
        let calendar = calendar([
            try layer(
                "national",
                [
                    ("2020-05-01", .init(.off)), ("2020-05-02", .init(.work)),
                    ("2020-05-03", .init(.off)),
                ]
            ),
            revision,
            try layer("regional", [("2020-05-01", .init(.half)), ("2020-05-04", .init(.off))]),
            try layer("unit", [("2020-05-03", .init(.off)), ("2020-05-04", .init(.work))]),
        ])
        let kinds = try (1...5).map { calendar.kind(of: try date("2020-05-0\($0)")) }
        #expect(kinds == [.half, .work, .work, .work, .work])
        #expect(calendar.layers.last == revision)
        #expect(calendar.exceptions[try date("2020-05-03")] == .work)
    }

    @Test func `revisions count in the order of publication`() throws {
        let day = "2020-05-01"
        let calendar = calendar([
            try layer("a", published: "2020-03-01", isRevision: true, [(day, .init(.half))]),
            try layer("a", published: "2020-02-01", isRevision: true, [(day, .init(.off))]),
            try layer("a", isRevision: true, [(day, .init(.work))]),
        ])
        #expect(calendar.kind(of: try date(day)) == .half)
        let known = calendar.asKnown(on: try date("2020-02-15"))
        #expect(known.kind(of: try date(day)) == .off)
        #expect(known.version == "1 as of 2020-02-15")
        #expect(calendar.asKnown(on: try date("2020-01-01")).kind(of: try date(day)) == .work)
        #expect(calendar.asKnown(on: try date("2020-03-01")) == calendar)
    }

    @Test func `what no notice has announced yet is provisional`() throws {
        let calendar = calendar([
            try layer("cn", from: "2019-01-01", through: "2019-12-31", published: "2018-12-06"),
            try layer("cn", from: "2020-01-01", through: "2020-12-31", published: "2019-11-21"),
            try layer("unit", from: "2019-06-01", through: "2020-06-30"),
        ])
        let cases = [
            ("2019-05-31", true), ("2019-06-01", false), ("2019-12-31", false),
            ("2020-01-01", false), ("2020-06-30", false), ("2020-07-01", true),
        ]
        for (day, isProvisional) in cases {
            #expect(calendar.isProvisional(try date(day)) == isProvisional, "\(day)")
        }
        #expect(calendar.validFrom == (try date("2019-06-01")))
        #expect(calendar.validThrough == (try date("2020-06-30")))
        let early = calendar.asKnown(on: try date("2019-11-20"))
        #expect(early.validThrough == (try date("2019-12-31")))
        #expect(early.isProvisional(try date("2020-01-01")))
        let before = calendar.asKnown(on: try date("2018-01-01"))
        #expect(before.isProvisional(try date("2019-07-01")))
        #expect(before.validThrough == nil)
    }

    @Test func `a year without a notice between two others is provisional`() throws {
        let calendar = calendar([
            try layer("a", from: "2019-01-01", through: "2019-12-31"),
            try layer("a", from: "2021-01-01", through: "2021-12-31"),
        ])
        #expect(!calendar.isProvisional(try date("2019-12-31")))
        #expect(calendar.isProvisional(try date("2020-06-01")))
        #expect(!calendar.isProvisional(try date("2021-01-01")))
        #expect(calendar.validThrough == (try date("2021-12-31")))
    }

    @Test func `a make-up day is worked as the weekday that its notice names`() throws {
        let calendar = calendar([
            try layer(
                "a",
                [("2026-02-14", .init(.work, as: .friday)), ("2026-02-28", .init(.work))]
            )
        ])
        #expect(calendar.effectiveWeekday(of: try date("2026-02-14")) == .friday)
        #expect(calendar.effectiveWeekday(of: try date("2026-02-28")) == .saturday)
        #expect(calendar.effectiveWeekday(of: try date("2026-02-16")) == .monday)
    }

    @Test func `a half day counts as a working day`() throws {
        let week = try #require(
            WorkWeek(work: [.monday, .tuesday, .wednesday, .thursday, .friday], half: [.saturday])
        )
        let calendar = calendar([try layer("a", [("2026-12-24", .init(.half))])], week: week)
        #expect(calendar.kind(of: try date("2026-12-24")) == .half)
        #expect(calendar.kind(of: try date("2026-12-26")) == .half)
        #expect(calendar.kind(of: try date("2026-12-27")) == .off)
        #expect(calendar.workweek.count == 6)
        let first = try date("2026-12-21")
        #expect(calendar.workdays(from: first, through: try date("2026-12-27")) == 6)
        #expect(calendar.adding(workdays: 3, to: first) == (try date("2026-12-24")))
        #expect(calendar.roll(try date("2026-12-27"), .before) == (try date("2026-12-26")))
        #expect(WorkWeek(work: []) == nil)
    }

    // MARK: - Speed without a loss

    /// A calendar with random days, far from and near to each other.
    private func randomCalendar(_ generator: inout SeededGenerator) throws -> WorkCalendar {
        let weekdays = Weekday.allCases.filter { _ in Bool.random(using: &generator) }
        let week = try #require(WorkWeek(work: Set(weekdays).union([.tuesday])))
        let base = try date("2019-06-01").dayNumber
        var days: [CivilDate: WorkCalendar.Day] = [:]
        for _ in 0..<Int.random(in: 0...120, using: &generator) {
            let number = base + Int.random(in: 0...400, using: &generator)
            let kind = WorkCalendar.DayKind.allCases.randomElement(using: &generator)
            days[CivilDate(dayNumber: number)] = WorkCalendar.Day(kind ?? .off)
        }
        let layer = WorkCalendarLayer(level: "a", validFrom: nil, validThrough: nil, days: days)
        return WorkCalendar(id: "a", version: "1", week: week, layers: [layer])
    }

    @Test func `counting by arithmetic gives what walking day by day gives`() throws {
        let seed = UInt64.random(in: 0...999_999)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<150 {
            let calendar = try randomCalendar(&generator)
            let offset = Int.random(in: 0...600, using: &generator)
            let start = try date("2019-03-01").adding(days: offset)
            let count = Int.random(in: -150...150, using: &generator)
            var (day, left) = (start, abs(count))
            while left > 0 {
                day = day.adding(days: count < 0 ? -1 : 1)
                left -= calendar.isWorkday(day) ? 1 : 0
            }
            #expect(calendar.adding(workdays: count, to: start) == day, "seed \(seed)")
            let end = start.adding(days: Int.random(in: 0...400, using: &generator))
            let walked = (start.dayNumber...end.dayNumber).count {
                calendar.isWorkday(CivilDate(dayNumber: $0))
            }
            #expect(calendar.workdays(from: start, through: end) == walked, "seed \(seed)")
        }
    }

    @Test func `a huge count is answered at once`() throws {
        let calendar = try China.calendar()
        let start = try date("2020-01-01")
        let (first, last) = (try date("0001-01-01"), try date("9999-12-31"))
        let spent = ContinuousClock().measure {
            for _ in 0..<100 {
                #expect(calendar.adding(workdays: 999_999_999, to: start) == last)
                #expect(calendar.adding(workdays: .min, to: start) == first)
                #expect(calendar.workdays(from: first, through: last) > 2_600_000)
                let far = calendar.adding(workdays: 2_000_000, to: start)
                #expect(calendar.workdays(from: start.adding(days: 1), through: far) == 2_000_000)
            }
        }
        // A walk of one such count takes longer than all of these together.
        #expect(spent < .seconds(10))
    }

    @Test func `the first days of the calendar of years count too`() throws {
        let calendar = WorkCalendar.mondayToFriday
        let first = try date("0001-01-01")  // a Monday
        #expect(calendar.workdays(from: first, through: try date("0001-01-07")) == 5)
        #expect(calendar.adding(workdays: 5, to: first) == (try date("0001-01-08")))
        #expect(calendar.adding(workdays: -1, to: try date("0001-01-02")) == first)
        #expect(calendar.adding(workdays: -3, to: try date("0001-01-02")) == first)
    }

    // MARK: - Backward schedules

    @Test func `half days fill a stage, and dates beyond the notices are told`() throws {
        let calendar = calendar([
            try layer(
                "a",
                from: "2026-01-01",
                through: "2026-12-31",
                [("2026-12-24", .init(.half)), ("2026-12-25", .init(.off))]
            )
        ])
        let windows = BackwardSchedule.windows(
            end: try date("2027-01-05"),
            stages: [("works", 3), ("test", 5)],
            buffer: 1,
            calendar: calendar
        )
        let text = windows.map { "\($0.name) \($0.start)..\($0.end)" }
        #expect(text == ["works 2026-12-23..2026-12-28", "test 2026-12-30..2027-01-05"])
        #expect(windows.map { calendar.isProvisional($0.end) } == [false, true])
    }
}
