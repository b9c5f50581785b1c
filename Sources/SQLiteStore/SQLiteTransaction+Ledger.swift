import GRDB
import Ledger
import Supervision

extension SQLiteTransaction {
    func append(_ leaf: Leaf) throws {
        // A trigger refuses any number but the next one.
        try run(Relation.leaf.insert, Values(leaf).list)
    }

    func leaves(from seq: Int64, limit: Int) throws -> [Leaf] {
        let sql = Relation.leaf.select + " WHERE seq >= ? ORDER BY seq LIMIT ?"
        return try rows(sql, [seq.databaseValue, limit.limit], .leaf) { try Leaf(&$0) }
    }

    func leaves(root: Int64, limit: Int) throws -> [Leaf] {
        let sql = Relation.leaf.select + " WHERE root = ? ORDER BY seq LIMIT ?"
        return try rows(sql, [root.databaseValue, limit.limit], .leaf) { try Leaf(&$0) }
    }

    func seal(_ head: LedgerHead) throws {
        let leaves = try integer("SELECT max(seq) + 1 FROM leaf") ?? 0
        guard leaves == Int64(clamping: head.tree.size) else {
            throw StoreError.inconsistent(
                "a tree of \(head.tree.size) leaves cannot seal a ledger of \(leaves)"
            )
        }
        let sealed = StoredCheckpoint(size: leaves, root: head.tree.root, note: head.note)
        // Never two signed roots of one size (reliability A4): the same one again is no news.
        if let stored = try checkpoints(from: leaves, limit: 1).first, stored == sealed { return }
        try run(Relation.checkpoint.insert, Values(sealed).list)
        try run(Relation.treeHead.upsert, Values(head.tree).list)
    }

    func head() throws -> LedgerHead? {
        let sql = Relation.treeHead.select + " WHERE id = 1"
        guard let tree = try row(sql, [], .treeHead, Tree.read) else { return nil }
        let size = Int64(clamping: tree.size)
        let sealed = try checkpoints(from: size, limit: 2)
        guard let stored = sealed.first, sealed.count == 1, stored.size == size else {
            throw StoreError.inconsistent(
                "the tree head of \(size) leaves is not the newest checkpoint"
            )
        }
        guard stored.root == tree.root else {
            throw StoreError.inconsistent(
                "tree_head 1, column frontier: not that of checkpoint \(size)"
            )
        }
        return LedgerHead(tree: tree, note: stored.note)
    }

    func checkpoints(from size: Int64, limit: Int) throws -> [StoredCheckpoint] {
        let sql = Relation.checkpoint.select + " WHERE size >= ? ORDER BY size LIMIT ?"
        let values = [size.databaseValue, limit.limit]
        return try rows(sql, values, .checkpoint) { try StoredCheckpoint(&$0) }
    }
}
