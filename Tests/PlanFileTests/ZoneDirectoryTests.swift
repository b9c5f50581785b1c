import CivilTime
import Foundation
import PlanFile
import Testing

/// Zones of a folder: their versions, and names that have none.
@Suite struct ZoneDirectoryTests {
    /// A folder with the machine's Berlin, a link to it, and half of a file.
    private func folder(release: String?) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        let files = FileManager.default
        try files.createDirectory(atPath: "\(path)/Europe", withIntermediateDirectories: true)
        let berlin = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/Europe/Berlin"))
        try berlin.write(to: URL(fileURLWithPath: "\(path)/Europe/Berlin"))
        try berlin.prefix(500).write(to: URL(fileURLWithPath: "\(path)/Europe/Half"))
        try files.createSymbolicLink(atPath: "\(path)/Link", withDestinationPath: "Europe/Berlin")
        if let release {
            let text = "\(release)\nR A 1916 o - Jun 14 23s 1 S\n"
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/tzdata.zi"))
        }
        return path
    }

    @Test(
        arguments: [
            ("# version 2025b", "2025b"), ("# version 2026f-dirty", "2026f-dirty"), (nil, nil),
            ("# version ", nil), ("# version 2025b x", nil), ("2025b", nil), ("", nil),
        ] as [(String?, String?)]
    )
    func `a version names the release if the folder tells it`(
        line: String?,
        release: String?
    ) throws {
        let path = try folder(release: line)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let zones = ZoneDirectory(path)
        #expect(zones.tzdata == release)
        let version = try zones.zone("Europe/Berlin").version
        #expect(version.hasPrefix(release.map { "\($0)-" } ?? ""))
        #expect(version.count == (release.map { $0.count + 1 } ?? 0) + 16)
    }

    @Test(arguments: [
        "PST", "Z", "+08:00", "-08", "UTC+8", "posix/Europe/Berlin", "right/Europe/Berlin",
        "../zoneinfo/Europe/Berlin", "europe/berlin", "Europe", "tzdata.zi", "localtime",
    ])
    func `what is no zone is refused and never UTC`(name: String) throws {
        let path = try folder(release: "# version 2025b")
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: ZoneDirectory.Failure.self) { try ZoneDirectory(path).zone(name) }
    }

    @Test func `a link keeps its name, half a file is told from none, UTC needs no file`() throws {
        let path = try folder(release: nil)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let zones = ZoneDirectory(path)
        #expect(try zones.zone("Link").name == "Link")
        #expect(try zones.zone("UTC").name == "UTC")
        #expect(throws: ZoneDirectory.Failure.missing("not found below \(path)")) {
            try zones.zone("Asia/Shanghai")
        }
        #expect(
            throws: ZoneDirectory.Failure.unreadable("zone Europe/Half: the file ends too early")
        ) {
            try zones.zone("Europe/Half")
        }
    }
}
