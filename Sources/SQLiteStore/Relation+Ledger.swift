import Ledger
import Supervision

extension Relation {
    static let leaf = Relation("leaf", key: ["seq"], columns: ["seq", "bytes", "root"])

    static let checkpoint = Relation(
        "checkpoint",
        key: ["size"],
        columns: ["size", "root", "note*"]
    )

    static let treeHead = Relation(
        "tree_head",
        key: ["id"],
        columns: ["id", "size", "frontier"]
    )

    static let note = Relation("note", key: ["digest"], columns: ["digest", "salt", "text*"])

    static let planText = Relation("plan_text", key: ["digest"], columns: ["digest", "text*"])

    static let setting = Relation("setting", key: ["name"], columns: ["name", "value*"])
}

extension Values {
    init(_ leaf: Leaf) {
        self.init()
        put(leaf.seq)
        put(leaf.bytes)
        put(leaf.root)
    }

    init(_ checkpoint: StoredCheckpoint) {
        self.init()
        put(checkpoint.size)
        put(value: checkpoint.root)
        put(free: checkpoint.note)
    }

    init(_ tree: Tree) {
        self.init()
        put(1)
        put(Int64(clamping: tree.size))
        put(tree.frontier.map(\.description).joined(separator: " "))
    }

    init(_ note: Note) {
        self.init()
        put(value: note.digest)
        put(note.salt)
        put(free: note.text)
    }
}

extension Leaf {
    init(_ cells: inout Cells) throws(StoreError) {
        self.init(
            seq: try cells.integer(),
            bytes: try cells.bytes(),
            root: try cells.optionalInteger()
        )
    }
}

extension StoredCheckpoint {
    init(_ cells: inout Cells) throws(StoreError) {
        self.init(
            size: try cells.integer(),
            root: try cells.value(),
            note: try cells.freeText()
        )
    }
}

extension Tree {
    static func read(_ cells: inout Cells) throws(StoreError) -> Tree {
        _ = try cells.integer()
        let size = try cells.integer()
        guard size >= 0 else { throw cells.misfit("size") }
        var frontier: [Digest] = []
        for part in try cells.text().split(separator: " ") {
            guard let digest = Digest(String(part)) else { throw cells.misfit("list of digests") }
            frontier.append(digest)
        }
        guard let tree = Tree(size: UInt64(size), frontier: frontier) else {
            throw cells.misfit("frontier of a tree of \(size) leaves")
        }
        return tree
    }
}

extension Note {
    init(_ cells: inout Cells) throws(StoreError) {
        self.init(
            digest: try cells.value(),
            salt: try cells.bytes(),
            text: try cells.optionalFreeText()
        )
    }
}
