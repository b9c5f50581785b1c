import PlanFile
import Testing

/// One mistake: a piece of `Fixtures.base` that is replaced, and all that must be said about it.
struct Mistake: CustomTestStringConvertible, Sendable {
    let old: String
    let new: String
    let problems: [String]

    init(_ old: String, _ new: String, _ problems: String...) {
        self.old = old
        self.new = new
        self.problems = problems
    }

    var testDescription: String { new }
}

@Suite struct RefusalTests {
    @Test func `the base of these tests is a plan`() {
        #expect(Fixtures.problems(in: Fixtures.base) == [])
    }

    @Test(arguments: keyMistakes + organisationMistakes + itemMistakes + workMistakes)
    func `a mistake is named with its place and what would be right`(mistake: Mistake) throws {
        try #require(Fixtures.base.contains(mistake.old))
        let text = Fixtures.base.replacing(mistake.old, with: mistake.new, maxReplacements: 1)
        #expect(Fixtures.problems(in: text) == mistake.problems)
    }
}

private let keyMistakes: [Mistake] = [
    Mistake(
        "    owner: cid",
        "    ower: cid",
        "14:5: unknown key `ower` in an item; did you mean `owner`?"
    ),
    Mistake(
        "    owner: cid",
        "    colour: red",
        "14:5: unknown key `colour` in an item; the keys are id, name, class, lead, owner, due, requirements, criteria, stages, buffer, account, inspect"
    ),
    Mistake(
        "zone: Asia/Shanghai",
        "zone: Asia/Shanghai\nzone: UTC",
        "3:1: key `zone` is given twice, first in line 2 at column 1; keep one"
    ),
    Mistake(
        "    owner: cid",
        "    owner: cid\n    \"owner\": bob",
        "15:5: key `owner` is given twice, first in line 14 at column 5; keep one"
    ),
    Mistake(
        "    owner: cid",
        "    owner: [ cid ]",
        "14:12: `owner` is a list; write an id such as housing"
    ),
    Mistake(
        "    owner: cid",
        "    owner:",
        "14:11: `owner` has no value; write an id such as housing, or remove it"
    ),
    Mistake(
        "    owner: cid",
        "    owner: *boss",
        "14:12: `*` begins an alias, which plans do not use; put a text that begins with `*` in quotes"
    ),
    Mistake(
        "    owner: cid",
        "    owner: &boss cid",
        "14:12: `&` begins an anchor, which plans do not use; put a text that begins with `&` in quotes"
    ),
    Mistake(
        "    owner: cid",
        "    owner: !!str cid",
        "14:12: `!` begins a tag, which plans do not use; put a text that begins with `!` in quotes"
    ),
    Mistake(
        "ladder: { supervise",
        "ladder: { supervise: { a: b",
        "23:28: not YAML: the `{` of line 23 is not closed, or a `,` is missing before this place"
    ),
    Mistake(
        "programme: { id: p",
        "programe: { id: p",
        "1:1: unknown key `programe` in a plan; did you mean `programme`?"
    ),
    Mistake(
        "programme: { id: p,",
        "programme: {",
        "1:12: programme has no `id`; give the programme a short id"
    ),
    Mistake(
        "programme: { id: p",
        "programme: { id: P 1",
        "1:18: `P 1` is no id; write 1 to 64 of a-z, 0-9, `.`, `_` and `-`, no `.` or `-` in front"
    ),
    Mistake(
        "from: 2019-01-01",
        "from: 2019-02-30",
        "1:27: `2019-02-30` is no date; write a date such as 2019-12-31"
    ),
    Mistake(
        "until: 2020-10-15",
        "until: 2018-10-15",
        "1:46: `until` 2018-10-15 is before `from` 2019-01-01; nothing could fall due"
    ),
    Mistake(
        "zone: Asia/Shanghai",
        "zone: Asia/Shangai",
        "2:7: zone `Asia/Shangai`: not found below /usr/share/zoneinfo; write a zone such as Asia/Shanghai"
    ),
    Mistake(
        "zone: Asia/Shanghai",
        "zone: ../../etc/passwd",
        "2:7: zone `../../etc/passwd`: not a name of the tz database; write a zone such as Asia/Shanghai"
    ),
    Mistake(
        "zone: Asia/Shanghai",
        "zone: CST",
        "2:7: zone `CST`: not found below /usr/share/zoneinfo; write a zone such as Asia/Shanghai"
    ),
    Mistake(
        "calendar: cn",
        "calendar: xy",
        "3:11: no calendar `xy`: no file xy.yaml in /nonexistent/calendars, \(Fixtures.etc)/calendars"
    ),
    Mistake(
        "calendar: cn",
        "calendar: ../cn",
        "3:11: `../cn` is no id; write 1 to 64 of a-z, 0-9, `.`, `_` and `-`, no `.` or `-` in front"
    ),
    Mistake(
        "ladder: { supervise: 2wd",
        "ladder: { supervise: 2 days",
        "23:22: `2 days` is no term; write a term such as 15s, 10min, 4h, 10d or 2wd"
    ),
    Mistake(
        "before: [ 3wd, 1wd ]",
        "before: [ 3wd, 3wd, 0s ]",
        "23:42: 3wd is given twice; keep one",
        "23:47: `0s` is no term; write a term such as 15s, 10min, 4h, 10d or 2wd"
    ),
    Mistake(
        "ladder: { supervise: 2wd, before: [ 3wd, 1wd ] }",
        "ladder: strict",
        "23:9: `ladder` is `strict`; write `default`, or terms: { supervise: 2wd, before: [3wd, 1wd] }"
    ),
    Mistake(
        "mail: board@example.org",
        "mail: board",
        "24:32: `board` is no mail address; write an address such as li@example.org"
    ),
    Mistake(
        "mail: board@example.org",
        "mail: -oX@example.org",
        "24:32: `-oX@example.org` is no mail address; write an address such as li@example.org"
    ),
    Mistake(
        "fallback: { name: board, mail: board@example.org }",
        "fallback: { name: x }",
        "24:11: `fallback` has no `mail`; write the address of who is told"
    ),
]

