/// Journald's native protocol: one datagram an entry.
///
/// See https://systemd.io/JOURNAL_NATIVE_PROTOCOL/.
enum JournalDatagram {
    /// Returns the datagram of an entry.
    static func bytes(of fields: [(String, String)]) -> [UInt8] {
        var datagram: [UInt8] = []
        for (name, value) in fields {
            let value = Array(value.utf8)
            datagram += name.utf8
            if value.contains(UInt8(ascii: "\n")) {
                datagram.append(UInt8(ascii: "\n"))
                let length = UInt64(value.count)
                for shift in stride(from: UInt64(0), to: 64, by: 8) {
                    datagram.append(UInt8(truncatingIfNeeded: length >> shift))
                }
            } else {
                datagram.append(UInt8(ascii: "="))
            }
            datagram += value
            datagram.append(UInt8(ascii: "\n"))
        }
        return datagram
    }
}
