/// Cuts a stream of bytes into messages, each of which ends with one NUL byte.
struct Framer {
    private(set) var buffer: [UInt8] = []
    /// The first byte of the message that is not taken yet.
    private var head = 0
    /// Everything before it is known to hold no NUL byte after `head`.
    private var scanned = 0
    /// How many messages were taken.
    private(set) var taken: UInt64 = 0
    private let limit: Int
    private static let keptCapacity = 64 << 10

    init(limit: Int) { self.limit = limit }

    /// Bytes that were received and not taken.
    var pending: Int { buffer.count - head }

    mutating func append(_ bytes: some Collection<UInt8>) {
        if head > 0 { compact() }
        buffer.append(contentsOf: bytes)
    }

    /// The place in the buffer of the next whole message without its NUL; valid until `append`.
    ///
    /// - Throws: `messageTooLong` as soon as the message is known to exceed the limit.
    mutating func next() throws(ProtocolViolation) -> Range<Int>? {
        while scanned < buffer.count, buffer[scanned] != 0 { scanned += 1 }
        if scanned - head > limit { throw .messageTooLong }
        guard scanned < buffer.count else { return nil }
        let message = head..<scanned
        scanned += 1
        head = scanned
        taken += 1
        return message
    }

    private mutating func compact() {
        if head == buffer.count {
            let keep = buffer.capacity <= Self.keptCapacity
            buffer.removeAll(keepingCapacity: keep)
        } else {
            buffer.removeSubrange(..<head)
        }
        scanned -= head
        head = 0
    }
}
