import CivilTime
import PlanFile
import Supervision
import Testing

/// The page says what the reader does: each example is read, each key is known.
@Suite struct PlanFormatPageTests {
    private static let page: PlanFormatPage? = {
        do {
            return PlanFormatPage(try Fixtures.text("\(Fixtures.etc)/../docs/plan-format.md"))
        } catch {
            return nil
        }
    }()

    private static let blocks = page?.blocks ?? []
    private static let keyTables = page?.keyTables ?? []

    /// The least plan, by its keys; a fragment replaces one of them.
    private static let skeleton: [(key: String, text: String)] = [
        ("programme", "programme: office"),
        (
            "units",
            "units: [ { id: direction, head: alice }, "
                + "{ id: office, superior: direction, head: bob } ]"
        ),
        ("items", "items: [ { id: report, lead: office, account: month } ]"),
    ]

    /// Returns the skeleton with the text of one key replaced or added.
    private static func plan(_ key: String, _ text: String) -> String {
        let others = skeleton.filter { $0.key != key }.map(\.text)
        return (others + [text]).joined(separator: "\n") + "\n"
    }

    /// Returns a plan that holds a fragment: a key of the plan, or the keys of an item.
    private static func plan(fragment key: String, _ text: String) -> String {
        guard key == "item" else { return plan(key, text) }
        let keys = text.split(separator: "\n").map { "    \($0)\n" }.joined()
        return plan("items", "items:\n  - id: sample\n    lead: office\n\(keys)")
    }

    @Test func `the page begins with the ten lines that are shipped`() throws {
        let first = try #require(Self.blocks.first { $0.info.hasPrefix("yaml") })
        #expect(first.info == "yaml")
        #expect(first.text == (try Fixtures.text("\(Fixtures.etc)/plans/office.yaml")))
    }

    @Test(arguments: blocks.filter { $0.info.hasPrefix("yaml") })
    func `each example is what its fence says`(block: PlanFormatPage.Block) throws {
        let words = block.info.split(separator: " ").map(String.init)
        switch (words.dropFirst().first, words.count) {
        case (nil, _): #expect(Fixtures.problems(in: block.text) == [])
        case ("fragment", 3):
            #expect(Fixtures.problems(in: Self.plan(fragment: words[2], block.text)) == [])
        case ("refused", 2):
            let answer = try #require(
                Self.blocks.first { $0.line > block.line && $0.info == "text" }
            )
            let problems = Fixtures.problems(in: block.text).map { $0 + "\n" }.joined()
            #expect(problems == answer.text)
        default: Issue.record("unknown fence: \(block.info)")
        }
    }

    @Test func `the stages of the page are those of its example`() throws {
        let page = try #require(Self.page)
        let block = try #require(
            page.blocks.first { $0.info == "yaml fragment item" && $0.text.contains("stages:") }
        )
        let text = Self.plan(fragment: "item", block.text)
        let item = try #require(Fixtures.reader.read(text, name: "t.yaml").items.first)
        #expect(item.stages.count == 3)
        for stage in item.stages {
            #expect(page.text.contains("\n| \(stage.name) | \(stage.start) | \(stage.end) |\n"))
        }
    }

    @Test func `each term and calendar expression of the page is one`() throws {
        let page = try #require(Self.page)
        let terms = page.firstColumn(of: "| term |")
        #expect(terms.count >= 8)
        for term in terms { #expect(Term(term) != nil, "\(term)") }
        let expressions = page.firstColumn(of: "| expression |")
        #expect(expressions.count >= 18)
        for expression in expressions {
            let text = Self.plan(
                fragment: "item",
                "account: { every: \(expression), within: 1h }"
            )
            #expect(Fixtures.problems(in: text) == [])
        }
    }

    // MARK: - Key tables

    @Test func `there is a key table for each table of a plan`() {
        let names = Self.keyTables.map(\.name).sorted()
        #expect(names == KeyContext.all.map(\.name).sorted())
    }

    @Test(arguments: KeyContext.all)
    func `the keys of the page are those of the reader`(context: KeyContext) throws {
        let table = try #require(Self.keyTables.first { $0.name == context.name })
        let problems = self.problems(context, ["zzzzzz: 1"], replacing: "zzzzzz")
        #expect(problems.count == 1)
        let message = try #require(problems.first)
        let list = try #require(message.split(separator: "the keys are ").last)
        let known = list.split(separator: ", ").map(String.init)
        #expect(message.contains("unknown key `zzzzzz`"))
        #expect(table.rows.map(\.key).sorted() == known.sorted())
    }

    @Test(arguments: KeyContext.all)
    func `each value of the page is accepted`(context: KeyContext) throws {
        let table = try #require(Self.keyTables.first { $0.name == context.name })
        for row in table.rows {
            #expect(!row.samples.isEmpty, "`\(row.key)` shows no value")
            for sample in row.samples {
                let pair = "\(row.key): \(sample)"
                #expect(problems(context, [pair], replacing: row.key) == [], "\(pair)")
            }
        }
    }

    private func problems(
        _ context: KeyContext,
        _ pairs: [String],
        replacing key: String
    ) -> [String] {
        let base = context.variants[key] ?? context.base
        let kept = base.filter { !$0.hasPrefix("\(key): ") }
        let text = context.embed((kept + pairs).joined(separator: ", "))
        let section = context.section.isEmpty ? key : context.section
        return Fixtures.problems(in: Self.plan(section, text))
    }
}

