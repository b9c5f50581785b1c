/// The envelope of https://c2sp.org/signed-note: a text, an empty line, a signature line.
///
/// The specification lets a note carry signatures that a reader does not know. This reader wants
/// exactly one, its own, so that no byte of a note is left unchecked.
enum SignedNote {
    static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { scalar in
                scalar != "+" && scalar.value >= 0x20 && !scalar.properties.isWhitespace
            }
    }

    static func compose(text: String, key: VerifierKey, signature: [UInt8]) -> String {
        "\(text)\n\(prefix(key))\(Base64.encode(key.id + signature))\n"
    }

    private static func prefix(_ key: VerifierKey) -> String { "— \(key.name) " }

    /// Splits a note at its last empty line and checks the signature over the text.
    static func open(_ note: String, with key: VerifierKey) throws(CheckpointError) -> String {
        let bytes = Array(note.utf8)
        let newline = UInt8(ascii: "\n")
        guard bytes.allSatisfy({ $0 >= 0x20 || $0 == newline }) else {
            throw .badNote("it holds a control character")
        }
        guard bytes.last == newline else { throw .badNote("no newline at its end") }
        let border = bytes.indices.dropLast().last { index in
            bytes[index] == newline && bytes[index + 1] == newline
        }
        guard let border else { throw .badNote("no empty line before the signature") }
        let text = String(decoding: bytes[...border], as: UTF8.self)
        let lines = bytes[(border + 2)...].dropLast()
        guard !lines.isEmpty, !lines.contains(newline) else {
            throw .badNote("exactly one signature line must follow the empty line")
        }
        let signature = try signature(in: lines, of: key)
        guard key.isSignature(signature, of: Array(text.utf8)) else { throw .badSignature }
        guard compose(text: text, key: key, signature: signature).utf8.elementsEqual(bytes) else {
            throw .badNote("it is not in its only form")
        }
        return text
    }

    private static func signature(
        in line: ArraySlice<UInt8>,
        of key: VerifierKey
    ) throws(CheckpointError) -> [UInt8] {
        let prefix = Array(prefix(key).utf8)
        guard line.starts(with: prefix) else { throw .unknownKey(expected: key.name) }
        guard let blob = Base64.decode(line.dropFirst(prefix.count)), blob.count == 68 else {
            throw .badNote("the signature is not the base64 text of 68 bytes")
        }
        guard Array(blob.prefix(4)) == key.id else {
            throw .unknownKey(expected: "\(key.name) with the id \(Hexadecimal.encode(key.id))")
        }
        return Array(blob.dropFirst(4))
    }
}
