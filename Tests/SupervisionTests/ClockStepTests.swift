import CivilTime
import Supervision
import Testing

/// A clock that is set while the daemon runs: nothing twice, nothing stuck (S6).
@Suite struct ClockStepTests {
    private func world() throws -> World {
        try World(.sample([.accounting("*:0/10")]))
    }

    @Test(arguments: [1, 60, 3_600, 86_400, 400 * 86_400] as [Int64])
    func `systemd6036 the next slot comes after a step back of any size`(seconds: Int64) throws {
        let world = try world()
        try world.advance(to: at("2026-01-05 10:05:00"))
        let before = world.duties(.account).map(\.openAt)
        world.move(to: world.now.wall - .seconds(seconds))
        try world.wake()
        #expect(world.duties(.account).map(\.openAt) == before, "made again")
        // The loop has something to wait for, and what comes next is the slot after the mark.
        #expect(try world.nextWake != nil)
        try world.advance(to: at("2026-01-05 10:15:00"))
        let after = world.duties(.account).map(\.openAt)
        #expect(after == before + [try at("2026-01-05 10:10:00")])
    }

    @Test(arguments: [60, 3_600, 20 * 3_600] as [Int64])
    func `a step forward is caught up as a downtime is, each slot once`(seconds: Int64) throws {
        let world = try world()
        try world.advance(to: at("2026-01-05 10:05:00"))
        let target = world.now.wall + .seconds(seconds)
        world.move(to: target)
        try world.wake()
        let found = world.duties(.account).map(\.openAt)
        var expected: [Instant] = []
        var slot = try at("2026-01-05 09:00:00")
        while slot <= target {
            expected.append(slot)
            slot = slot + .minutes(10)
        }
        #expect(found == expected)
    }

    @Test func `steps to and fro lose and repeat nothing`() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = Seeded(seed: seed)
        let world = try world()
        var latest = world.now.wall
        for _ in 0..<40 {
            let step = Int64.random(in: -7_200...3_600, using: &random)
            world.move(to: world.now.wall + .seconds(step))
            latest = max(latest, world.now.wall)
            try world.wake()
        }
        let found = world.duties(.account).map(\.openAt)
        var expected: [Instant] = []
        var slot = try at("2026-01-05 09:00:00")
        while slot <= latest {
            expected.append(slot)
            slot = slot + .minutes(10)
        }
        #expect(found == expected, "seed \(seed)")
    }
}
