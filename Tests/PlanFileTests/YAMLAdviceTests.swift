import PlanFile
import Testing

/// Slips of the pen that a YAML parser names in words of its own.
@Suite struct YAMLAdviceTests {
    private static let colon =
        "not YAML: a `:` that belongs to no key; put a text that holds `: ` in quotes, "
        + "or write a space behind each key's `:`, or align the keys"

    @Test(arguments: [
        ("units:\n\t- { id: a }", "2:1: not YAML: a tab; indent with spaces"),
        ("units: [ @bob ]", "1:10: not YAML: `@` begins no text; put the text in quotes"),
        ("name: Report: monthly", "1:13: \(colon)"),
        ("programme:p\nunits: []", "2:6: \(colon)"),
        (
            "units: - { id: a }",
            "1:8: not YAML: a list cannot begin here; begin each `- ` on a line of its own"
        ),
        (
            "- { id: a\n- { id: b }",
            "2:3: not YAML: the `{` of line 1 is not closed, or a `,` is missing before this place"
        ),
        (
            "units: [ a\nitems: [ b ]",
            "2:6: not YAML: the `[` of line 1 is not closed, or a `,` is missing before this place"
        ),
        (
            "units: [ a",
            "1:8: not YAML: the `[` of line 1 is not closed, or a `,` is missing before this place"
        ),
        (
            "- id: a\n x: b",
            "2:2: not YAML: this line does not fit in the list that begins in line 1; align it"
        ),
        (
            "a:\n  b: c\n d: e",
            "3:2: not YAML: this line does not fit in the table that begins in line 1; "
                + "align its keys"
        ),
        ("a: b\nunits\n  - { c: d }", "3:8: not YAML: the key in line 2 has no `:` behind it"),
        ("name: \"Report\nlead: a", "1:7: not YAML: the quote that begins here is never closed"),
        (
            "a: b\n---\nc: d",
            "2:1: not YAML: a second document begins here; a file holds one: remove the `---`"
        ),
    ])
    func `a slip is named with what would be right`(text: String, problem: String) {
        #expect(Fixtures.problems(in: text) == [problem])
    }

    @Test(arguments: [
        (
            "owner: cid", "owner: CID",
            "14:12: `CID` has capital letters, ids have none; write `cid`"
        ),
        ("owner: cid", "owner: \"\"", "14:12: `owner` is empty; write an id such as housing"),
        (
            "owner: cid", "criteria: [ lamps: 99 % ]",
            "14:17: a criterion is a table of keys; write a text, in quotes if it holds `: `"
        ),
        (
            "account: month", "account: week",
            "15:14: `account` is `week`; write one of dekad, month, quarter, half, year, "
                + "or { every: \"Mon 09:00\", within: 2wd }"
        ),
        (
            "account: month", "account: { every: 0 9 * * 1, within: 2d }",
            "15:24: `every`: a cron line, which `dubanctl plan import crontab` turns into an "
                + "expression; write a calendar expression such as \"Mon 09:00\""
        ),
        (
            "account: month", "account: { every: FREQ=WEEKLY, within: 2d }",
            "15:23: `every`: an RRULE without its start; "
                + "write such as DTSTART:20260105T090000 RRULE:FREQ=WEEKLY"
        ),
        (
            "inspect: [", "inspections: [",
            "22:5: unknown key `inspections` in an item; did you mean `inspect`?"
        ),
        (
            "{ id: cid }", "{ id: cid, uid: 1003 }",
            "7:16: unknown key `uid` in a person; did you mean `uids`?"
        ),
        (
            "{ id: cid }", "{ id: cid, login:cid }",
            "7:16: unknown key `login:cid` in a person; write a space behind the `:`"
        ),
    ])
    func `a newcomer's mistake gets advice`(old: String, new: String, problem: String) {
        let text = Fixtures.base.replacing(old, with: new, maxReplacements: 1)
        #expect(Fixtures.problems(in: text) == [problem])
    }

    @Test(arguments: ["plan.csv", "PLAN.CSV"])
    func `CSV is refused by name`(name: String) {
        let text = "unit;person;item\noffice;bob;report"
        let error = #expect(throws: PlanProblems.self) {
            try Fixtures.reader.read(text, name: name)
        }
        let problem = "CSV is not supported yet; write the plan in YAML"
        #expect(error?.problems.map(\.message) == [problem])
    }
}
