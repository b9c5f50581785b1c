import CivilTime
import Glibc

/// Zones of the system's tz database.
enum ZoneFile {
    /// Where the system keeps its zones.
    private static let directory = "/usr/share/zoneinfo"

    /// Why a zone cannot be read.
    enum Failure: Error, CustomStringConvertible {
        case unknown(String)

        var description: String {
            switch self {
            case .unknown(let name): "no zone '\(name)' below \(ZoneFile.directory)"
            }
        }
    }

    /// Reads a zone by its IANA name.
    ///
    /// - Throws: `Failure` when there is none of that name, `ZoneError` when its file is damaged.
    static func zone(named name: String) throws -> Zone {
        if name == "UTC" { return .utc }
        guard Zone.isValidName(name), let bytes = contents(of: "\(directory)/\(name)") else {
            throw Failure.unknown(name)
        }
        return try Zone(name: name, tzif: bytes)
    }

    private static func contents(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(descriptor, &room, room.count)
            if count < 0 { return nil }
            if count == 0 { return bytes }
            bytes += room.prefix(count)
        }
    }
}
