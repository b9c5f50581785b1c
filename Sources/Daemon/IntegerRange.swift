import Varlink

/// Integers of our interfaces stay within ±(2^53-1), so that every peer holds them exactly and no
/// sum of two overflows (protocol, rule 14).
enum IntegerRange {
    private static let limit: Int64 = 1 << 53 - 1

    /// Returns the dotted path of the first integer out of range, or nil.
    static func misfit(in value: JSON, _ path: String) -> String? {
        switch value {
        case .int(let number): return (-limit...limit).contains(number) ? nil : path
        case .uint, .outOfRange: return path
        case .array(let items):
            for (index, item) in items.enumerated() {
                if let found = misfit(in: item, join(path, String(index))) { return found }
            }
            return nil
        case .object(let members):
            for (key, item) in members {
                if let found = misfit(in: item, join(path, key)) { return found }
            }
            return nil
        case .null, .bool, .double, .string: return nil
        }
    }

    private static func join(_ path: String, _ part: String) -> String {
        path.isEmpty ? part : "\(path).\(part)"
    }
}
