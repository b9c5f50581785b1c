import CivilTime
import PlanFile
import Testing

/// The page on work calendars says what the reader does: each example is read, each key is known.
@Suite struct CalendarFormatPageTests {
    private static let page: PlanFormatPage? = {
        do {
            return PlanFormatPage(try Fixtures.text("\(Fixtures.etc)/../docs/calendar-format.md"))
        } catch {
            return nil
        }
    }()

    private static let blocks = page?.blocks.filter { $0.info.hasPrefix("yaml") } ?? []

    @Test func `the page has its examples and its tables`() throws {
        let page = try #require(Self.page)
        #expect(Self.blocks.map(\.info) == ["yaml", "yaml refused"])
        #expect(page.keyTables.map(\.name) == CalendarContext.all.map(\.name))
    }

    @Test(arguments: blocks)
    func `each example is what its fence says`(block: PlanFormatPage.Block) throws {
        let problems = Fixtures.calendarProblems(in: block.text)
        guard block.info == "yaml refused" else {
            #expect(problems == [])
            return
        }
        let answer = try #require(
            Self.page?.blocks.first { $0.line > block.line && $0.info == "text" }
        )
        #expect(problems.map { $0 + "\n" }.joined() == answer.text)
    }

    @Test(arguments: CalendarContext.all)
    func `the keys of the page are those of the reader`(context: CalendarContext) throws {
        let table = try #require(Self.page?.keyTables.first { $0.name == context.name })
        let problems = context.problems(["zzzzzz: 1"], replacing: "zzzzzz")
        #expect(problems.count == 1)
        let message = try #require(problems.first)
        let list = try #require(message.split(separator: "the keys are ").last)
        let known = list.split(separator: ", ").map(String.init)
        #expect(message.contains("unknown key `zzzzzz`"))
        #expect(table.rows.map(\.key).sorted() == known.sorted())
    }

    @Test(arguments: CalendarContext.all)
    func `each value of the page is accepted`(context: CalendarContext) throws {
        let table = try #require(Self.page?.keyTables.first { $0.name == context.name })
        for row in table.rows {
            #expect(!row.samples.isEmpty, "`\(row.key)` shows no value")
            for sample in row.samples {
                let pair = "\(row.key): \(sample)"
                #expect(context.problems([pair], replacing: row.key) == [], "\(pair)")
            }
        }
    }

    @Test(arguments: CalendarContext.all)
    func `what must be given is missed`(context: CalendarContext) throws {
        let page = try #require(Self.page)
        for key in context.required {
            #expect(context.problems([], replacing: key).count == 1, "`\(key)`")
            #expect(page.text.contains("\n| `\(key)` | ") && page.text.contains("must be given"))
        }
    }
}

/// A table of a calendar file: how a test puts keys into it.
struct CalendarContext: CustomTestStringConvertible, Sendable {
    /// What the page calls it.
    let name: String
    /// The keys that it needs.
    let base: [String]
    /// Which of these must be given.
    var required: [String] = []
    /// Makes a file from the keys.
    let embed: @Sendable (String) -> String

    var testDescription: String { name }

    func problems(_ pairs: [String], replacing key: String) -> [String] {
        let kept = base.filter { !$0.hasPrefix("\(key): ") }
        return Fixtures.calendarProblems(in: embed((kept + pairs).joined(separator: ", ")))
    }

    private static let head = [
        "id: works", "from: 2026-01-01", "through: 2026-12-31", "source: a notice",
    ]
    private static let calendar = "calendar: { \(head.joined(separator: ", ")) }"

    static let all: [CalendarContext] = [
        CalendarContext(name: "a calendar file", base: [calendar], required: ["calendar"]) {
            "{ \($0) }"
        },
        CalendarContext(
            name: "calendar",
            base: head,
            required: ["id", "from", "through", "source"]
        ) { "calendar: { \($0) }" },
        CalendarContext(name: "a year", base: []) {
            "\(calendar)\nyears: { 2026: { \($0) } }"
        },
        CalendarContext(
            name: "a revision",
            base: ["published: 2026-01-20", "source: a notice", "off: [2026-05-05]"],
            required: ["published", "source", "off"]
        ) { "\(calendar)\nrevisions: [ { \($0) } ]" },
        CalendarContext(name: "hours", base: ["work: [09:00-17:00]"], required: ["work"]) {
            "calendar: { \(head.joined(separator: ", ")), hours: { \($0) } }"
        },
    ]
}
