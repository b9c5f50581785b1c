extension BinaryInteger {
    /// The decimal digits, filled with zeros on the left up to `width`.
    func padded(to width: Int) -> String {
        let digits = String(magnitude)
        let zeros = String(repeating: "0", count: max(0, width - digits.count))
        return (self < 0 ? "-" : "") + zeros + digits
    }
}

/// The digits of a fraction of a second, `.5` for 500,000 µs, empty for none.
func fractionText(microseconds: Int) -> String {
    guard microseconds > 0 else { return "" }
    var digits = microseconds.padded(to: 6)
    while digits.hasSuffix("0") {
        digits.removeLast()
    }
    return "." + digits
}

/// Quotient rounded towards minus infinity.
func floorDivide(_ value: Int64, by divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}
