/// The members of a JSON object in the order in which they were written; no name occurs twice.
public struct JSONObject: Sendable {
    private var keys: [String] = []
    private var values: [JSON] = []

    /// Makes an object without members.
    public init() {}

    /// Makes an object; a name that is given twice is a programmer error.
    public init(members: [(String, JSON)]) {
        keys.reserveCapacity(members.count)
        values.reserveCapacity(members.count)
        for (key, value) in members {
            precondition(self[key] == nil, "a JSON object holds each member name once")
            append(key, value)
        }
    }

    /// Whether there is no member.
    public var isEmpty: Bool { keys.isEmpty }

    /// The number of members.
    public var count: Int { keys.count }

    /// The value of a member; assigning nil removes the member.
    ///
    /// The cost is linear in the number of members.
    public subscript(key: String) -> JSON? {
        get {
            guard let index = keys.firstIndex(of: key) else { return nil }
            return values[index]
        }
        set {
            let index = keys.firstIndex(of: key)
            switch (index, newValue) {
            case (let index?, let value?): values[index] = value
            case (let index?, nil):
                keys.remove(at: index)
                values.remove(at: index)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// Appends a member whose name the caller knows to be new.
    mutating func append(_ key: String, _ value: JSON) {
        keys.append(key)
        values.append(value)
    }
}

extension JSONObject: Sequence {
    /// The members in their order.
    public func makeIterator() -> AnyIterator<(key: String, value: JSON)> {
        var next = 0
        return AnyIterator {
            guard next < keys.count else { return nil }
            defer { next += 1 }
            return (keys[next], values[next])
        }
    }

    /// Calls the body with each member: cheaper than the iterator, for the hot paths.
    func eachMember<Failure: Error>(
        _ body: (String, JSON) throws(Failure) -> Void
    ) throws(Failure) {
        for index in keys.indices { try body(keys[index], values[index]) }
    }
}

extension JSONObject: Hashable {
    /// Two objects are equal when they have the same members, in whatever order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        if left.keys == right.keys { return left.values == right.values }
        guard left.count == right.count else { return false }
        return left.allSatisfy { right[$0.key] == $0.value }
    }

    /// Hashes the members independently of their order.
    public func hash(into hasher: inout Hasher) {
        var mixed = 0
        for (key, value) in self {
            var member = Hasher()
            member.combine(key)
            member.combine(value)
            mixed ^= member.finalize()
        }
        hasher.combine(count)
        hasher.combine(mixed)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Makes an object; a name that is given twice is a programmer error.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self.init(members: elements)
    }
}
