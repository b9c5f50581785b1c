/// Characters that a plan must not hold: they hide, reorder or end what a person reads.
enum CharacterRules {
    /// Returns whether a text that a person reads may hold a character.
    ///
    /// Refused are control characters, line and paragraph separators, everything that changes the
    /// direction of writing (CVE-2021-42574), invisible tags, non-characters
    /// and the private planes, which have no agreed look.
    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x061B, 0x061D...0x200A, 0x200C...0x200D: true
        case 0x2010...0x2027, 0x202F...0x205F: true
        case 0x2070...0xFDCF, 0xFDF0...0xFEFE, 0xFF00...0xFFF8, 0xFFFC...0xFFFD: true
        case 0x1_0000...0xD_FFFF: scalar.value & 0xFFFE != 0xFFFE
        default: false
        }
    }

    /// Returns the character as `U+202E`.
    static func name(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Returns whether a text is an id: `[a-z0-9._-]{1,64}`, and no dot or hyphen in front,
    /// where one would make a hidden file or an option.
    static func isID(_ text: String) -> Bool {
        let bytes = text.utf8
        guard (1...64).contains(bytes.count), let first = bytes.first else { return false }
        let isWord = bytes.allSatisfy { byte in
            isLetterOrDigit(byte)
                || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")]
                    .contains(byte)
        }
        return isWord && first != UInt8(ascii: ".") && first != UInt8(ascii: "-")
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Returns whether a text is a login name that a host may have.
    static func isLogin(_ text: String) -> Bool {
        isID(text.lowercased()) && text.utf8.allSatisfy { $0 < 0x80 }
    }

    /// Returns whether a text is a mail address that can stand in a header and an argument list.
    static func isMailAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254 else { return false }
        let banned = Set(" \"(),:;<>[]\\".unicodeScalars)
        let isPlain = text.unicodeScalars.allSatisfy { isAllowed($0) && !banned.contains($0) }
        return isPlain && parts.allSatisfy { !$0.isEmpty && $0.first != "-" && $0.first != "." }
    }
}