private let organisationMistakes: [Mistake] = [
    Mistake(
        "- { id: cid }",
        "- { id: CID }",
        "7:11: `CID` has capital letters, ids have none; write `cid`",
        "10:51: no person `cid`, named as the liaison of unit `low`; list it under `persons`",
        "14:12: no person `cid`, named as the owner of item `one`; list it under `persons`"
    ),
    Mistake(
        "- { id: cid }",
        "- { name: Cid }",
        "7:5: person has no `id`; give the person a short id",
        "10:51: no person `cid`, named as the liaison of unit `low`; list it under `persons`",
        "14:12: no person `cid`, named as the owner of item `one`; list it under `persons`"
    ),
    Mistake(
        "- { id: cid }",
        "- { id: ann }\n  - { id: cid }",
        "7:11: person `ann` is listed twice; keep one"
    ),
    Mistake(
        "- { id: cid }",
        "- { id: cid, login: ann }",
        "7:23: login `ann` belongs to the person in line 5 already; keep one"
    ),
    Mistake(
        "- { id: cid }",
        "- { id: cid, login: root }",
        "7:23: root operates and never signs; name the person's own login"
    ),
    Mistake(
        "- { id: cid }",
        "- { id: cid, login: a b }",
        "7:23: `a b` is no login name; write such as zhangsan"
    ),
    Mistake(
        "- { id: cid }",
        "- { id: cid, uids: [ 1001 ] }",
        "7:24: uid 1001 is given in line 5 already; keep one"
    ),
    Mistake(
        "- { id: cid }",
        "- { id: cid, uids: [ 0 ] }",
        "7:24: a uid is `0`; write a whole number from 1 to 4294967294"
    ),
    Mistake(
        "- { id: cid }",
        "- { id: cid, uids: 1002 }",
        "7:22: `uids` is a text; write a list: [1001]"
    ),
    Mistake(
        "- { id: cid }",
        "- { id: cid, name: \"\\u202Eevil\" }",
        "7:22: `name` holds the character U+202E; remove it"
    ),
    Mistake(
        "- { id: cid }",
        "- { id: cid, name: \"a\\nb\" }",
        "7:22: `name` holds the character U+000A; write it on one line"
    ),
    Mistake(
        "- { id: cid }",
        "- { id: cid, name: \u{202E}evil }",
        "7:22: character U+202E is invisible or changes the direction of the text; remove it"
    ),
    Mistake(
        "- { id: cid }",
        "- { id: cid, name: bell\u{7} }",
        "7:26: character U+0007 is invisible or changes the direction of the text; remove it"
    ),
    Mistake(
        "- { id: cid }",
        "- cid",
        "7:5: a person is a text; write a table of keys: { id: …, … }",
        "10:51: no person `cid`, named as the liaison of unit `low`; list it under `persons`",
        "14:12: no person `cid`, named as the owner of item `one`; list it under `persons`"
    ),
    Mistake(
        "- { id: top, head: ann }",
        "- { id: top }",
        "9:5: unit `top` has no `head`; name the person who answers for the unit"
    ),
    Mistake(
        "- { id: top, head: ann }",
        "- { id: top, head: anne }",
        "9:22: no person `anne`, named as the head of unit `top`; did you mean `ann`?"
    ),
    Mistake(
        "- { id: top, head: ann }",
        "- { id: top, head: zoe }",
        "9:22: no person `zoe`, named as the head of unit `top`; list it under `persons`"
    ),
    Mistake(
        "- { id: top, head: ann }",
        "- { id: top, head: ann, superior: low }",
        "9:37: superiors run in a circle: `top` → `low` → `top`; one of these units has another superior or none"
    ),
    Mistake(
        "superior: top",
        "superior: low",
        "10:26: superiors run in a circle: `low` → `low`; one of these units has another superior or none"
    ),
    Mistake(
        "superior: top",
        "superior: tops",
        "10:26: no unit `tops`, named as the superior of unit `low`; did you mean `top`?"
    ),
    Mistake(
        "liaison: cid",
        "liaison: dan",
        "10:51: no person `dan`, named as the liaison of unit `low`; list it under `persons`"
    ),
    Mistake(
        "- { id: top, head: ann }",
        "- { id: top, head: ann }\n  - { id: top, head: bob }",
        "10:11: unit `top` is listed twice; keep one"
    ),
    Mistake(
        "fallback: { name: board, mail: board@example.org }",
        "fallback: { mail: bob@example.org }"
    ),
]

