import CLinux
import CivilTime
import Glibc

/// The one timer: absolute wall time, cancelled when somebody sets the clock.
///
/// libdispatch's wall timers lack TFD_TIMER_CANCEL_ON_SET, so a step would go unseen (T10).
struct WakeTimer {
    /// The timerfd that the engine polls.
    let descriptor: CInt

    /// - Throws: `DaemonError.failed` if the kernel has no descriptor left.
    init() throws(DaemonError) {
        descriptor = timerfd_create(
            CLOCK_REALTIME,
            CInt(TFD_CLOEXEC | TFD_NONBLOCK)
        )
        guard descriptor >= 0 else { throw .failed("timerfd: \(SmallFile.reason())") }
    }

    /// Arms the timer for an instant, or for clock steps alone; true if the clock was set since the
    /// timer was armed before, which nothing else tells then.
    func arm(_ instant: Instant?) -> Bool {
        // With no instant the timer is set 100 years ahead, so that a clock step still wakes.
        let micros = max(1, instant?.microseconds ?? 4_000_000_000_000_000)
        var spec = itimerspec()
        spec.it_value.tv_sec = Int(micros / 1_000_000)
        spec.it_value.tv_nsec = Int(micros % 1_000_000) * 1_000
        let flags = TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET
        // It is armed in this case too (timerfd_create(2), ECANCELED).
        return timerfd_settime(descriptor, CInt(flags), &spec, nil) < 0 && errno == ECANCELED
    }

    /// Takes the expiry; true if the clock was set since the timer was armed.
    func acknowledge() -> Bool {
        var count: UInt64 = 0
        return read(descriptor, &count, 8) < 0 && errno == ECANCELED
    }
}
