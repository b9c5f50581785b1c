public import CivilTime
import Glibc

/// A folder of zone files as the package tzdata installs it.
public struct ZoneDirectory: Sendable {
    /// Where hosts keep it.
    public static let standard = "/usr/share/zoneinfo"

    /// The folder.
    public let path: String
    /// The release of the tz database, such as `2025b`; nil where the folder does not tell.
    public let tzdata: String?

    /// Why a zone cannot be had.
    public enum Failure: Error, Hashable, Sendable {
        /// There is no zone of that name.
        case missing(String)
        /// There is a file, and it is no usable zone.
        case unreadable(String)

        /// What is wrong, without the zone's name.
        public var message: String {
            switch self {
            case .missing(let text), .unreadable(let text): text
            }
        }
    }

    /// Looks at a folder, whose release may change when the system is upgraded: make a new one for
    /// each reading of a plan.
    public init(_ path: String) {
        self.path = path
        tzdata = Self.release("\(path)/tzdata.zi")
    }

    /// Reads a zone.
    ///
    /// - Parameter name: The name in the tz database, case-sensitive; UTC needs no file.
    /// - Returns: The zone; its version names the release and the file's hash.
    /// - Throws: ``Failure`` if there is none of that name, or its file is no usable zone.
    public func zone(_ name: String) throws(Failure) -> Zone {
        guard Zone.isValidName(name) else { throw .missing("not a name of the tz database") }
        let bytes: [UInt8]
        do throws(InputFile.Failure) {
            bytes = try InputFile.bytes("\(path)/\(name)", limit: 1024 * 1024)
        } catch {
            guard error.isMissing else { throw .unreadable("\(error.message) below \(path)") }
            if name == "UTC" { return .utc }
            throw .missing("not found below \(path)")
        }
        do throws(ZoneError) {
            return try Zone(name: name, tzif: bytes, tzdata: tzdata)
        } catch {
            throw .unreadable(error.description)
        }
    }

    /// The release in the first line of `tzdata.zi`, `# version 2025b`.
    private static func release(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return nil }
        let line = String(decoding: bytes[..<count].prefix { $0 != 0x0A }, as: UTF8.self)
        guard line.hasPrefix("# version ") else { return nil }
        let release = line.dropFirst(10)
        let isWord = release.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
                || (0x41...0x5A).contains(byte) || byte == 0x2E || byte == 0x2D
        }
        return release.isEmpty || !isWord ? nil : String(release)
    }
}
