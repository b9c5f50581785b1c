/// Who stands above whom (rule D): the line over a post, and the next superior for a duty.
public struct Chain {
    private let plan: Plan
    private let item: Item

    /// Makes the chain that duties of an item go up.
    public init(plan: Plan, item: Item) {
        self.plan = plan
        self.item = item
    }

    /// The post that owes the item's duties: its owner where it has one, else the lead unit's head.
    public var obligor: Post {
        item.owner == nil ? .head(unit: item.lead) : .owner(item: item.id)
    }

    /// Returns the person who holds a post.
    public func holder(_ post: Post) -> Person? {
        switch post {
        case .head(let unit): plan.units[unit].flatMap { plan.persons[$0.head] }
        case .owner(let id): plan.itemsByID[id]?.owner.flatMap { plan.persons[$0] }
        }
    }

    /// Returns the unit that a post belongs to.
    public func unit(_ post: Post) -> String {
        switch post {
        case .head(let unit): unit
        case .owner(let id): plan.itemsByID[id]?.lead ?? item.lead
        }
    }

    /// The posts above the obligor, nearest first: the lead unit's head above an owner, the
    /// project's sponsor above that head, then the line of superiors.
    ///
    /// Cost: linear in the height of the tree; a cycle would end it, though plans have none.
    public var line: [Post] {
        var posts: [Post] = item.owner == nil ? [] : [.head(unit: item.lead)]
        var seen: Set<String> = []
        let project = plan.projects.first { $0.id == item.project }
        let sponsor = project?.sponsor.flatMap { $0 == item.lead ? nil : $0 }
        var unit = sponsor ?? plan.units[item.lead]?.superior
        while let id = unit, seen.insert(id).inserted, let found = plan.units[id] {
            // A sponsor may stand below the lead unit: the line goes through it, on and up.
            if id != item.lead { posts.append(.head(unit: id)) }
            unit = found.superior
        }
        return posts
    }

    /// The next superior above a post of the chain, and the posts passed over because a person
    /// below holds them too; nil at the top.
    public func superior(above post: Post) -> (post: Post, skipped: [Post])? {
        let line = self.line
        let start = line.firstIndex(of: post).map { $0 + 1 } ?? 0
        var below = Set([obligor, post].compactMap { holder($0)?.id })
        for lower in line.prefix(start) { if let id = holder(lower)?.id { below.insert(id) } }
        var skipped: [Post] = []
        for candidate in line.dropFirst(start) {
            if let person = holder(candidate), !below.contains(person.id) {
                return (candidate, skipped)
            }
            skipped.append(candidate)
        }
        return nil
    }

    /// How high a post stands on the line: 0 for the obligor, 1 for the post above, and so on.
    public func height(_ post: Post) -> Int {
        line.firstIndex(of: post).map { $0 + 1 } ?? 0
    }

    /// The highest post of the line that a person holds; nil if none.
    public func post(of person: String) -> Post? {
        line.last { holder($0)?.id == person }
    }
}
