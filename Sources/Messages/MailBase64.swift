/// Base64 as mail needs it (RFC 2045, section 6.8).
enum MailBase64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    /// Returns the bytes in base64 on one line.
    static func text(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var value = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            value <<= UInt32(8 * (3 - group.count))
            for index in 0..<4 {
                let digit = Int(value >> UInt32(18 - 6 * index)) & 0x3F
                result.append(index <= group.count ? alphabet[digit] : 0x3D)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Returns the bytes in base64 on lines of 76 characters.
    static func lines(_ bytes: [UInt8]) -> [String] {
        stride(from: 0, to: bytes.count, by: 57).map { start in
            text(Array(bytes[start..<min(start + 57, bytes.count)]))
        }
    }
}
