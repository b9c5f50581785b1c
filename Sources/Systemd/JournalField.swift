/// Names of journal fields.
public enum JournalField {
    /// Fields of systemd's own that log metadata may set under their own names.
    private static let own: Set<String> = ["DOCUMENTATION", "MESSAGE_ID"]

    /// Returns the field of a metadata key: `DUBAN_` and the key in upper case, at most 64 bytes.
    public static func name(ofMetadataKey key: String) -> String {
        let upper = key.uppercased()
        if own.contains(upper) { return upper }
        let allowed = upper.utf8.map { byte -> UInt8 in
            let isLetter = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
            return isLetter || isDigit ? byte : UInt8(ascii: "_")
        }
        let prefix = "DUBAN_"
        return prefix + String(decoding: allowed.prefix(64 - prefix.utf8.count), as: UTF8.self)
    }
}
