/// Makes texts of people and programs harmless on a terminal and in a log.
public enum Escape {
    /// Returns the text on one line: control characters, line ends and characters that turn the
    /// direction of writing are spelled out.
    public static func line(_ text: String) -> String {
        if text.unicodeScalars.allSatisfy({ !isHarmful($0) }) {
            return text
        }
        var result = ""
        for scalar in text.unicodeScalars {
            if isHarmful(scalar) {
                result += spelled(scalar)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Returns the lines of a text, each made harmless.
    public static func lines(_ text: String) -> [String] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
            .map { line(String($0)) }
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069,
            0xFEFF:
            true
        default:
            false
        }
    }

    private static func spelled(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default:
            let hex = String(scalar.value, radix: 16)
            let isByte = scalar.value < 0x100
            let zeros = String(repeating: "0", count: max(0, (isByte ? 2 : 4) - hex.count))
            return (isByte ? "\\x" : "\\u") + zeros + hex
        }
    }
}
