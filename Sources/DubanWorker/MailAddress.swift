/// Which texts may stand as an address in the argument list of a mail program.
enum MailAddress {
    /// Returns whether a text is a plain address: nothing that a mail program could take for an
    /// option, a pipe, a file or a list of addresses.
    static func isSafe(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, parts[0].utf8.count <= 64 else {
            return false
        }
        return isDotted(parts[0], isLocal) && isDotted(parts[1], isDomain)
    }

    private static func isDotted(_ text: Substring, _ allowed: (UInt8) -> Bool) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            label.first != "-" && !label.isEmpty && label.utf8.allSatisfy(allowed)
        }
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        isDomain(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+")
    }

    private static func isDomain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
