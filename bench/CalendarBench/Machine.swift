import CivilTime
import Glibc

/// What the measurements ask of the system.
enum Machine {
    /// Returns the CPU time of some work, in nanoseconds.
    static func cpu(_ work: () -> Void) -> Int64 {
        let before = cpuNanoseconds
        work()
        return cpuNanoseconds - before
    }

    /// The CPU time that this process has used.
    static var cpuNanoseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// The memory of this process that is resident.
    static var residentBytes: Int {
        let words = (bytes(of: "/proc/self/statm") ?? []).split(separator: UInt8(ascii: " "))
        guard words.count > 1, let pages = Int(String(decoding: words[1], as: UTF8.self)) else {
            return 0
        }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// Reads a zone of the system.
    static func zone(_ name: String) throws(BenchError) -> Zone {
        guard let data = bytes(of: "/usr/share/zoneinfo/\(name)") else {
            throw BenchError(message: "no zone \(name) on this system")
        }
        do throws(ZoneError) {
            return try Zone(name: name, tzif: data)
        } catch {
            throw BenchError(message: "zone \(name): \(error)")
        }
    }

    private static func bytes(of path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return result }
            result += buffer[..<count]
        }
    }
}
