import Ledger

extension MemoryTransaction {
    func append(_ leaf: Leaf) throws {
        guard leaf.seq == Int64(rows.leaves.count) else {
            throw StoreError.inconsistent("leaf \(leaf.seq) is not the next one")
        }
        write({ $0.append(leaf) }, undo: { $0.removeLastLeaf() })
    }

    func leaves(from seq: Int64, limit: Int) throws -> [Leaf] {
        Array(rows.leaves.dropFirst(Int(clamping: max(0, seq))).prefix(max(0, limit)))
    }

    func leaves(root: Int64, limit: Int) throws -> [Leaf] {
        let positions = rows.leavesByRoot[root] ?? []
        return positions.prefix(max(0, limit)).map { rows.leaves[$0] }
    }

    func seal(_ head: LedgerHead) throws {
        let leaves = rows.leaves.count
        guard UInt64(leaves) == head.tree.size else {
            throw StoreError.inconsistent(
                "a tree of \(head.tree.size) leaves cannot seal a ledger of \(leaves)"
            )
        }
        let sealed = StoredCheckpoint(size: Int64(leaves), root: head.tree.root, note: head.note)
        if let newest = rows.checkpoints.last, newest.size >= sealed.size {
            // Never two signed roots of one size (reliability A4): the same one again is no news.
            guard newest == sealed else {
                throw StoreError.inconsistent("the size \(sealed.size) is sealed already")
            }
            return
        }
        let old = rows.head
        write({ $0.seal(head, as: sealed) }, undo: { $0.unseal(to: old) })
    }

    func head() throws -> LedgerHead? {
        rows.head
    }

    func checkpoints(from size: Int64, limit: Int) throws -> [StoredCheckpoint] {
        let checkpoints = rows.checkpoints
        var low = 0
        var high = checkpoints.count
        while low < high {
            let middle = low + (high - low) / 2
            if checkpoints[middle].size < size { low = middle + 1 } else { high = middle }
        }
        return Array(checkpoints[low...].prefix(max(0, limit)))
    }
}
