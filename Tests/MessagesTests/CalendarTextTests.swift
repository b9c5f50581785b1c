import CivilTime
import DubanAPI
import Messages
import Testing

/// The end of 2026-03-28 in Shanghai.
private let base = Fixture.at(23, 40)

private func elapse(
    _ hours: Int64,
    nominal: String,
    mark: String? = nil
) throws
    -> CalendarPreview.Elapse
{
    let instant = Instant(microseconds: Fixture.at(hours))
    return CalendarPreview.Elapse(
        micros: instant.microseconds,
        utc: instant.rfc3339,
        local: try Fixture.shanghai().rfc3339(instant),
        nominal: nominal,
        provisional: mark != nil,
        clockMark: mark
    )
}

private func answer() -> CalendarPreview.Expression {
    var answer = CalendarPreview.Expression(expression: "Mon 9:00", baseMicros: base)
    answer.normal = "Mon *-*-* 09:00:00"
    answer.zone = Fixture.zoneName
    answer.calendar = "cn"
    return answer
}

@Test func `a preview shows the form, the elapses in both times, and what is skipped`() throws {
    var answer = answer()
    answer.elapses = [
        try elapse(33, nominal: "2020-10-13 09:00:00"),
        try elapse(81, nominal: "2020-10-15 09:00:00", mark: "moved"),
    ]
    answer.skipped = [
        CalendarPreview.Skipped(
            cause: "excluded",
            first: "2020-10-14 09:00:00",
            last: "2020-10-14 10:00:00",
            count: 2,
            firstMicros: Fixture.at(57)
        )
    ]
    answer.notes = [
        CalendarPreview.Note(
            date: "2020-10-15",
            kind: "gap",
            micros: Fixture.at(81),
            utc: "2020-10-15T01:00:00Z",
            nominal: "2020-10-15 09:00:00",
            effect: "moved",
            to: "2020-10-15T09:00:00+08:00"
        )
    ]
    let rendering = try Fixture.rendering(.en, now: base)
    #expect(
        CalendarText.lines(answer, legend: true, rendering) == [
            " Expression: Mon 9:00",
            "Normal form: Mon *-*-* 09:00:00",
            "       Zone: Asia/Shanghai",
            "      After: 2020-10-12 Mon 23:40:00 +08:00",
            "",
            "LOCAL                          UTC                         LEFT NOTE",
            "2020-10-13 Tue 09:00:00 +08:00 2020-10-13 01:00:00Z in 9h 20min -",
            "2020-10-14 Wed 09:00:00        -                              - "
                + "skipped: excluded by the rule; 2 slots to 2020-10-14 Wed 10:00:00",
            "2020-10-15 Thu 09:00:00 +08:00 2020-10-15 01:00:00Z    in 2d 9h "
                + "clocks jump over it: moved, provisional",
            "",
            "CLOCKS CHANGE                  SLOT                    EFFECT",
            "2020-10-15 Thu 09:00:00 +08:00 2020-10-15 Thu 09:00:00 clocks jump over it: moved to "
                + "2020-10-15 Thu 09:00:00 +08:00",
        ]
    )
    let chinese = CalendarText.lines(answer, legend: true, try Fixture.rendering(.zh, now: base))
    expectAligned(chinese[6...8], columns: 2)
    let own = ["UTC", "Mon", Fixture.zoneName]
    expectChinese(chinese, apartFrom: own)
}

@Test(
    arguments: [
        (.past, "All elapses are past.", "全部时点均已过去。"), (.never, "No elapse.", "没有任何时点。"),
        (.last, "Nothing elapses after that.", "此后不再有时点。"),
    ] as [(CalendarPreview.End, String, String)]
)
func `why nothing more elapses stands on a line of its own`(
    end: CalendarPreview.End,
    en: String,
    zh: String
) throws {
    var answer = answer()
    answer.end = end
    #expect(CalendarText.lines(answer, legend: true, try Fixture.rendering(.en)).last == en)
    #expect(CalendarText.lines(answer, legend: true, try Fixture.rendering(.zh)).last == zh)
}

@Test(arguments: [
    ("Mon 25:00", 5, "    ^"), ("督办 25", 4, "     ^"), ("", 1, "^"), ("a\u{1B}b", 3, "     ^"),
    ("ab", 9, "  ^"),
])
func `a caret stands under the place`(text: String, column: Int, caret: String) {
    #expect(CalendarText.caret(text, column: column) == [Escape.line(text), caret])
}

@Test func `a refused expression has no table`() throws {
    var answer = answer()
    answer.error = CalendarPreview.Problem(message: "no such hour", column: 5)
    let rendering = try Fixture.rendering(.en)
    #expect(CalendarText.lines(answer, legend: true, rendering).isEmpty)
    let lines = ["Mon 9:00", "    ^", "no such hour"]
    #expect(CalendarText.problem(answer, rendering) == lines)
}
