/// What the JSON parser accepts at most; beyond it a message is refused.
public struct JSONLimits: Hashable, Sendable {
    /// Containers that may stand within each other, the outermost included.
    public var depth: Int
    /// Members of one object, or elements of one list.
    public var items: Int
    /// Bytes of one string, member name or number.
    public var string: Int
    /// Bytes of the whole text.
    public var message: Int

    /// Makes limits; what is not given stays at its default.
    public init(
        depth: Int = 32,
        items: Int = 1_000,
        string: Int = 64 << 10,
        message: Int = 1 << 20
    ) {
        self.depth = depth
        self.items = items
        self.string = string
        self.message = message
    }

    /// Depth 32, 1,000 items a level, strings of 64 KiB, messages of 1 MiB.
    public static let `default` = JSONLimits()
}
