/// The RFC 6962 Merkle tree of all leaves so far, kept as its frontier.
///
/// The frontier holds the root of each complete subtree, the largest first: one digest for each bit
/// that is set in `size`. So a tree of a million leaves takes 20 digests, an append hashes about
/// twice, and `root` hashes once for each set bit.
public struct Tree: Hashable, Sendable {
    /// The number of leaves.
    public private(set) var size: UInt64
    /// The roots of the complete subtrees, from the leftmost and largest to the newest.
    public private(set) var frontier: [Digest]

    /// Creates the empty tree.
    public init() {
        size = 0
        frontier = []
    }

    /// Creates a tree from a stored frontier, or nil when its length does not fit `size`.
    ///
    /// - Parameters:
    ///   - size: The number of leaves.
    ///   - frontier: One digest for each bit set in `size`, the largest subtree first.
    public init?(size: UInt64, frontier: [Digest]) {
        guard frontier.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.frontier = frontier
    }

    /// Appends a leaf of these bytes.
    public mutating func append(leaf bytes: [UInt8]) {
        append(leafHash: Self.leafHash(bytes))
    }

    /// Appends a leaf whose hash is known.
    public mutating func append(leafHash: Digest) {
        var subtree = leafHash
        // Each trailing 1 of the old size is a complete subtree as large as the one that grows.
        for _ in 0..<(~size).trailingZeroBitCount {
            guard let left = frontier.popLast() else {
                preconditionFailure("the frontier is short")
            }
            subtree = Self.nodeHash(left, subtree)
        }
        frontier.append(subtree)
        size += 1
    }

    /// The Merkle tree hash, MTH in RFC 6962 section 2.1.
    public var root: Digest {
        guard var root = frontier.last else { return .sha256([]) }
        for left in frontier.dropLast().reversed() { root = Self.nodeHash(left, root) }
        return root
    }

    /// Returns the hash of a leaf of these bytes.
    public static func leafHash(_ bytes: [UInt8]) -> Digest {
        .sha256([0x00] + bytes)
    }

    static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
        .sha256([0x01] + left.bytes + right.bytes)
    }
}
