import CivilTime
import Glibc
import Supervision

/// The machine's clocks: read once a turn, at the loop's head, and nowhere else.
struct Clock {
    /// The boot in which the boot clock counts.
    let bootID: String

    /// Made by systemd-timesyncd once it has set the clock, gone after a restart.
    ///
    /// The hardened unit may not ask the kernel: even a reading `adjtimex` is refused (T17).
    private static let synchronized = "/run/systemd/timesync/synchronized"

    /// - Throws: `DaemonError.failed` if the kernel does not tell the boot id.
    init() throws(DaemonError) {
        let path = "/proc/sys/kernel/random/boot_id"
        guard let text = SmallFile.read(path) else {
            throw .failed("cannot read \(path): leases need the boot id")
        }
        bootID = String(text.prefix { !$0.isNewline })
    }

    /// Reads all clocks.
    func read() -> ClockReading {
        ClockReading(
            wall: Self.micros(CLOCK_REALTIME),
            boot: Self.micros(CLOCK_BOOTTIME),
            monotonic: Self.micros(CLOCK_MONOTONIC),
            isSynchronized: access(Self.synchronized, F_OK) == 0
        )
    }

    /// Wall and boot clock of a reading, for a turn.
    func now(_ reading: ClockReading) -> Now {
        Now(wall: Instant(microseconds: reading.wall), boot: reading.boot, bootID: bootID)
    }

    private static func micros(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }
}
