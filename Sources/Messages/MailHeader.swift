/// The headers of a message in the order of writing (RFC 5322, RFC 2047).
struct MailHeader {
    private(set) var lines: [String] = []

    /// Adds a header whose value is ASCII without any need of folding or quoting.
    mutating func add(_ name: String, token value: String) throws(MailError) {
        try Self.check(name, value)
        guard value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), value.utf8.count <= 900 else {
            throw .malformed(header: name, value: value)
        }
        lines.append(name + ": " + value)
    }

    /// Adds a header whose value is free text, encoded where it is not short ASCII.
    mutating func add(_ name: String, text value: String) throws(MailError) {
        try Self.check(name, value)
        let isPlain = value.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !value.contains("=?")
        if isPlain, name.utf8.count + value.utf8.count + 2 <= 76 {
            lines.append(name + ": " + value)
            return
        }
        lines.append(name + ": " + Self.encodedWords(value, first: name.utf8.count + 2))
    }

    /// Adds a header that names somebody: `Name <address>`.
    mutating func add(_ name: String, person: String, address: String) throws(MailError) {
        try Self.check(name, person)
        try Self.check(name, address)
        guard Self.isAddress(address) else {
            throw .malformed(header: name, value: address)
        }
        if person.isEmpty {
            lines.append(name + ": <" + address + ">")
            return
        }
        let isWord = person.utf8.allSatisfy { Self.isAtom($0) || $0 == 0x20 }
        if isWord, name.utf8.count + person.utf8.count + address.utf8.count + 5 <= 76 {
            lines.append(name + ": " + person + " <" + address + ">")
            return
        }
        let words = Self.encodedWords(person, first: name.utf8.count + 2)
        lines.append(name + ": " + words + "\n <" + address + ">")
    }

    /// Whether the text is one plain mailbox address, `local@domain`, at most 254 bytes long.
    static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, !text.hasPrefix("-") else {
            return false
        }
        return isDotted(parts[0], isAtom) && isDomain(parts[1])
    }

    /// Whether the text may stand at the right of an at sign.
    static func isDomain(_ text: Substring) -> Bool {
        isDotted(text) { isAlphanumeric($0) || $0 == 0x2D }
    }

    /// Whether the text is one or more dotted words of the bytes that are allowed.
    static func isDotted(_ text: Substring, _ isAllowed: (UInt8) -> Bool) -> Bool {
        text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0.allSatisfy(isAllowed) }
    }

    /// Whether the byte may stand in an atom of RFC 5322.
    static func isAtom(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    private static func check(_ name: String, _ value: String) throws(MailError) {
        let isControl = value.unicodeScalars.contains { scalar in
            scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                || scalar.value == 0x2028 || scalar.value == 0x2029
        }
        if isControl {
            throw .controlCharacter(header: name)
        }
    }

    /// Returns encoded words of at most 75 bytes, one a line, none of which splits a character.
    private static func encodedWords(_ text: String, first used: Int) -> String {
        var words: [[UInt8]] = [[]]
        var room = limit(used)
        for character in text.unicodeScalars {
            let bytes = Array(String(character).utf8)
            if words[words.count - 1].count + bytes.count > room {
                words.append([])
                room = limit(1)
            }
            words[words.count - 1] += bytes
        }
        return words.map { "=?UTF-8?B?" + MailBase64.text($0) + "?=" }.joined(separator: "\n ")
    }

    /// How many bytes fit into an encoded word after so many columns of the line.
    private static func limit(_ used: Int) -> Int {
        (min(75, 76 - used) - 12) / 4 * 3
    }
}
