import CSystemd
import Glibc

/// What a service tells its manager, by sd_notify(3).
///
/// Every call does nothing, and returns `false`, where no manager listens (no NOTIFY_SOCKET).
public enum Notify {
    /// Says that start-up is finished; `status` is the one line that `systemctl status` shows.
    @discardableResult
    public static func ready(_ status: String) -> Bool {
        send("READY=1\nSTATUS=\(oneLine(status))")
    }

    /// Replaces the line that `systemctl status` shows.
    @discardableResult
    public static func status(_ status: String) -> Bool {
        send("STATUS=\(oneLine(status))")
    }

    /// Says that the service has begun to stop.
    @discardableResult
    public static func stopping() -> Bool {
        send("STOPPING=1")
    }

    /// Feeds the watchdog: call it at the end of a finished turn, never from a bare timer.
    @discardableResult
    public static func watchdog() -> Bool {
        send("WATCHDOG=1")
    }

    /// Says that the configuration is being read again; `ready` ends it.
    ///
    /// The monotonic time that systemd 253 and later asks for is sent in the same datagram.
    @discardableResult
    public static func reloading() -> Bool {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let micros = now.tv_sec * 1_000_000 + now.tv_nsec / 1_000
        return send("RELOADING=1\nMONOTONIC_USEC=\(micros)")
    }

    /// The longest time between two watchdog messages, in microseconds, if the manager wants any.
    public static var watchdogMicros: Int64? {
        var micros: UInt64 = 0
        guard sd_watchdog_enabled(0, &micros) > 0 else { return nil }
        return Int64(clamping: micros)
    }

    private static func send(_ state: String) -> Bool {
        sd_notify(0, state) > 0
    }

    /// A line break would start another assignment in the datagram.
    private static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 ? " " : $0 }))
    }
}
