/// A position in the bytes of a short text, read from left to right.
///
/// Every parser of this module reads through it, so none of them needs string indices.
struct TextCursor {
    let bytes: [UInt8]
    var position = 0

    init(_ text: some StringProtocol) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { position >= bytes.count }

    /// The byte at the position, nil at the end.
    var next: UInt8? { peek(0) }

    /// The byte `distance` bytes further on, nil beyond the end.
    func peek(_ distance: Int) -> UInt8? {
        let index = position + distance
        return index < bytes.count ? bytes[index] : nil
    }

    /// Steps over `character` if it comes next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let next, UInt32(next) == character.value else { return false }
        position += 1
        return true
    }

    /// Steps over `text` if it comes next, letters in any case.
    mutating func take(ignoringCase text: StaticString) -> Bool {
        let wanted = Array(text.description.utf8)
        for (distance, byte) in wanted.enumerated() {
            guard let found = peek(distance), lowercased(found) == lowercased(byte) else {
                return false
            }
        }
        position += wanted.count
        return true
    }

    /// Reads a decimal number of `count` digits; nil, without moving, if it is not there.
    mutating func number(digits count: ClosedRange<Int>) -> Int? {
        var value = 0
        var length = 0
        while length < count.upperBound, let digit = peek(length), isDigit(digit) {
            value = value * 10 + Int(digit - 0x30)
            length += 1
        }
        guard length >= count.lowerBound else { return nil }
        position += length
        return value
    }

    /// Reads a fraction of a second after a point: one to six digits, as microseconds.
    mutating func fraction() -> Int? {
        let start = position
        guard var value = number(digits: 1...6) else { return nil }
        for _ in (position - start)..<6 {
            value *= 10
        }
        return value
    }
}

/// Whether the byte is one of 0 to 9.
func isDigit(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39
}

/// Whether the byte is an ASCII letter.
func isLetter(_ byte: UInt8) -> Bool {
    lowercased(byte) >= 0x61 && lowercased(byte) <= 0x7A
}

/// The byte with an ASCII capital letter made small.
func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
}
