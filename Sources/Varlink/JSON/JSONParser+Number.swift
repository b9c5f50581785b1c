extension JSONParser {
    /// Parses a number: integers exactly, others as the nearest double, what fits neither as text.
    mutating func parseNumber() throws(JSONError) -> JSON {
        let first = position
        let negative = bytes[position] == UInt8(ascii: "-")
        if negative { position += 1 }
        let magnitude = try parseInteger()
        var exact = true
        if position < end, bytes[position] == UInt8(ascii: ".") {
            exact = false
            position += 1
            try skipDigits()
        }
        if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
            exact = false
            position += 1
            let sign = try peek()
            if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            try skipDigits()
        }
        if position - first > limits.string { throw failure(.tooLong, at: first) }
        let text = first..<position
        if !exact { return decimal(text) }
        return integer(magnitude, negative: negative) ?? outOfRange(text)
    }

    /// The integer part, nil when it does not fit 64 bits.
    private mutating func parseInteger() throws(JSONError) -> UInt64? {
        if try peek() == UInt8(ascii: "0") {
            position += 1
            if position < end, Self.isDigit(bytes[position]) { throw failure(.invalidNumber) }
            return 0
        }
        guard Self.isDigit(bytes[position]) else { throw failure(.invalidNumber) }
        var value: UInt64 = 0
        var overflow = false
        while position < end, Self.isDigit(bytes[position]) {
            let tens = value.multipliedReportingOverflow(by: 10)
            let sum = tens.partialValue.addingReportingOverflow(UInt64(bytes[position] - 0x30))
            value = sum.partialValue
            overflow = overflow || tens.overflow || sum.overflow
            position += 1
        }
        return overflow ? nil : value
    }

    private mutating func skipDigits() throws(JSONError) {
        guard Self.isDigit(try peek()) else { throw failure(.invalidNumber) }
        while position < end, Self.isDigit(bytes[position]) { position += 1 }
    }

    private func integer(_ magnitude: UInt64?, negative: Bool) -> JSON? {
        guard let magnitude else { return nil }
        if !negative { return JSON(magnitude) }
        if magnitude == Int64.min.magnitude { return .int(.min) }
        return Int64(exactly: magnitude).map { .int(-$0) }
    }

    private func decimal(_ range: Range<Int>) -> JSON {
        let text = String(decoding: bytes[range], as: UTF8.self)
        guard let value = Double(text), value.isFinite else { return .outOfRange(text) }
        return .double(value)
    }

    private func outOfRange(_ range: Range<Int>) -> JSON {
        .outOfRange(String(decoding: bytes[range], as: UTF8.self))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