/// A table of a plan: how a test puts keys into it.
struct KeyContext: CustomTestStringConvertible, Sendable {
    /// What the page calls it.
    let name: String
    /// The key at the top that it stands under; empty for the top itself.
    let section: String
    /// The keys that it needs besides the one that is tried.
    let base: [String]
    /// What it needs for some keys instead.
    var variants: [String: [String]] = [:]
    /// Makes the text of the section from the keys.
    let embed: @Sendable (String) -> String

    var testDescription: String { name }

    static let all: [KeyContext] = organisation + work

    private static let organisation: [KeyContext] = [
        KeyContext(name: "a plan", section: "", base: []) { $0 },
        KeyContext(name: "programme", section: "programme", base: ["id: office"]) {
            "programme: { \($0) }"
        },
        KeyContext(name: "a person", section: "persons", base: ["id: dan"]) {
            "persons: [ { id: alice }, { id: bob }, { \($0) } ]"
        },
        KeyContext(name: "a unit", section: "units", base: ["id: annex", "head: bob"]) {
            "units: [ { id: direction, head: alice }, { id: office, head: bob }, { \($0) } ]"
        },
        KeyContext(name: "fallback", section: "fallback", base: ["mail: board@example.org"]) {
            "fallback: { \($0) }"
        },
        KeyContext(name: "catch-up", section: "catch-up", base: []) { "catch-up: { \($0) }" },
        KeyContext(name: "ladder", section: "ladder", base: []) { "ladder: { \($0) }" },
    ]

    private static let key = ["id: a", "lead: office", "class: key", "due: 2026-12-18"]

    private static let work: [KeyContext] = [
        KeyContext(
            name: "a project",
            section: "projects",
            base: ["id: a", "items: [ { id: b, lead: office, account: month } ]"]
        ) { "projects: [ { \($0) } ]" },
        KeyContext(
            name: "an item",
            section: "items",
            base: ["id: a", "lead: office", "account: month"],
            variants: ["stages": key, "buffer": key + ["stages: [ { name: s, workdays: 5 } ]"]]
        ) { "items: [ { \($0) } ]" },
        KeyContext(
            name: "account",
            section: "items",
            base: ["every: hourly", "within: 1h"],
            variants: ["period": [], "roll": ["period: month"]]
        ) { "items: [ { id: a, lead: office, account: { \($0) } } ]" },
        KeyContext(name: "a stage", section: "items", base: ["name: s", "workdays: 5"]) {
            "items: [ { \(key.joined(separator: ", ")), stages: [ { \($0) } ] } ]"
        },
        KeyContext(
            name: "an inspection",
            section: "items",
            base: ["every: hourly", "within: 10min", "run: [ /bin/true ]"]
        ) { "items: [ { id: a, lead: office, inspect: [ { \($0) } ] } ]" },
    ]
}
