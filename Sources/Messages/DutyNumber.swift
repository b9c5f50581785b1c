/// The number of a duty in the register as people write it: `D-0137`.
public enum DutyNumber {
    /// Returns the written form, with at least four digits.
    public static func text(_ number: Int64) -> String {
        let digits = String(number)
        return "D-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Returns the number that a person wrote as `D-0137`, `d-137` or `137`, or nil.
    public static func parse(_ text: String) -> Int64? {
        var digits = Substring(text)
        if digits.hasPrefix("D-") || digits.hasPrefix("d-") {
            digits = digits.dropFirst(2)
        }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        guard let number = Int64(digits), number > 0 else {
            return nil
        }
        return number
    }

    /// Returns several numbers as one list, `D-0001, D-0002`.
    public static func list(_ numbers: [Int64]) -> String {
        numbers.map(text).joined(separator: ", ")
    }
}
