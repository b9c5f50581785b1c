import CivilTime
import Foundation
import Testing

/// Runs a program to its end and returns what it wrote to its standard output.
func run(_ program: String, _ arguments: [String], input: String = "") throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["TZ=UTC", "LC_ALL=C.UTF-8", program] + arguments
    let (stdin, stdout) = (Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = FileHandle.nullDevice
    try process.run()
    stdin.fileHandleForWriting.write(Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self)
}

let zoneinfo = "/usr/share/zoneinfo"

/// Reads a zone of the machine's tz database.
func zone(_ name: String, in folder: String = zoneinfo) throws -> Zone {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
    return try Zone(name: name, tzif: Array(data))
}

/// The names of all zones in the machine's tz database.
func allZoneNames() throws -> [String] {
    let files = try #require(FileManager.default.enumerator(atPath: zoneinfo))
    var names: [String] = []
    for case let name as String in files {
        let url = URL(fileURLWithPath: "\(zoneinfo)/\(name)")
        guard Zone.isValidName(name), name != "localtime",
            try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory != true,
            try Data(contentsOf: url).starts(with: Data("TZif".utf8))
        else { continue }
        names.append(name)
    }
    return names.sorted()
}

func date(_ text: String) throws -> CivilDate {
    try #require(CivilDate(text), "no date: \(text)")
}

func local(_ text: String) throws -> CivilDateTime {
    try #require(CivilDateTime(text), "no local time: \(text)")
}

/// An instant written as a local time of UTC.
func utc(_ text: String) throws -> Instant {
    Zone.utc.instant(try local(text))
}

/// A repeatable source of random numbers; tests print its seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
