import Foundation
import Testing

@testable import CivilTime

/// Every zone of the machine against Python's `zoneinfo`, 1970 to 2100.
@Suite struct ZoneOracleTests {
    @Test func `local and UTC agree with Python in every zone`() throws {
        let seed = UInt32.random(in: 0 ... .max)
        let table = try Table(seed: seed)
        #expect(table.names.count > 300)
        let zones = try table.names.map { try zone($0) }
        var wrong = 0
        for row in table.rows {
            let zone = zones[row.zone]
            guard let problem = row.kind == 0 ? misread(row, zone) : misplaced(row, zone) else {
                continue
            }
            wrong += 1
            if wrong <= 20 { Issue.record("\(zone) \(row.x): \(problem), seed \(seed)") }
        }
        #expect(wrong == 0, "of \(table.rows.count) rows, seed \(seed)")
        #expect(table.rows.count > 200_000)
    }

    private func misread(_ row: Row, _ zone: Zone) -> String? {
        let instant = Instant(seconds: row.x)
        let seconds = Int64(zone.offset(at: instant).seconds)
        guard seconds == row.a else { return "offset \(seconds), Python \(row.a)" }
        let reading = zone.local(instant).reading
        let expected = (row.x + row.a) * 1_000_000
        return reading == expected ? nil : "reads \(reading), not \(expected)"
    }

    private func misplaced(_ row: Row, _ zone: Zone) -> String? {
        let (first, second) = (Instant(seconds: row.a), Instant(seconds: row.b))
        let resolution = zone.resolve(CivilDateTime(reading: row.x * 1_000_000))
        let isEqual =
            switch resolution {
            case .unique(let only): only == first && only == second
            case .fold(let one, let two): one == first && two == second && first < second
            // PEP 495 reads fold 0 with the offset before the gap, which is our shift.
            case .gap(let after, let shift):
                shift == first && second < after && after <= first
                    && zone.local(after).reading > row.x * 1_000_000
            }
        return isEqual ? nil : "\(resolution), Python \(first) and \(second)"
    }

    private struct Row {
        let zone: Int
        let kind: Int64
        let x: Int64
        let a: Int64
        let b: Int64
    }

    /// What `Tests/Oracles/zoneinfo_table.py` writes.
    private struct Table {
        let names: [String]
        let rows: [Row]

        init(seed: UInt32) throws {
            let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "Oracles/zoneinfo_table.py").path
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["python3", script, String(seed)]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let data = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0, "zoneinfo_table.py failed")
            let end = try #require(data.firstIndex(of: 0x0A))
            names = String(decoding: data[..<end], as: UTF8.self)
                .split(separator: " ").map(String.init)
            rows = data[(end + 1)...].withUnsafeBytes { bytes in
                stride(from: 0, to: bytes.count - 39, by: 40).map { start in
                    func cell(_ index: Int) -> Int64 {
                        bytes.loadUnaligned(fromByteOffset: start + 8 * index, as: Int64.self)
                    }
                    return Row(
                        zone: Int(cell(0)),
                        kind: cell(1),
                        x: cell(2),
                        a: cell(3),
                        b: cell(4)
                    )
                }
            }
        }
    }
}
