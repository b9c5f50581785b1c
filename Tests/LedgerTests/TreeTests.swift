import Testing

@testable import Ledger

struct TreeTests {
    /// The leaves of Certificate Transparency's own tests.
    static let leaves: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
        Array(0x50...0x57), Array(0x60...0x6f),
    ]

    static let roots: [(Int, String)] = [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        (5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        (6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ]

    @Test(arguments: roots)
    func `the roots are those of certificate transparency`(size: Int, root: String) {
        var tree = Tree()
        for leaf in Self.leaves.prefix(size) { tree.append(leaf: leaf) }
        #expect(tree.root.description == root)
    }

    /// MTH as RFC 6962 section 2.1 defines it, with no thought of speed.
    private func definition(_ leaves: ArraySlice<[UInt8]>) -> Digest {
        guard let first = leaves.first else { return .sha256([]) }
        guard leaves.count > 1 else { return .sha256([0x00] + first) }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let left = definition(leaves.prefix(split))
        let right = definition(leaves.dropFirst(split))
        return .sha256([0x01] + left.bytes + right.bytes)
    }

    @Test func `every size up to 130 has the root of the definition`() throws {
        let leaves = (0...130).map { Array("leaf \($0)".utf8) }
        var tree = Tree()
        for size in 0...130 {
            #expect(tree.size == UInt64(size))
            #expect(tree.frontier.count == size.nonzeroBitCount)
            #expect(tree.root == definition(leaves.prefix(size)), "size \(size)")
            let stored = try #require(Tree(size: tree.size, frontier: tree.frontier))
            #expect(stored == tree)
            tree = stored
            tree.append(leafHash: Tree.leafHash(leaves[size]))
        }
    }

    @Test func `a frontier that does not fit the size is refused`() {
        let digest = Digest.sha256([1])
        #expect(Tree(size: 0, frontier: []) == Tree())
        #expect(Tree(size: 3, frontier: [digest]) == nil)
        #expect(Tree(size: 4, frontier: [digest, digest]) == nil)
        #expect(Tree(size: 0, frontier: [digest]) == nil)
    }
}
