import Ledger
import Supervision

extension StoreConformance {
    static let ledgerChecks: [Check] = [
        .inTransaction("an empty store has no ledger") { transaction in
            try expect(try transaction.leaves(from: 0, limit: 9), [])
            try expect(try transaction.leaves(root: 1, limit: 9), [])
            try expect(try transaction.head(), nil)
            try expect(try transaction.checkpoints(from: 0, limit: 9), [])
        },
        .inTransaction("leaves keep their bytes, whatever they are") { transaction in
            let all = Array(UInt8.min...UInt8.max)
            let leaves: [[UInt8]] = [[], [0], all, [UInt8](repeating: 0xFF, count: 100_000)]
            let written = leaves.enumerated().map { seq, bytes in
                Leaf(seq: Int64(seq), bytes: bytes, root: seq == 1 ? nil : .max)
            }
            for leaf in written { try transaction.append(leaf) }
            try expect(try transaction.leaves(from: 0, limit: 9), written)
        },
        .inTransaction("leaves have no gap and are never replaced") { transaction in
            for seq in [-1, 1, .max] as [Int64] {
                try expectInconsistent("leaf \(seq) first") { try transaction.append(leaf(seq)) }
            }
            for seq in Int64(0)...2 { try transaction.append(leaf(seq)) }
            for seq in [-1, 0, 2, 4, .max, .min] as [Int64] {
                try expectInconsistent("leaf \(seq) after 2") {
                    try transaction.append(Leaf(seq: seq, bytes: [9], root: nil))
                }
            }
            try expect(try transaction.leaves(from: 0, limit: 9), [leaf(0), leaf(1), leaf(2)])
        },
        .inTransaction("leaves are read from a number or by chain, oldest first") { transaction in
            for seq in Int64(0)...6 { try transaction.append(leaf(seq)) }
            let cases: [(from: Int64, limit: Int, seqs: [Int64])] = [
                (0, 3, [0, 1, 2]), (5, 9, [5, 6]), (7, 9, []), (.max, 9, []), (-5, 1, [0]),
                (0, 0, []),
            ]
            for (from, limit, seqs) in cases {
                let found = try transaction.leaves(from: from, limit: limit).map(\.seq)
                try expect(found, seqs, "from \(from), limit \(limit):")
            }
            try expect(try transaction.leaves(root: 1, limit: 9).map(\.seq), [1, 3, 5])
            try expect(try transaction.leaves(root: 1, limit: 2).map(\.seq), [1, 3])
            try expect(try transaction.leaves(root: 2, limit: 9), [])
        },
        Check("a sealed head comes back, and each size has one checkpoint") { store in
            var tree = Tree()
            var heads: [LedgerHead] = []
            for seq in Int64(0)...8 {
                tree.append(leaf: leaf(seq).bytes)
                let head = LedgerHead(tree: tree, note: Sample.text + "\(seq)")
                heads.append(head)
                try store.transact { transaction in
                    try transaction.append(leaf(seq))
                    try transaction.seal(head)
                    try transaction.seal(head)
                }
                let found = try store.transact { try $0.head() }
                try expect(found, head)
            }
            let all = heads.map(checkpoint)
            try store.transact { transaction in
                try expect(try transaction.checkpoints(from: 0, limit: 99), all)
                try expect(try transaction.checkpoints(from: 3, limit: 2), Array(all[2...3]))
                try expect(try transaction.checkpoints(from: 9, limit: 9), [all[8]])
                try expect(try transaction.checkpoints(from: 10, limit: 9), [])
                try expect(try transaction.checkpoints(from: 0, limit: 0), [])
            }
        },
        .inTransaction("a head may cover many leaves at once, and none") { transaction in
            let empty = LedgerHead(tree: Tree(), note: "empty")
            try transaction.seal(empty)
            try expect(try transaction.head(), empty)
            var tree = Tree()
            for seq in Int64(0)...4 {
                try transaction.append(leaf(seq))
                tree.append(leaf: leaf(seq).bytes)
            }
            let head = LedgerHead(tree: tree, note: "five")
            try transaction.seal(head)
            try expect(try transaction.head(), head)
            let both = [checkpoint(empty), checkpoint(head)]
            try expect(try transaction.checkpoints(from: 0, limit: 9), both)
        },
        .inTransaction("never two roots or notes of one size, never a size that is not the leaves'")
        {
            transaction in
            var tree = Tree()
            try transaction.append(leaf(0))
            tree.append(leaf: leaf(0).bytes)
            let head = LedgerHead(tree: tree, note: "one")
            try transaction.seal(head)
            var fork = Tree()
            fork.append(leaf: [9])
            var longer = tree
            longer.append(leaf: [1])
            let wrong = [
                LedgerHead(tree: fork, note: "one"), LedgerHead(tree: tree, note: "other"),
                LedgerHead(tree: longer, note: "two"), LedgerHead(tree: Tree(), note: "none"),
            ]
            for head in wrong {
                try expectInconsistent("\(head.note), size \(head.tree.size)") {
                    try transaction.seal(head)
                }
            }
            try expect(try transaction.head(), head)
            try expect(try transaction.checkpoints(from: 0, limit: 9), [checkpoint(head)])
        },
    ]

    private static func leaf(_ seq: Int64) -> Leaf {
        Leaf(seq: seq, bytes: Array("leaf \(seq)".utf8), root: seq.isMultiple(of: 2) ? nil : 1)
    }

    private static func checkpoint(_ head: LedgerHead) -> StoredCheckpoint {
        StoredCheckpoint(size: Int64(head.tree.size), root: head.tree.root, note: head.note)
    }
}
