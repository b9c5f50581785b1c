/// The clocks of one look, in microseconds, and whether anything vouches for the wall clock.
struct ClockReading: Hashable {
    /// CLOCK_REALTIME: may be set.
    var wall: Int64
    /// CLOCK_BOOTTIME: runs on while the machine sleeps.
    var boot: Int64
    /// CLOCK_MONOTONIC: stands still while the machine sleeps.
    var monotonic: Int64
    /// Whether the system's time service says that the wall clock is right.
    var isSynchronized: Bool
}

/// What became of the clocks since the look before; spans in microseconds.
enum ClockEvent: Hashable {
    /// The machine slept.
    case suspended(Int64)
    /// The process or the machine stood still and woke up late.
    case stopped(Int64)
    /// The wall clock was set back.
    case steppedBack(Int64)
    /// The wall clock was set forward: what fell due in between is caught up as after a downtime.
    case steppedForward(Int64)
    /// The wall clock leapt and nothing vouches for it: what is due waits.
    case held(ClockHold)
    /// The hold is over.
    case released(ClockRelease)
}

/// A wall clock that is not believed.
struct ClockHold: Hashable {
    /// When this was seen, by the clock that leapt.
    var since: Int64
    /// How far the wall clock was ahead of the boot clock before.
    var offset: Int64

    /// What the wall clock would show had it not leapt.
    func expected(boot: Int64) -> Int64 { boot + offset }
}

/// Why a hold ended.
enum ClockRelease: String, Hashable {
    /// The time service vouches for the clock.
    case synchronized
    /// The clock is back within a day of where it was.
    case returned
    /// An operator said that it is right.
    case `operator`
}

/// Compares the clocks from look to look (time reference, section 10).
///
/// A value without I/O. The three clocks tell apart what one cannot: a sleep moves wall and boot
/// clock, a step the wall clock alone, a stop all three together.
struct ClockWatch {
    /// A forward jump of more than this is not believed without a witness: one day.
    static let leap: Int64 = 86_400_000_000
    /// The same over a restart of the machine, where no clock tells how long it was off: 31 days.
    static let leapOverBoot: Int64 = 31 * 86_400_000_000
    /// What counts as a sleep or a step to be told: half a second.
    static let notable: Int64 = 500_000
    /// What counts as a late wake to be told: two seconds, which a busy machine hardly reaches.
    static let late: Int64 = 2_000_000

    /// The hold in force.
    private(set) var hold: ClockHold?
    private var last: ClockReading?

    /// Takes a look.
    ///
    /// - Parameters:
    ///   - now: The clocks.
    ///   - wake: When the loop meant to look at the latest, on the boot clock; nil if it did not
    ///     wait.
    /// - Returns: What became of the clocks, in the order to be told.
    mutating func look(_ now: ClockReading, wake: Int64? = nil) -> [ClockEvent] {
        defer { last = now }
        guard let last else { return [] }
        var events: [ClockEvent] = []
        let passed = now.boot - last.boot
        let slept = passed - (now.monotonic - last.monotonic)
        if slept > Self.notable {
            events.append(.suspended(slept))
        } else if let wake, now.boot - wake > Self.late {
            events.append(.stopped(now.boot - wake))
        }
        let step = now.wall - last.wall - passed
        // A time service that slews turns the clock by a thousandth at most.
        let told = Self.notable + passed / 1_000
        if hold == nil, step > Self.leap, !now.isSynchronized {
            events.append(begin(ClockHold(since: now.wall, offset: last.wall - last.boot)))
        } else if step > told {
            events.append(.steppedForward(step))
        } else if step < -told {
            events.append(.steppedBack(-step))
        }
        if let end = end(now) { events.append(end) }
        return events
    }

    /// Takes the first look after a start, beside what the store remembers of the clocks.
    ///
    /// - Parameters:
    ///   - now: The clocks.
    ///   - wall: The newest wall time in the store.
    ///   - boot: The boot clock that belongs to it, if this is the same boot.
    /// - Returns: What is to be told.
    mutating func begin(_ now: ClockReading, after wall: Int64, boot: Int64?) -> [ClockEvent] {
        last = now
        let passed = boot.map { now.boot - $0 } ?? 0
        let step = now.wall - wall - passed
        if step > (boot == nil ? Self.leapOverBoot : Self.leap), !now.isSynchronized {
            let offset = wall + passed - now.boot
            return [begin(ClockHold(since: now.wall, offset: offset))]
        }
        return step < -Self.notable ? [.steppedBack(-step)] : []
    }

    /// An operator says that the clock is right; false if it is not held.
    mutating func release() -> Bool {
        defer { hold = nil }
        return hold != nil
    }

    private mutating func begin(_ hold: ClockHold) -> ClockEvent {
        self.hold = hold
        return .held(hold)
    }

    private mutating func end(_ now: ClockReading) -> ClockEvent? {
        guard let hold else { return nil }
        if now.isSynchronized {
            self.hold = nil
            return .released(.synchronized)
        }
        guard now.wall - hold.expected(boot: now.boot) <= Self.leap else { return nil }
        self.hold = nil
        return .released(.returned)
    }
}
