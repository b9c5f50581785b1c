/// The contents of a TZif file (RFC 9636), version 2 or later: its 64-bit block and its footer.
struct TZif {
    /// Instants at which the offset changes, in seconds, ascending.
    var transitions: [Int64]
    /// For each transition the index of the offset that begins there.
    var kinds: [UInt8]
    var offsets: [Offset]
    /// The rule that holds after the last transition.
    var rule: PosixRule?

    init(_ bytes: [UInt8], zone: String) throws(ZoneError) {
        var reader = TZifReader(bytes: bytes, zone: zone)
        let first = try reader.header()
        guard first.version >= 0x32 else { throw .versionOne(zone: zone) }
        try reader.skip(first.length(timeSize: 4))
        let counts = try reader.header()
        guard counts.leaps == 0 else { throw .leapSeconds(zone: zone) }
        guard counts.offsets > 0 else {
            throw .malformed(zone: zone, reason: "the file names no offset")
        }

        transitions = []
        for _ in 0..<counts.transitions {
            transitions.append(try reader.integer64())
        }
        guard zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw .malformed(zone: zone, reason: "the transitions are not in order")
        }
        kinds = Array(try reader.bytes(counts.transitions))
        guard kinds.allSatisfy({ Int($0) < counts.offsets }) else {
            throw .malformed(zone: zone, reason: "a transition names an offset that is not there")
        }
        offsets = try reader.offsets(counts)
        try reader.skip(counts.standardIndicators + counts.universalIndicators)

        let footer = try reader.footer()
        if footer.isEmpty {
            rule = nil
        } else {
            guard let read = PosixRule(footer) else { throw .footer(zone: zone, text: footer) }
            rule = read
        }
    }
}

/// The counts of a TZif header.
private struct TZifCounts {
    let version: UInt8
    let universalIndicators: Int
    let standardIndicators: Int
    let leaps: Int
    let transitions: Int
    let offsets: Int
    let characters: Int

    /// Bytes of the block that follows the header.
    func length(timeSize: Int) -> Int {
        transitions * (timeSize + 1) + offsets * 6 + characters + leaps * (timeSize + 4)
            + standardIndicators + universalIndicators
    }
}

/// Reads big-endian values from the bytes of a TZif file.
private struct TZifReader {
    let bytes: [UInt8]
    let zone: String
    var position = 0

    mutating func bytes(_ count: Int) throws(ZoneError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - position else { throw .truncated(zone: zone) }
        position += count
        return bytes[(position - count)..<position]
    }

    mutating func skip(_ count: Int) throws(ZoneError) {
        _ = try bytes(count)
    }

    mutating func integer32() throws(ZoneError) -> Int32 {
        let value = try bytes(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return Int32(bitPattern: value)
    }

    mutating func integer64() throws(ZoneError) -> Int64 {
        let value = try bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int64(bitPattern: value)
    }

    mutating func header() throws(ZoneError) -> TZifCounts {
        guard bytes.count - position >= 4, try Array(bytes(4)) == Array("TZif".utf8) else {
            throw .notTZif(zone: zone)
        }
        let version = try bytes(1).first ?? 0
        try skip(15)
        var counts: [Int] = []
        for _ in 0..<6 {
            counts.append(Int(try integer32()))
        }
        guard counts.allSatisfy({ (0...1_000_000).contains($0) }) else {
            throw .malformed(zone: zone, reason: "the header counts are out of range")
        }
        return TZifCounts(
            version: version,
            universalIndicators: counts[0],
            standardIndicators: counts[1],
            leaps: counts[2],
            transitions: counts[3],
            offsets: counts[4],
            characters: counts[5]
        )
    }

    mutating func offsets(_ counts: TZifCounts) throws(ZoneError) -> [Offset] {
        var records: [(seconds: Int, isDaylight: Bool, name: Int)] = []
        for _ in 0..<counts.offsets {
            let seconds = Int(try integer32())
            let flags = Array(try bytes(2))
            records.append((seconds, flags[0] != 0, Int(flags[1])))
        }
        let names = Array(try bytes(counts.characters))
        var offsets: [Offset] = []
        for record in records {
            guard record.name < names.count, abs(record.seconds) <= 26 * 3_600 else {
                throw .malformed(zone: zone, reason: "an offset is out of range")
            }
            let name = names[record.name...].prefix { $0 != 0 }
            offsets.append(
                Offset(
                    seconds: record.seconds,
                    isDaylight: record.isDaylight,
                    abbreviation: String(decoding: name, as: UTF8.self)
                )
            )
        }
        return offsets
    }

    /// The text between two line feeds that ends the file.
    mutating func footer() throws(ZoneError) -> String {
        guard try bytes(1).first == 0x0A else {
            throw .malformed(zone: zone, reason: "the footer does not follow the data")
        }
        guard let end = bytes[position...].firstIndex(of: 0x0A) else {
            throw .truncated(zone: zone)
        }
        return String(decoding: try bytes(end - position), as: UTF8.self)
    }
}
