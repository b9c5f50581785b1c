import Testing

@testable import Daemon

private let second: Int64 = 1_000_000
private let day: Int64 = 86_400 * second
/// 2026-11-24 10:00 UTC.
private let start: Int64 = 1_795_514_400 * second

@Suite struct ClockWatchTests {
    /// What passed on each clock between two looks, and what the second one finds.
    struct Row: CustomTestStringConvertible {
        var testDescription: String
        var wall: Int64
        var boot: Int64
        var monotonic: Int64
        var isSynchronized = false
        var late: Int64?
        var events: [ClockEvent]

        init(
            _ name: String,
            wall: Int64,
            boot: Int64,
            monotonic: Int64,
            isSynchronized: Bool = false,
            late: Int64? = nil,
            _ events: [ClockEvent]
        ) {
            testDescription = name
            (self.wall, self.boot, self.monotonic) = (wall, boot, monotonic)
            (self.isSynchronized, self.late, self.events) = (isSynchronized, late, events)
        }
    }

    private static let hold = ClockHold(since: start + 72 * 365 * day, offset: start - 500 * second)

    static let rows = [
        Row("nothing", wall: second, boot: second, monotonic: second, []),
        Row("a microsecond", wall: second + 1, boot: second, monotonic: second, []),
        Row(
            "a slewed hour",
            wall: 3_603 * second,
            boot: 3_600 * second,
            monotonic: 3_600 * second,
            []
        ),
        Row("a sleep", wall: day, boot: day, monotonic: 0, [.suspended(day)]),
        Row("a long sleep", wall: 9 * day, boot: 9 * day, monotonic: 0, [.suspended(9 * day)]),
        Row(
            "SIGSTOP",
            wall: 60 * second,
            boot: 60 * second,
            monotonic: 60 * second,
            late: 50 * second,
            [.stopped(50 * second)]
        ),
        Row(
            "an hour forward",
            wall: 3_600 * second,
            boot: 0,
            monotonic: 0,
            [.steppedForward(3_600 * second)]
        ),
        Row("a day forward", wall: day, boot: 0, monotonic: 0, [.steppedForward(day)]),
        Row(
            "two days forward, synchronized",
            wall: 2 * day,
            boot: 0,
            monotonic: 0,
            isSynchronized: true,
            [.steppedForward(2 * day)]
        ),
        Row(
            "two days forward",
            wall: 2 * day,
            boot: 0,
            monotonic: 0,
            [.held(ClockHold(since: start + 2 * day, offset: start - 500 * second))]
        ),
        Row("to 2098", wall: 72 * 365 * day, boot: 0, monotonic: 0, [.held(hold)]),
        Row(
            "an hour back",
            wall: -3_600 * second,
            boot: 0,
            monotonic: 0,
            [.steppedBack(3_600 * second)]
        ),
        Row("to 1970", wall: -start, boot: 0, monotonic: 0, [.steppedBack(start)]),
        Row(
            "a sleep with a step at its end",
            wall: day + 60 * second,
            boot: day - 200 * second,
            monotonic: 0,
            [.suspended(day - 200 * second), .steppedForward(260 * second)]
        ),
    ]

    @Test(arguments: rows)
    func `two looks`(row: Row) {
        var watch = ClockWatch()
        let first = ClockReading(
            wall: start,
            boot: 500 * second,
            monotonic: 400 * second,
            isSynchronized: false
        )
        #expect(watch.look(first) == [])
        let now = ClockReading(
            wall: start + row.wall,
            boot: 500 * second + row.boot,
            monotonic: 400 * second + row.monotonic,
            isSynchronized: row.isSynchronized
        )
        let wake = row.late.map { now.boot - $0 }
        #expect(watch.look(now, wake: wake) == row.events)
    }

    private func held() -> (ClockWatch, ClockReading) {
        var watch = ClockWatch()
        var now = ClockReading(wall: start, boot: 0, monotonic: 0, isSynchronized: false)
        _ = watch.look(now)
        now.wall += 400 * day
        _ = watch.look(now)
        return (watch, now)
    }

    @Test func `a hold stays until the time service vouches for the clock`() {
        var (watch, now) = held()
        for _ in 0..<1_000 {
            now.wall += 60 * second
            now.boot += 60 * second
            now.monotonic += 60 * second
            #expect(watch.look(now) == [])
            #expect(watch.hold?.expected(boot: now.boot) == start + now.boot)
        }
        now.isSynchronized = true
        #expect(watch.look(now) == [.released(.synchronized)])
        #expect(watch.hold == nil)
    }

    @Test func `a hold ends when the clock comes back`() {
        var (watch, now) = held()
        now.wall -= 400 * day
        #expect(watch.look(now) == [.steppedBack(400 * day), .released(.returned)])
        #expect(watch.hold == nil)
    }

    @Test func `a clock that leaps on while it is held stays held`() {
        var (watch, now) = held()
        now.wall += 400 * day
        #expect(watch.look(now) == [.steppedForward(400 * day)])
        now.wall -= 400 * day
        #expect(watch.look(now) == [.steppedBack(400 * day)])
        #expect(watch.hold != nil)
    }

    @Test func `an operator ends a hold once`() {
        var (watch, now) = held()
        let answers = [watch.release(), watch.release()]
        #expect(answers == [true, false])
        now.wall += second
        now.boot += second
        now.monotonic += second
        #expect(watch.look(now) == [])
    }

    @Test(arguments: [
        // wall time since the newest record, boot time since then on the same boot, held
        ("an hour later", 3_600 * second, nil as Int64?, false),
        ("a month later", 31 * day, nil, false),
        ("systemd/systemd#16347: a boot in 2098", 72 * 365 * day, nil, true),
        ("the same boot, a day of service lost", day, day, false),
        ("the same boot, a clock that leapt while the daemon was down", 3 * day, 60 * second, true),
        ("a boot before the last run", -400 * day, nil, false),
    ])
    func `systemd16347 a start far ahead of the newest record is held`(
        name: String,
        later: Int64,
        passed: Int64?,
        isHeld: Bool
    ) {
        var watch = ClockWatch()
        let now = ClockReading(
            wall: start + later,
            boot: 700 * second,
            monotonic: 700 * second,
            isSynchronized: false
        )
        let events = watch.begin(now, after: start, boot: passed.map { 700 * second - $0 })
        #expect((watch.hold != nil) == isHeld, "\(name)")
        #expect(isHeld || events == (later < 0 ? [.steppedBack(-later)] : []), "\(name)")
        var sure = ClockWatch()
        var known = now
        known.isSynchronized = true
        _ = sure.begin(known, after: start, boot: passed.map { 700 * second - $0 })
        #expect(sure.hold == nil, "\(name), synchronized")
    }

    @Test func `systemd6036 a step back of any size is told and never held`() {
        for size in [second, 3_600 * second, day, 400 * day, start] {
            var watch = ClockWatch()
            var now = ClockReading(wall: start, boot: 0, monotonic: 0, isSynchronized: false)
            _ = watch.look(now)
            now.wall -= size
            #expect(watch.look(now) == [.steppedBack(size)])
            #expect(watch.hold == nil)
        }
    }
}