private let itemMistakes: [Mistake] = [
    Mistake(
        "  - id: one\n    lead: low",
        "  - id: one",
        "12:5: item `one` has no `lead`; name the unit that answers for it"
    ),
    Mistake(
        "  - id: one\n",
        "  - name: one\n",
        "12:5: item has no `id`; give the item a short id"
    ),
    Mistake(
        "- id: two",
        "- id: one",
        "16:9: item `one` is listed twice; item ids are unique in a plan"
    ),
    Mistake(
        "    lead: low",
        "    lead: lo",
        "13:11: no unit `lo`, named as the lead unit of item `one`; did you mean `low`?"
    ),
    Mistake(
        "    owner: cid",
        "    owner: cd",
        "14:12: no person `cd`, named as the owner of item `one`; did you mean `cid`?"
    ),
    Mistake(
        "    account: month",
        "    requirements: talk",
        "12:5: item `one` has nothing to do; write one of `account`, `inspect`, `stages` or `due`"
    ),
    Mistake(
        "    class: key",
        "    class: keys",
        "17:12: `class` is `keys`; did you mean `key`?"
    ),
    Mistake(
        "    class: key",
        "    class: routine",
        "21:13: `stages` belong to a key item; write `class: key`"
    ),
    Mistake(
        "    due: 2019-12-31\n",
        "",
        "20:13: `stages` are scheduled backwards from `due`; give the item one"
    ),
    Mistake(
        "due: 2019-12-31",
        "due: 2018-12-31",
        "19:10: due 2018-12-31 is before the programme's `from`, 2019-01-01"
    ),
    Mistake(
        "due: 2019-12-31",
        "due: 2020-12-31",
        "19:10: due 2020-12-31 is after the programme's `until`, 2020-10-15"
    ),
    Mistake(
        "due: 2019-12-31",
        "due: end of year",
        "19:10: `end of year` is no date; write a date such as 2019-12-31"
    ),
    Mistake(
        "    owner: cid",
        "    assist: [ top ]",
        "14:5: `assist` is not supported yet; give each unit an item of its own"
    ),
    Mistake(
        "    owner: cid",
        "    criteria: done",
        "14:15: `criteria` is a text; write a list: [ \"lamps_lit >= 99 %\" ]"
    ),
    Mistake(
        "    owner: cid",
        "    criteria: []",
        "14:15: `criteria` is empty; write [ \"lamps_lit >= 99 %\" ], or remove it"
    ),
    Mistake(
        "    owner: cid",
        "    requirements: \" \"",
        "14:19: `requirements` is blank; write a text"
    ),
    Mistake(
        "    owner: cid",
        "    name: { fr: un }",
        "14:11: `name` has no text; write { en: …, zh: … } or one text",
        "14:13: unknown key `fr` in `name`; the keys are en, zh"
    ),
    Mistake(
        "items:\n",
        "projects:\n",
        "12:5: project `one` has no `items`; write `items: [ { id: report, lead: office, account: month } ]`",
        "13:5: unknown key `lead` in a project; the keys are id, name, sponsor, items",
        "14:5: unknown key `owner` in a project; the keys are id, name, sponsor, items",
        "15:5: unknown key `account` in a project; the keys are id, name, sponsor, items",
        "16:5: project `two` has no `items`; write `items: [ { id: report, lead: office, account: month } ]`",
        "17:5: unknown key `class` in a project; the keys are id, name, sponsor, items",
        "18:5: unknown key `lead` in a project; the keys are id, name, sponsor, items",
        "19:5: unknown key `due` in a project; the keys are id, name, sponsor, items",
        "20:5: unknown key `buffer` in a project; the keys are id, name, sponsor, items",
        "21:5: unknown key `stages` in a project; the keys are id, name, sponsor, items",
        "22:5: unknown key `inspect` in a project; the keys are id, name, sponsor, items"
    ),
    Mistake(
        "items:\n",
        "projects: [ { id: p, items: [] } ]\nitems:\n",
        "11:29: `items` is empty; write [ { id: report, lead: office, account: month } ], or remove it",
        "13:3: the items at the top belong to a project `p`, which `projects` lists as well; move them there"
    ),
]

