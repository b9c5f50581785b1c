import Ledger

/// The ledger's signing key: a file of the state folder, never in the store or a backup of it.
enum KeyFile {
    /// Returns the seed in `path`, or makes one at the first start.
    ///
    /// - Throws: `DaemonError` if the file cannot be read or holds no seed.
    static func seed(_ path: String, isFirstStart: Bool) throws(DaemonError) -> [UInt8] {
        // A crash during the first start may leave an empty file; no ledger knows its key.
        if isFirstStart, (SmallFile.read(path) ?? "").isEmpty {
            let seed = SigningKey.newSeed()
            try SmallFile.replace(path, hex(seed) + "\n")
            return seed
        }
        guard let text = SmallFile.read(path) else {
            throw .failed(
                "cannot read the ledger's key \(path): put the file back, it signed the ledger"
            )
        }
        guard let seed = bytes(text.filter { !$0.isWhitespace }), seed.count == 32 else {
            throw .failed("\(path) holds no key: 64 hex digits are wanted")
        }
        return seed
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    private static func bytes(_ hex: String) -> [UInt8]? {
        let digits = Array(hex)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(digits[index...index + 1]), radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
