import CivilTime
import Supervision
import Testing

/// Rule D: who stands above whom.
@Suite struct ChainTests {
    @Test func `owner, head, sponsor, leadership`() throws {
        let chain = try chain(threeLevels)
        #expect(chain.obligor == .owner(item: "lamp"))
        #expect(try climb(chain) == ["bureau/head", "sponsor/head", "leadership/head"])
        #expect(chain.post(of: "sponsor") == .head(unit: "sponsor"))
        #expect(chain.post(of: "owner") == nil)
        #expect(chain.height(.owner(item: "lamp")) == 0)
        #expect(chain.height(.head(unit: "leadership")) == 3)
    }

    @Test func `without an owner the head owes and the sponsor is above`() throws {
        let chain = try chain(threeLevels, owner: nil)
        #expect(chain.obligor == .head(unit: "bureau"))
        #expect(try climb(chain) == ["sponsor/head", "leadership/head"])
    }

    @Test(arguments: [
        ("the head owns it", "head", threeLevels, ["sponsor/head", "leadership/head"]),
        (
            "the head is the sponsor too", "owner",
            [
                ("leadership", nil, "boss"), ("sponsor", "leadership", "h"),
                ("bureau", "sponsor", "h"),
            ],
            ["bureau/head", "leadership/head"]
        ),
        (
            "the owner leads everything", "boss",
            [
                ("leadership", nil, "boss"), ("sponsor", "leadership", "s"),
                ("bureau", "sponsor", "h"),
            ],
            ["bureau/head", "sponsor/head"]
        ),
        (
            "one person everywhere", "one",
            [("leadership", nil, "one"), ("bureau", "leadership", "one")], []
        ),
    ])
    func `a person stands once on a chain:`(
        line: (name: String, owner: String, units: [UnitLine], line: [String])
    ) throws {
        #expect(try climb(try chain(line.units, owner: line.owner)) == line.line)
    }

    @Test func `the posts passed over are named`() throws {
        let units: [UnitLine] = [
            ("top", nil, "boss"), ("b", "top", "h"), ("a", "b", "h"), ("bureau", "a", "h"),
        ]
        let above = try #require(try chain(units).superior(above: .head(unit: "bureau")))
        #expect(above.post == .head(unit: "top"))
        #expect(above.skipped == [.head(unit: "a"), .head(unit: "b")])
    }

    @Test(arguments: [
        ("a sponsor beside the line", "office", ["bureau/head", "office/head", "leadership/head"]),
        ("the lead unit itself", "bureau", ["bureau/head", "sponsor/head", "leadership/head"]),
        (
            "a unit below the lead unit", "team",
            ["bureau/head", "team/head", "sponsor/head", "leadership/head"]
        ),
    ])
    func `the project's sponsor is above the head:`(
        line: (name: String, sponsor: String, line: [String])
    ) throws {
        let units = threeLevels + [("office", "leadership", "office"), ("team", "bureau", "team")]
        #expect(try climb(try chain(units, sponsor: line.sponsor)) == line.line)
    }

    private func chain(
        _ units: [UnitLine],
        owner: String? = "owner",
        sponsor: String? = nil
    ) throws -> Chain {
        let item = try Item.accounting(owner: owner)
        return Chain(plan: .sample([item], units: units, sponsor: sponsor), item: item)
    }

    /// The posts from the obligor's superior up to the top.
    private func climb(_ chain: Chain) throws -> [String] {
        var posts: [String] = []
        var post = chain.obligor
        while let above = chain.superior(above: post) {
            post = above.post
            posts.append(post.description)
            try #require(posts.count < 20, "a chain without an end")
        }
        return posts
    }
}
