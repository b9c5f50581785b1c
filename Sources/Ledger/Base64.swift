/// Standard base64 (RFC 4648 section 4) that accepts only what it prints.
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )
    private static let padding = UInt8(ascii: "=")

    private static let sextets: [UInt8: UInt32] = {
        var table: [UInt8: UInt32] = [:]
        for (value, letter) in alphabet.enumerated() { table[letter] = UInt32(value) }
        return table
    }()

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for byte in group { bits = bits << 8 | UInt32(byte) }
            bits <<= UInt32(8 * (3 - group.count))
            for position in 0..<4 {
                let sextet = Int(bits >> UInt32(18 - 6 * position) & 0x3f)
                text.append(position <= group.count ? alphabet[sextet] : padding)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Returns the bytes, or nil for a wrong length, letter or padding, or for unused bits not zero.
    static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        let letters = Array(text)
        guard letters.count.isMultiple(of: 4) else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: letters.count, by: 4) {
            let group = letters[start..<start + 4]
            let pads = group.reversed().prefix { $0 == padding }.count
            guard pads == 0 || (pads <= 2 && start + 4 == letters.count) else { return nil }
            var bits: UInt32 = 0
            for letter in group.dropLast(pads) {
                guard let sextet = sextets[letter] else { return nil }
                bits = bits << 6 | sextet
            }
            bits <<= UInt32(6 * pads)
            guard bits & (UInt32(1) << UInt32(8 * pads) - 1) == 0 else { return nil }
            for position in 0..<(3 - pads) {
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * position)))
            }
        }
        return bytes
    }
}