private let workMistakes: [Mistake] = [
    Mistake(
        "workdays: 60",
        "workdays: 300",
        "21:13: infeasible: stage `survey` would begin on 2018-09-27, before the programme's `from`, 2019-01-01; shorten stages by 68 wd in all, or move `due`"
    ),
    Mistake(
        "workdays: 60",
        "workdays: many",
        "21:72: `workdays` is `many`; write a whole number from 1 to 2000"
    ),
    Mistake(
        "workdays: 60",
        "workdays: 0",
        "21:72: `workdays` is `0`; write a whole number from 1 to 2000"
    ),
    Mistake(
        "name: works",
        "name: survey",
        "21:55: stage `survey` is given twice; name each once"
    ),
    Mistake(
        "buffer: 3",
        "buffer: -3",
        "20:13: `buffer` is `-3`; write a whole number from 0 to 250"
    ),
    Mistake(
        "    owner: cid",
        "    buffer: 3",
        "14:13: `buffer` lies between stages, and there are no `stages`"
    ),
    Mistake(
        "account: month",
        "account: monthly",
        "15:14: `account` is `monthly`; did you mean `month`?"
    ),
    Mistake(
        "account: month",
        "account: { every: \"Mon 09:00\" }",
        "15:14: `account` has no `within`; write `account: month`, or { every: \"Mon 09:00\", within: 2wd }"
    ),
    Mistake(
        "account: month",
        "account: { period: month, within: 2wd }",
        "15:39: `within` and `period` exclude each other; keep one"
    ),
    Mistake(
        "account: month",
        "account: { period: month, roll: back }",
        "15:37: `roll` is `back`; write one of none, before, after, nearest, modified-before, modified-after"
    ),
    Mistake(
        "account: month",
        "account: { every: hourly, within: 1h, roll: none }",
        "15:49: `roll` moves the end of a `period`, and there is none"
    ),
    Mistake(
        "account: month",
        "account: { every: *-*-1, within: 1h }",
        "15:23: `*` begins an alias, which plans do not use; put a text that begins with `*` in quotes"
    ),
    Mistake(
        "account: month",
        "account: { every: \"*-02-30\", within: 1h }",
        "15:29: `every`: the rule never elapses: no month named has that day"
    ),
    Mistake(
        "account: month",
        "account: { every: 2031-01-01, within: 1h }",
        "15:23: `2031-01-01` never elapses while the programme runs, from 2019-01-01 until 2020-10-15"
    ),
    Mistake(
        "account: month",
        "account: { every: Mon 25:00, within: 1h }",
        "15:27: `every`: the hour does not fit into 0..23"
    ),
    Mistake(
        "account: month",
        "account: { every: \"Mon 25:00\", within: 1h }",
        "15:28: `every`: the hour does not fit into 0..23"
    ),
    Mistake(
        "within: 2wd, run",
        "within: 0wd, run",
        "22:46: `0wd` is no term; write a term such as 15s, 10min, 4h, 10d or 2wd"
    ),
    Mistake(
        "within: 2wd, run",
        "within: 99999wd, run",
        "22:46: `99999wd` is longer than ten years; write a shorter one"
    ),
    Mistake(
        "within: 2wd, run: [ /bin/true ]",
        "within: 2wd",
        "22:16: inspection has no `run`; write the program and its arguments as a list"
    ),
    Mistake(
        "run: [ /bin/true ]",
        "run: /bin/true",
        "22:56: `run` is a text; write a list: [ /usr/lib/nagios/plugins/check_load, -w, \"4\" ]"
    ),
    Mistake(
        "run: [ /bin/true ]",
        "run: [ bin/true ]",
        "22:58: `bin/true` is no absolute path; write the program's full path"
    ),
    Mistake(
        "run: [ /bin/true ]",
        "run: [ /bin/true, [ -w ] ]",
        "22:69: an argument is a list; write a text"
    ),
    Mistake(
        "run: [ /bin/true ]",
        "run: []",
        "22:56: `run` is empty; write [ /usr/lib/nagios/plugins/check_load, -w, \"4\" ], or remove it"
    ),
    Mistake(
        "run: [ /bin/true ]",
        "run: [ /bin/true ], review: each",
        "22:79: `review: each` is not supported yet; use exception"
    ),
    Mistake(
        "run: [ /bin/true ]",
        "run: [ /bin/true ], review: never",
        "22:79: `review` is `never`; use exception"
    ),
    Mistake(
        "run: [ /bin/true ]",
        "run: [ /bin/true ], attempts: 11",
        "22:81: `attempts` is `11`; write a whole number from 1 to 10"
    ),
    Mistake(
        "run: [ /bin/true ]",
        "run: [ /bin/true ], limit: 2wd",
        "22:78: `limit` is 2wd; write 1s to 1h in whole seconds"
    ),
    Mistake(
        "run: [ /bin/true ]",
        "run: [ /bin/true ], on: \"Field 1\"",
        "22:75: `Field 1` is no id; write 1 to 64 of a-z, 0-9, `.`, `_` and `-`, no `.` or `-` in front"
    ),
    Mistake(
        "run: [ /bin/true ] }",
        "run: [ /bin/true ] }, { every: hourly, within: 1h, run: [ /usr/bin/true ] }",
        "22:73: two inspections are called `true`; give each a `name`"
    ),
]
