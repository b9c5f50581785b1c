/// Names of mutating calls, by which the daemon knows a repeated one.
enum RequestIdentifier {
    /// Returns a name that no other call has: 128 random bits in hex.
    static func make() -> String {
        hex(UInt64.random(in: .min ... .max)) + hex(UInt64.random(in: .min ... .max))
    }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
